package io.goldennonce.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param body nothing where the client has it
 * @param tag what the body is known by, if it is
 */
record Reply(int status, @Nullable ObjectNode body, @Nullable String tag) {
  static Reply of(int status, ObjectNode body) {
    return new Reply(status, body, null);
  }

  /** An answer to something that was handed in. */
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
