package io.goldennonce.scripts;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that is started again whenever it was killed; what each of its lives printed is kept.
 */
final class Killable {
  private final String name;
  private final Path directory;
  private final List<String> command;
  private final List<Path> outputs = new ArrayList<>();
  private Process process;
  private long started;

  private Killable(String name, Path directory, List<String> command) throws IOException {
    this.name = name;
    this.directory = directory;
    this.command = command;
    this.process = launch();
  }

  static Killable start(String name, Path directory, List<String> command) throws IOException {
    return new Killable(name, directory, command);
  }

  private Process launch() throws IOException {
    Path out = directory.resolve(name + "-" + outputs.size() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(error(out).toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    started = System.nanoTime();
    Process launched = builder.start();
    outputs.add(out);
    return launched;
  }

  private static Path error(Path out) {
    return out.resolveSibling(out.getFileName() + ".err");
  }

  void start() throws IOException {
    process = launch();
  }

  /** SIGKILL, for it and what it has started. */
  void kill() throws InterruptedException {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly().waitFor();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits for its end. */
  int exitCode(long minutes) throws IOException, InterruptedException {
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      throw new AssertionError(name + " did not end; it said: " + errors());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long millisAlive() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
  }

  /** The whole lines that all its lives have printed; a line that a kill cut short is left out. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path out : List.copyOf(outputs)) {
      lines.addAll(wholeLines(out));
    }
    return lines;
  }

  /** The whole lines of its present life. */
  List<String> linesOfThisLife() throws IOException {
    return wholeLines(outputs.get(outputs.size() - 1));
  }

  private static List<String> wholeLines(Path out) throws IOException {
    String text = Files.readString(out, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** What its present life said on standard error. */
  String errors() throws IOException {
    return Files.readString(error(outputs.get(outputs.size() - 1)), StandardCharsets.UTF_8);
  }
}
