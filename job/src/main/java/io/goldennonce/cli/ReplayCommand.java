package io.goldennonce.cli;

import io.goldennonce.app.SparkStart;
import io.goldennonce.output.FailureText;
import io.goldennonce.output.Transcript;
import io.goldennonce.spark.SparkApplication;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the output of a driver in cluster mode. */
@Command(
    name = "replay",
    description = "Print what a driver on a cluster printed, and exit with its exit code.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "URI",
      description = "The transcript; scripts/submit.sh --staging prints its location.")
  private String uri = "";

  @Override
  public Integer call() {
    SparkStart.prepare();
    Transcript transcript;
    try {
      transcript = Transcript.read(uri, SparkApplication.hadoopSettings());
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(
          "the driver has left no transcript at " + uri + "; see its log", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the driver's transcript at " + uri + " can't be read: " + FailureText.of(e), e);
    }
    spec.commandLine().getOut().print(transcript.out());
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().print(transcript.err());
    spec.commandLine().getErr().flush();
    return transcript.exitCode();
  }
}
