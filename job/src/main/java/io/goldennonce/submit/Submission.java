package io.goldennonce.submit;

import java.util.List;
import java.util.Optional;

/** What a command line asks for. */
interface Submission {
  /** The one command for the shell to become; empty if {@link #run} has more to do. */
  List<String> command();

  /** What the user should know before it runs. */
  default Optional<String> note() {
    return Optional.empty();
  }

  /**
   * Runs all of it.
   *
   * @return the exit code
   */
  int run(Processes processes) throws InterruptedException;

  /** Ends {@link #run} early, at a signal. */
  void stop(Processes processes) throws InterruptedException;
}
