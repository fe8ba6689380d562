package io.goldennonce.submit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Does what {@code scripts/submit.sh} is asked for before the command. The shell calls it once for
 * the command to become, so that signals and the exit code are that command's own; where there is
 * none, since something must happen after it, the shell becomes this program.
 */
public final class Submit {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Words before the user's: what to do, and the places. */
  private static final int FIRST = 5;

  private Submit() {}

  /**
   * Runs it.
   *
   * @param words {@code command} to print the words of the one command, each ended by a NUL, or
   *     {@code run}; then the checkout, the jar, the Spark home, {@code embedded} or {@code own},
   *     and what the user typed
   */
  public static void main(String... words) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Installation installation =
        new Installation(
            Path.of(words[1]),
            Path.of(words[2]),
            Path.of(words[3]),
            words[4].equals("embedded"),
            System.getenv());
    List<String> typed = Arrays.asList(words).subList(FIRST, words.length);
    int code =
        words[0].equals("run")
            ? run(typed, installation, out, err)
            : command(typed, installation, out, err);
    out.flush();
    System.exit(code);
  }

  /** Prints the command to become: nothing, where {@link #run} must do it. */
  static int command(
      List<String> typed, Installation installation, PrintStream out, PrintStream err) {
    try {
      SubmitArguments arguments = SubmitArguments.parse(typed);
      if (arguments.asksForHelp()) {
        print(List.of(installation.root().resolve("scripts/submit.sh").toString(), "--help"), out);
        return 0;
      }
      Submission submission = submission(arguments, installation);
      if (!arguments.isDryRun()) {
        submission.note().ifPresent(err::println);
        print(submission.command(), out);
      }
      return 0;
    } catch (SubmitException e) {
      return refuse(e, err);
    }
  }

  private static void print(List<String> command, PrintStream out) {
    command.forEach(word -> out.print(word + "\0"));
  }

  private static int refuse(SubmitException refusal, PrintStream err) {
    err.println("submit.sh: " + refusal.getMessage());
    return refusal.code();
  }

  /** Does all that is asked for, or shows it. */
  static int run(List<String> typed, Installation installation, PrintStream out, PrintStream err) {
    try {
      SubmitArguments arguments = SubmitArguments.parse(typed);
      Submission submission = submission(arguments, installation);
      if (arguments.isDryRun()) {
        submission.note().ifPresent(err::println);
        submission.show(out);
        return 0;
      }
      return runToItsEnd(submission, new Processes(out, err));
    } catch (SubmitException e) {
      return refuse(e, err);
    } catch (InterruptedException e) {
      return Processes.STOPPED;
    }
  }

  private static Submission submission(SubmitArguments arguments, Installation installation) {
    ProgramArguments.requireText(arguments.program());
    String run =
        arguments.isDryRun()
            ? "RUN"
            : TIME.format(Instant.now()) + "-" + ProcessHandle.current().pid();
    if (arguments.own(SubmitArguments.ON).isPresent()) {
      return EmrSubmission.of(arguments, installation, run);
    }
    if (!arguments.isDryRun()) {
      requireName(System.getProperty("user.name", ""));
    }
    return SparkSubmission.of(arguments, installation, "golden-nonce-" + run);
  }

  /**
   * Refuses a user for whom Hadoop's login would fail with a trace.
   *
   * @param user as the JVM knows it: a question mark where the user id has no name
   */
  static void requireName(String user) {
    if (user.isEmpty() || user.equals("?")) {
      throw SubmitException.failure(
          "this user has no name in /etc/passwd, which spark-submit needs: add one, or leave out"
              + " spark-submit's options");
    }
  }

  /** A signal stops it in order, and then is what the process ends with. */
  private static int runToItsEnd(Submission submission, Processes processes)
      throws InterruptedException {
    End end = new End();
    Thread onSignal = new Thread(() -> end.after(submission, processes));
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      end.code = submission.run(processes);
      return end.code;
    } finally {
      end.isThere.countDown();
    }
  }

  /** How it ended, for a signal's sake. */
  private static final class End {
    private final CountDownLatch isThere = new CountDownLatch(1);
    private volatile int code = SubmitException.FAILURE;

    /** Called as the JVM goes down; once the end is there, by the program's own exit. */
    void after(Submission submission, Processes processes) {
      if (isThere.getCount() == 0) {
        return;
      }
      try {
        submission.stop(processes);
        isThere.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      processes.out().flush();
      Runtime.getRuntime().halt(code);
    }
  }
}
