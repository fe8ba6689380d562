package io.goldennonce.submit;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** What a command line asks for. */
interface Submission {
  /**
   * The one command that does it all, for the shell to become.
   *
   * @return nothing if there is more to do, which {@link #run} does
   */
  List<String> command();

  /** What the user should know of it. */
  Optional<String> note();

  /** Shows what would run, one command per line. */
  void show(PrintStream out);

  /**
   * Does it.
   *
   * @return the exit code
   */
  int run(Processes processes) throws InterruptedException;

  /** Ends {@link #run} early, by Ctrl-C. */
  void stop(Processes processes) throws InterruptedException;
}
