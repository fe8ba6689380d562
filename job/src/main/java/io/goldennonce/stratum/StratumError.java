package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.work.remote.ServerText;

/** A negative answer of a pool: an error, or just false. */
final class StratumError extends Exception {
  private static final long serialVersionUID = 1;

  /** The codes of the protocol's first pool, which others use as well. */
  static final int JOB_NOT_FOUND = 21;

  static final int DUPLICATE_SHARE = 22;

  private final int code;

  private StratumError(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Reads an error: {@code [code, text, …]}, an object with both, or a text alone. */
  static StratumError of(JsonNode error) {
    JsonNode code = error.isArray() ? error.path(0) : error.path("code");
    JsonNode text =
        error.isArray() ? error.path(1) : error.isObject() ? error.path("message") : error;
    String line = ServerText.line(text.isTextual() ? text.textValue() : "");
    return new StratumError(code.asInt(0), line.isEmpty() ? "no reason given" : line);
  }

  /** The pool's code; 0 if there is none. */
  int code() {
    return code;
  }
}
