package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.work.remote.ServerText;

/** A pool's answer that says no: an error, or just false. */
final class StratumError extends Exception {
  private static final long serialVersionUID = 1;

  /** The codes that the protocol's first pool gave, and others after it. */
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

  /** The pool's code; 0 where it gave none. */
  int code() {
    return code;
  }
}
