package io.goldennonce.submit;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs other programs, one after the other, or shows their command lines. */
final class Processes {
  /** The exit code after a signal. */
  static final int STOPPED = 130;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final PrintStream out;
  private final PrintStream err;
  private final boolean isDry;
  private boolean stopped;
  private @Nullable Process current;

  /**
   * @param isDry whether to print commands and not to run them
   */
  Processes(PrintStream out, PrintStream err, boolean isDry) {
    this.out = out;
    this.err = err;
    this.isDry = isDry;
  }

  /** A program's exit code and what it printed. */
  record Answer(int code, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  PrintStream out() {
    return out;
  }

  /** Prints a line about what is run. */
  void say(String text) {
    if (!isDry) {
      err.println(text);
    }
  }

  /**
   * Runs a command to its end, with the streams of this process.
   *
   * @return its exit code; {@link #STOPPED} once {@link #stop} was called
   */
  int run(List<String> command) throws InterruptedException {
    if (isDry) {
      out.println(line(command));
      return 0;
    }
    Process process;
    synchronized (this) {
      if (stopped) {
        return STOPPED;
      }
      process = start(new ProcessBuilder(command).inheritIO());
      current = process;
    }
    int code = process.waitFor();
    synchronized (this) {
      return stopped ? STOPPED : code;
    }
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @param example what a dry run takes for its output
   */
  Answer ask(List<String> command, String example) throws InterruptedException {
    return ask(command, Redirect.INHERIT, example);
  }

  /** Runs a command that may well fail, without its messages. */
  Answer tryToAsk(List<String> command) throws InterruptedException {
    return ask(command, Redirect.DISCARD, "");
  }

  private Answer ask(List<String> command, Redirect messages, String example)
      throws InterruptedException {
    if (isDry) {
      out.println(line(command));
      return new Answer(0, example.getBytes(StandardCharsets.UTF_8));
    }
    Process process =
        start(new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectError(messages));
    try {
      byte[] bytes = process.getInputStream().readAllBytes();
      return new Answer(process.waitFor(), bytes);
    } catch (IOException e) {
      throw SubmitException.failure(command.get(0) + " broke off: " + e.getMessage());
    }
  }

  private static Process start(ProcessBuilder builder) {
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

  /** Ends the one that {@link #run} has started, and lets it start no other. */
  synchronized void stop() {
    stopped = true;
    if (current != null) {
      current.destroy();
    }
  }

  /** A command line to paste into a shell. */
  private static String line(List<String> words) {
    return words.stream().map(Processes::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.matches(ProgramArguments.PLAIN)) {
      return word;
    }
    if (!CONTROL.matcher(word).find()) {
      return "'" + word.replace("'", "'\\''") + "'";
    }
    String text = "$'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    return CONTROL
        .matcher(text)
        .replaceAll(one -> String.format("\\\\u%04x", (int) one.group().charAt(0)));
  }
}
