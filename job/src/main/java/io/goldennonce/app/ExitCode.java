package io.goldennonce.app;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.StopReason;

/** The exit codes of the program. */
public enum ExitCode {
  OK(0),
  /** The keyspace is exhausted, or a verification failed. */
  NOT_FOUND(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** The deadline has passed, or the cost limit is reached; the state is saved. */
  DEADLINE(3),
  /** A failure while running. */
  FAILURE(4),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * The code of a search. A search for the lowest hash succeeds at the end of its keyspace or time.
   */
  public static ExitCode of(SearchSpec search, SearchResult result) {
    return result.isSuccess(search) ? OK : of(result.outcome());
  }

  /** The code of work that continues until a limit or deadline ends it. */
  static ExitCode ofBounded(Outcome outcome) {
    return outcome == Outcome.EXHAUSTED || outcome == Outcome.DEADLINE ? OK : of(outcome);
  }

  /** The code of a command that was stopped while it waited for work. */
  public static ExitCode of(StopReason reason) {
    return of(Outcome.of(reason));
  }

  public static ExitCode of(Outcome outcome) {
    return switch (outcome) {
      case FOUND -> OK;
      case EXHAUSTED, OUTDATED -> NOT_FOUND;
      case DEADLINE, COST_LIMIT -> DEADLINE;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
