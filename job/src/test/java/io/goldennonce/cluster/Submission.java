package io.goldennonce.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the job's jar by {@code spark-submit}: the driver is a process that can be killed. */
public final class Submission {
  /**
   * Whether programs are started with the usual SIGINT. One that a shell starts in the background,
   * as {@code mvn verify &}, ignores it, and so do all that it starts.
   */
  private static final boolean RESETS_SIGNALS = resetsSignals();

  private static final long LIMIT_MINUTES = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  private Submission(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a run came to. */
  public record Ended(int code, List<String> out, String err) {
    /** The one line of JSON on standard output. */
    public JsonNode json() throws IOException {
      if (out.size() != 1) {
        throw new AssertionError("one line of JSON was expected, got " + out + "; " + err);
      }
      return jsonLines().get(0);
    }

    /** All of standard output, where each line is JSON. */
    public List<JsonNode> jsonLines() throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : out) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    }
  }

  /**
   * Starts one with the embedded Spark, on one core and without a UI.
   *
   * @param directory for its output and as its working directory
   */
  public static Submission onOneCore(Path directory, String... program)
      throws IOException, InterruptedException {
    return start(
        SparkHome.embedded(),
        "local[1]",
        directory,
        List.of(
            "--conf", "spark.ui.enabled=false", "--driver-java-options", SparkClasses.options()),
        List.of(program));
  }

  /**
   * Starts one.
   *
   * @param directory for its output and as its working directory
   */
  public static Submission start(
      Path home, String master, Path directory, List<String> sparkOptions, List<String> program)
      throws IOException {
    return start(home, master, directory, sparkOptions, program, Map.of());
  }

  /**
   * Starts one.
   *
   * @param environment variables that it has besides ours
   */
  public static Submission start(
      Path home,
      String master,
      Path directory,
      List<String> sparkOptions,
      List<String> program,
      Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(home.resolve("bin/spark-submit").toString(), "--master", master));
    command.addAll(sparkOptions);
    command.addAll(
        List.of("--class", "MineJob", System.getProperty("golden.nonce.jar", "run mvn verify")));
    command.addAll(program);
    Files.createDirectories(directory);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    return start(command, builder, directory);
  }

  /** BSD's {@code env} has no such option. */
  private static boolean resetsSignals() {
    try {
      return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts a command whose environment is made, with its output to files in a directory. */
  static Submission start(List<String> command, ProcessBuilder builder, Path directory)
      throws IOException {
    Path out = Files.createTempFile(directory, "driver", ".out");
    Path err = Files.createTempFile(directory, "driver", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    if (RESETS_SIGNALS) {
      List<String> reset = new ArrayList<>(List.of("env", "--default-signal=INT"));
      reset.addAll(builder.command());
      builder.command(reset);
    }
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Submission(command, process, out, err);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Of the driver, as spark-submit becomes it. */
  long pid() {
    return process.pid();
  }

  /** The lines on standard output until now. */
  public List<String> out() {
    return said(out).lines().toList();
  }

  /** What it has said on standard error until now. */
  public String err() {
    return said(err);
  }

  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal by its name, such as INT. */
  public void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new AssertionError("kill -s " + name + " ended with " + code);
    }
  }

  public Ended await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      kill();
      throw new AssertionError(command + " did not end; it said: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readAllLines(out), Files.readString(err));
  }
}
