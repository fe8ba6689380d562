package io.goldennonce.cli;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.StartException;
import io.goldennonce.app.UsageException;
import io.goldennonce.config.ConfigurationException;
import io.goldennonce.node.NodeException;
import io.goldennonce.output.FailureText;
import io.goldennonce.pool.PoolException;
import io.goldennonce.spark.SearchFailedException;
import io.goldennonce.stratum.WorkerRefusedException;
import io.goldennonce.warehouse.WarehouseException;
import io.goldennonce.work.TipAheadException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Prints why a command failed, in one line, and returns its exit code. */
final class ErrorReport {
  private ErrorReport() {}

  /** Reports a defect of the program, or a lack of memory, with a stack trace. */
  static int broken(Throwable failure, PrintWriter err) {
    if (failure instanceof OutOfMemoryError) {
      err.println(
          "golden-nonce: out of memory (%s); set SPARK_DRIVER_MEMORY, or --driver-memory on a cluster"
              .formatted(failure.getMessage()));
    } else {
      err.println("golden-nonce: " + FailureText.of(failure));
      failure.printStackTrace(err);
    }
    return ExitCode.FAILURE.code();
  }

  /** Reports arguments that can not be parsed. */
  static int usage(ParameterException refusal, String[] arguments) {
    CommandLine command = refusal.getCommandLine();
    command.getErr().println(line(command, refusal) + " (see --help)");
    return ExitCode.USAGE.code();
  }

  /**
   * Reports the exception that ended a command: with a stack trace if it is a defect of the
   * program.
   *
   * @param verbose whether to print the stack trace of others, too
   */
  static int failure(Exception failure, CommandLine command, boolean verbose) {
    if (failure instanceof UsageException
        || failure instanceof ConfigurationException
        || failure instanceof PoolException
        || failure instanceof WarehouseException
        || failure instanceof WorkerRefusedException
        || (failure instanceof NodeException node && node.isUsage())) {
      print(failure, command, verbose);
      return ExitCode.USAGE.code();
    }
    if (failure instanceof InterruptedException) {
      return ExitCode.INTERRUPTED.code();
    }
    boolean expected =
        failure instanceof SearchFailedException
            || failure instanceof StartException
            || failure instanceof NodeException
            || failure instanceof TipAheadException
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
    return command.getCommandSpec().qualifiedName() + ": " + FailureText.of(failure);
  }
}
