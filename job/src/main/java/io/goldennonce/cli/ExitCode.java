package io.goldennonce.cli;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.StopReason;

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

  /** The code of a command whose waiting for work was stopped. */
  static ExitCode of(StopReason reason) {
    return of(Outcome.of(reason));
  }

  static ExitCode of(Outcome outcome) {
    return switch (outcome) {
      case FOUND -> OK;
      case EXHAUSTED, OUTDATED -> NOT_FOUND;
      case DEADLINE -> DEADLINE;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
