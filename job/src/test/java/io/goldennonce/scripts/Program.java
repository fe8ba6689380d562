package io.goldennonce.scripts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of this repository, run as a process of its own. */
final class Program {
  private static final long LIMIT_MINUTES = 7;

  private final List<String> command;
  private final Map<String, String> environment = new HashMap<>();

  private Program(List<String> command) {
    this.command = command;
  }

  /** What a run came to. */
  record Ended(int code, String out, String err) {
    /** The last line of standard output. */
    String lastLine() {
      return out.lines().reduce("", (before, line) -> line);
    }
  }

  static Program of(Path program, String... arguments) {
    return of(program, Arrays.asList(arguments));
  }

  static Program of(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return new Program(command);
  }

  /** The repository's root. */
  static Path root() {
    try {
      return Path.of(System.getProperty("golden.nonce.root", "..")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An assembled home of a Spark; where it is not, the test is skipped, and fails in CI. */
  static Path sparkHome(String version) throws IOException, InterruptedException {
    Ended ended = of(root().resolve("scripts/spark-home.sh"), "--dry-run", version).run(root());
    if (ended.code() != 0) {
      throw new AssertionError(ended.err());
    }
    Path home = Path.of(ended.lastLine());
    assumeTrue(
        Files.isDirectory(home) || "true".equals(System.getenv("CI")),
        "run scripts/spark-home.sh " + version + " to include it");
    return home;
  }

  /**
   * The job, handed to a Spark as its users do it; options are spark-submit's, the master's among
   * them.
   */
  static Program job(Path home, List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--conf", "spark.ui.enabled=false", "--class", "MineJob"));
    all.add(System.getProperty("golden.nonce.jar", "run me with mvn verify"));
    all.addAll(arguments);
    return of(home.resolve("bin/spark-submit"), all);
  }

  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Ended run(Path directory) throws IOException, InterruptedException {
    // Files, because a pipe that nobody reads stops the process.
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " did not end; it said: " + Files.readString(err));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
