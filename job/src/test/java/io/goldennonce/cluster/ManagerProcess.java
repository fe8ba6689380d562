package io.goldennonce.cluster;

import io.goldennonce.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster's manager for tests, a program of one source file in a process of its own: it writes a
 * file when it is up, and ends with this JVM, since it reads from it.
 */
final class ManagerProcess implements AutoCloseable {
  private final Process process;

  private ManagerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one, and waits until it is up.
   *
   * @param source in src/test
   * @param directory for its log, and as its working directory
   * @param sign what it writes when it is up
   */
  static ManagerProcess start(
      String source, String classPath, Path directory, Path sign, Path... arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path log = directory.resolve("manager.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath,
                SparkHome.root().resolve("job/src/test").resolve(source).toString()));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // A container's command names it.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    ManagerProcess manager = new ManagerProcess(builder.start());
    try {
      Await.until(
          source + "; its log is " + log, () -> Files.exists(sign) || !manager.process.isAlive());
      if (!manager.process.isAlive()) {
        throw new AssertionError(Files.readString(log));
      }
      return manager;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }
}
