package io.goldennonce.cli;

import io.goldennonce.config.ConfigurationException;
import io.goldennonce.node.NodeException;
import io.goldennonce.pool.PoolException;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.spark.SparkApplication;
import io.goldennonce.warehouse.WarehouseException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: takes the arguments to their command, and whatever comes of it to an exit code. */
@Command(
    name = "golden-nonce",
    description = "Searches for proof-of-work nonces on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      MineCommand.class,
      AuditCommand.class,
      GenerateCommand.class,
      WorkCommand.class,
      ServeWorkCommand.class,
      GrindCommand.class,
      SolveCommand.class,
      SqlCommand.class,
      VerifyCommand.class,
      RestoreCommand.class,
      CompactCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      StatusCommand.class,
      ReplayCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 found or done, 1 keyspace exhausted or verification failed, 2 wrong usage or configuration,",
      "3 deadline, 4 failure while running, 130 interrupted."
    })
public final class Main implements Runnable {
  /** Where a platform hides a driver's exit code, the last line of its log says it. */
  private static final String TELL_EXIT_CODE = "golden.nonce.tell-exit-code";

  /** Where a cluster hides all of it, what was printed goes to a file there. */
  private static final String TRANSCRIPT = "golden.nonce.transcript";

  @Spec private CommandSpec spec;

  private Main() {}

  /** With no command: the usage. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /**
   * Runs the program and ends the process.
   *
   * @param arguments a command and its options
   */
  public static void main(String... arguments) {
    String transcript = System.getProperty(TRANSCRIPT, "");
    int code = transcript.isEmpty() ? run(arguments) : runAndKeep(transcript, arguments);
    Interruption.finished();
    if (Boolean.getBoolean(TELL_EXIT_CODE)) {
      System.err.println("golden-nonce exit code " + code);
    }
    // Under YARN an exit, even with 0, may be taken for a failure: leave only when it is one.
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs the program.
   *
   * @return the exit code
   */
  static int run(String... arguments) {
    return run(CommandLine.defaultFactory(), arguments);
  }

  /**
   * Runs the program.
   *
   * @param commands makes the commands
   * @return the exit code
   */
  static int run(IFactory commands, String... arguments) {
    return run(commands, printer(System.out), printer(System.err), arguments);
  }

  private static int run(IFactory commands, PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main(), commands)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                explain(failure, command, Arrays.asList(arguments).contains("--verbose")))
        .execute(arguments);
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int runAndKeep(String uri, String... arguments) {
    TranscriptWriter out = new TranscriptWriter(printer(System.out));
    TranscriptWriter err = new TranscriptWriter(printer(System.err));
    int code = run(CommandLine.defaultFactory(), out.printer(), err.printer(), arguments);
    try {
      new Transcript(code, out.printed(), err.printed())
          .write(uri, SparkApplication.hadoopSettings());
    } catch (IOException e) {
      // Who waits for it is told that there is none, and where to look.
      System.err.println("golden-nonce: no transcript at " + uri + ": " + e.getMessage());
    }
    return code;
  }

  private static int refuse(ParameterException refusal, String[] arguments) {
    CommandLine command = refusal.getCommandLine();
    command.getErr().println(line(command, refusal) + " (see --help)");
    return ExitCode.USAGE.code();
  }

  private static int explain(Exception failure, CommandLine command, boolean verbose) {
    if (failure instanceof UsageException
        || failure instanceof ConfigurationException
        || failure instanceof PoolException
        || failure instanceof WarehouseException
        || (failure instanceof NodeException node && node.isUsage())) {
      print(failure, command, verbose);
      return ExitCode.USAGE.code();
    }
    if (failure instanceof InterruptedException) {
      return ExitCode.INTERRUPTED.code();
    }
    boolean expected =
        failure instanceof SearchFailedException
            || failure instanceof NodeException
            || failure instanceof UncheckedIOException;
    print(failure, command, verbose || !expected);
    return ExitCode.FAILURE.code();
  }

  private static void print(Exception failure, CommandLine command, boolean trace) {
    command.getErr().println(line(command, failure));
    if (trace) {
      failure.printStackTrace(command.getErr());
    }
  }

  private static String line(CommandLine command, Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return command.getCommandSpec().qualifiedName()
        + ": "
        + message.lines().findFirst().orElse("").strip();
  }
}
