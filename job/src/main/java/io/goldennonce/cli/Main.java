package io.goldennonce.cli;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.UsageException;
import io.goldennonce.base.DaemonThreads;
import io.goldennonce.cli.common.Arguments;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.plan.BenchCommand;
import io.goldennonce.cli.plan.PlanCommand;
import io.goldennonce.cli.search.GrindCommand;
import io.goldennonce.cli.search.MineCommand;
import io.goldennonce.cli.search.SolveCommand;
import io.goldennonce.cli.search.WorkCommand;
import io.goldennonce.cli.serve.ServeWorkCommand;
import io.goldennonce.cli.warehouse.AuditCommand;
import io.goldennonce.cli.warehouse.CompactCommand;
import io.goldennonce.cli.warehouse.GenerateCommand;
import io.goldennonce.cli.warehouse.ProveCommand;
import io.goldennonce.cli.warehouse.RestoreCommand;
import io.goldennonce.cli.warehouse.SqlCommand;
import io.goldennonce.cli.warehouse.StatusCommand;
import io.goldennonce.cli.warehouse.VerifyCommand;
import io.goldennonce.config.UnitParser;
import io.goldennonce.output.Transcript;
import io.goldennonce.output.TranscriptWriter;
import io.goldennonce.spark.SparkApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the command that the arguments name, and maps its result or exception to an exit code. */
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
      ProveCommand.class,
      RestoreCommand.class,
      CompactCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      StatusCommand.class,
      ReplayCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 found or done, 1 keyspace exhausted or verification failed, 2 wrong usage or"
          + " configuration,",
      "3 deadline, 4 failure while running, 130 interrupted."
    })
public final class Main implements Runnable {
  /** On platforms that hide a driver's exit code, the last line of its log says it. */
  private static final String TELL_EXIT_CODE = "golden.nonce.tell-exit-code";

  /** In cluster mode, the output goes to this file. */
  private static final String TRANSCRIPT = "golden.nonce.transcript";

  /** Time for Spark's own shutdown hooks. */
  private static final long LONGEST_EXIT_MILLIS = 30_000;

  @Spec private CommandSpec spec;

  Main() {}

  /** Prints the usage if there is no command. */
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
    int code = ExitCode.FAILURE.code();
    try {
      code = transcript.isEmpty() ? run(arguments) : runAndKeep(transcript, arguments);
    } finally {
      Interruption.finished();
    }
    if (Boolean.getBoolean(TELL_EXIT_CODE)) {
      System.err.println("golden-nonce exit code " + code);
    }
    if (code == 0) {
      ClassArchive.makeInBackground();
    }
    // On YARN even exit code 0 may count as a failure: exit only if it is one.
    if (code != 0) {
      haltIfStuck(code);
      System.exit(code);
    }
  }

  /** Ends the process even if an error, such as a lack of memory, blocks the shutdown. */
  private static void haltIfStuck(int code) {
    DaemonThreads.create(
            "exit-watchdog",
            () -> {
              try {
                Thread.sleep(LONGEST_EXIT_MILLIS);
              } catch (InterruptedException e) {
                // As well.
              }
              Runtime.getRuntime().halt(code);
            })
        .start();
  }

  /** Runs the program. */
  public static int run(String... arguments) {
    return execute(printer(System.out), printer(System.err), arguments);
  }

  private static int execute(PrintWriter out, PrintWriter err, String... given) {
    try {
      String[] arguments = Arguments.decoded(given);
      return commandLine(List.of(arguments).contains("--verbose"))
          .setOut(out)
          .setErr(err)
          .execute(arguments);
    } catch (UsageException e) {
      err.println("golden-nonce: " + e.getMessage());
      return ExitCode.USAGE.code();
    } catch (Throwable e) {
      // An Error, which picocli lets pass.
      return ErrorReport.broken(e, err);
    }
  }

  private static CommandLine commandLine(boolean verbose) {
    CommandLine line = new CommandLine(new Main());
    // A query may begin with a comment's dashes.
    line.getSubcommands()
        .forEach(
            (name, command) -> command.setUnmatchedOptionsArePositionalParams(name.equals("sql")));
    // One object each: JDK 17 crashes when it archives two that are made of the same method.
    ITypeConverter<Integer> integers = text -> (int) whole(text, Integer.MAX_VALUE);
    ITypeConverter<Long> longs = text -> whole(text, Long.MAX_VALUE);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        // An argument that begins with @ is text.
        .setExpandAtFiles(false)
        .registerConverter(Double.class, Main::number)
        .registerConverter(Integer.class, integers)
        .registerConverter(Integer.TYPE, integers)
        .registerConverter(Long.class, longs)
        .registerConverter(Long.TYPE, longs)
        .setParameterExceptionHandler(ErrorReport::usage)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> ErrorReport.failure(failure, command, verbose));
  }

  private static Double number(String text) {
    try {
      return UnitParser.number(text).doubleValue();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static long whole(String text, long most) {
    try {
      return UnitParser.whole(text, most);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int runAndKeep(String uri, String... arguments) {
    TranscriptWriter out = new TranscriptWriter(printer(System.out));
    TranscriptWriter err = new TranscriptWriter(printer(System.err));
    int code = execute(out.printer(), err.printer(), arguments);
    try {
      new Transcript(code, out.printed(), err.printed())
          .write(uri, SparkApplication.hadoopSettings());
    } catch (IOException e) {
      // replay reports the missing transcript.
      System.err.println("golden-nonce: no transcript at " + uri + ": " + e.getMessage());
    }
    return code;
  }
}
