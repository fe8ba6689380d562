package io.goldennonce.submit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs what {@code scripts/submit.sh} is asked for before the command. The shell calls it first for
 * the one command to become, so that signals and the exit code are that command's own. If there is
 * none, because something must happen after it, the shell becomes this program.
 */
public final class Submit {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Replaces bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private Submit() {}

  /**
   * Runs it.
   *
   * @param words {@code command} to print the words of the one command, each ended by a NUL, or
   *     {@code run}; then the checkout, the jar, the Spark home, {@code embedded} or {@code own},
   *     and what the user typed
   */
  public static void main(String... words) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Installation installation =
        new Installation(
            Path.of(words[1]),
            Path.of(words[2]),
            Path.of(words[3]),
            words[4].equals("embedded"),
            System.getenv());
    List<String> typed = Arrays.asList(words).subList(5, words.length);
    int code =
        words[0].equals("run")
            ? run(typed, installation, out, err)
            : command(typed, installation, out, err);
    out.flush();
    System.exit(code);
  }

  /** Prints the command to become: nothing if {@link #run} must do it. */
  static int command(
      List<String> typed, Installation installation, PrintStream out, PrintStream err) {
    try {
      SubmitArguments arguments = SubmitArguments.parse(typed);
      List<String> command =
          List.of(installation.root().resolve("scripts/submit.sh").toString(), "--help");
      if (!arguments.asksForHelp()) {
        Submission submission = submission(arguments, installation);
        submission.note().ifPresent(err::println);
        command = arguments.isDryRun() ? List.of() : submission.command();
      }
      command.forEach(word -> out.print(word + "\0"));
      return 0;
    } catch (SubmitException e) {
      return refuse(e, err);
    }
  }

  private static int refuse(SubmitException refusal, PrintStream err) {
    err.println("submit.sh: " + refusal.getMessage());
    return refusal.code();
  }

  /**
   * Runs all of it, or shows it. A signal stops it in order, and is then what the process ends
   * with.
   */
  static int run(List<String> typed, Installation installation, PrintStream out, PrintStream err)
      throws InterruptedException {
    try {
      SubmitArguments arguments = SubmitArguments.parse(typed);
      Submission submission = submission(arguments, installation);
      Processes processes = new Processes(out, err, arguments.isDryRun());
      FutureTask<Integer> end = new FutureTask<>(() -> ended(submission, processes, err));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(submission, processes, end)));
      end.run();
      return end.get();
    } catch (SubmitException e) {
      return refuse(e, err);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static int ended(Submission submission, Processes processes, PrintStream err)
      throws InterruptedException {
    try {
      return submission.run(processes);
    } catch (SubmitException e) {
      return refuse(e, err);
    }
  }

  /** Called as the JVM goes down: by a signal, or after the end by the program's own exit. */
  private static void stop(Submission submission, Processes processes, FutureTask<Integer> end) {
    if (end.isDone()) {
      return;
    }
    int code = SubmitException.FAILURE;
    try {
      submission.stop(processes);
      code = end.get();
    } catch (InterruptedException | ExecutionException e) {
      processes.say(e.toString());
    }
    processes.out().flush();
    Runtime.getRuntime().halt(code);
  }

  private static Submission submission(SubmitArguments arguments, Installation installation) {
    if (arguments.program().stream().anyMatch(word -> word.indexOf(REPLACEMENT) >= 0)) {
      throw SubmitException.usage(
          "an argument must be text in UTF-8, got other bytes; they can be given in hex"
              + " (--template-hex) or in a pool's 'payload'");
    }
    String run =
        arguments.isDryRun()
            ? "RUN"
            : TIME.format(Instant.now()) + "-" + ProcessHandle.current().pid();
    if (arguments.own("--on").isPresent()) {
      return new EmrSubmission(arguments, installation, run);
    }
    if (!arguments.isDryRun()) {
      requireName(System.getProperty("user.name", ""));
    }
    return new SparkSubmission(arguments, installation, "golden-nonce-" + run);
  }

  /**
   * Refuses a user for whom Hadoop's login would fail with a trace.
   *
   * @param user as the JVM knows it: a question mark if the user id has no name
   */
  static void requireName(String user) {
    if (user.isEmpty() || user.equals("?")) {
      throw SubmitException.failure(
          "this user has no name in /etc/passwd, which spark-submit needs: add one, or leave out"
              + " spark-submit's options");
    }
  }
}
