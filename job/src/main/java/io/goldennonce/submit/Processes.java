package io.goldennonce.submit;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs other programs, one after the other. */
final class Processes {
  /** What one ends with that was not started any more. */
  static final int STOPPED = 130;

  private final PrintStream out;
  private final PrintStream err;
  private boolean stopped;
  private @Nullable Process current;

  Processes(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** What a program printed, and its exit code. */
  record Said(int code, String out) {}

  /** For results. */
  PrintStream out() {
    return out;
  }

  /** Tells the user something. */
  void say(String text) {
    err.println(text);
  }

  /**
   * Runs a command to its end, with the streams of this process.
   *
   * @return its exit code; {@link #STOPPED} once {@link #stop} was called
   */
  int run(List<String> command) throws InterruptedException {
    Process process = start(new ProcessBuilder(command).inheritIO());
    int code = process == null ? STOPPED : process.waitFor();
    return isStopped() ? STOPPED : code;
  }

  /**
   * Runs a command, and takes what it prints.
   *
   * @param isSilent whether its complaints are of no interest
   */
  static Said ask(List<String> command, boolean isSilent) throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.INHERIT)
            .redirectError(isSilent ? Redirect.DISCARD : Redirect.INHERIT);
    try {
      Process process = started(builder);
      byte[] bytes = process.getInputStream().readAllBytes();
      return new Said(process.waitFor(), new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw SubmitException.failure(command.get(0) + " broke off: " + e.getMessage());
    }
  }

  private synchronized @Nullable Process start(ProcessBuilder builder) {
    if (stopped) {
      return null;
    }
    current = started(builder);
    return current;
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      String name = builder.command().get(0);
      throw SubmitException.failure(
          name.equals("aws")
              ? "the AWS CLI is needed: install aws"
              : name + " does not start: " + e.getMessage());
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Ends the one that runs, and lets no other start. */
  synchronized void stop() {
    stopped = true;
    if (current != null) {
      current.destroy();
    }
  }
}
