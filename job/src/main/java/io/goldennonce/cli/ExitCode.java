package io.goldennonce.cli;

import io.goldennonce.search.Outcome;

/** What the process ends with. */
enum ExitCode {
  OK(0),
  /** The keyspace is exhausted, or a verification failed. */
  NOT_FOUND(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  DEADLINE(3),
  /** Something broke while running. */
  FAILURE(4),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(Outcome outcome) {
    return switch (outcome) {
      case FOUND -> OK;
      case EXHAUSTED -> NOT_FOUND;
      case DEADLINE -> DEADLINE;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
