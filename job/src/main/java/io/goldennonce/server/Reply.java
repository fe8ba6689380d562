package io.goldennonce.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param body null if the client has it already
 * @param tag the body's ETag, if it has one
 */
record Reply(int status, @Nullable ObjectNode body, @Nullable String tag) {
  static Reply of(int status, ObjectNode body) {
    return new Reply(status, body, null);
  }

  static Reply answer(int status, String answer, String reason) {
    return of(status, object().put("answer", answer).put("reason", reason));
  }

  static Reply error(int status, String error) {
    return of(status, object().put("error", error));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
