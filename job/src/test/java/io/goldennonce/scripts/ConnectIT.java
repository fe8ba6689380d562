package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.cluster.SparkClasses;
import io.goldennonce.testing.LightJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Spark Connect: a client that has nothing of this project solves on a server that has its jar. */
@Tag("full")
@Execution(ExecutionMode.CONCURRENT)
class ConnectIT {
  private static final String JAR =
      System.getProperty("golden.nonce.jar", "run me with mvn verify");
  private static final Path CONNECT =
      Path.of(System.getProperty("golden.nonce.connect", "run me with mvn verify"));
  private static final Pattern PORT =
      Pattern.compile("Spark Connect server started at: 127\\.0\\.0\\.1:(\\d+)");

  /** What a client has its own of, or does without. */
  private static final Pattern SERVER_ONLY =
      Pattern.compile("spark-(sql|catalyst|core)_.*|hadoop-.*");

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  @Timeout(300)
  void solve_fromAClient_runsOnTheServer() throws Exception {
    Process server = server();
    try {
      Program.Ended ended =
          client(
              "sc://127.0.0.1:" + port(server),
              """
              SELECT count(*) AS rows, count_if(s.hash = sha2(concat('row ', id, ' ', s.nonce), 256)) AS right
              FROM (SELECT id, pow.solve(concat('row ', id, ' '), '', 'decimal', 'sha256', 10) AS s
                    FROM range(0, 1000, 1, 4))
              """,
              "SELECT pow.difficulty('1d00ffff') AS difficulty");
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out()).contains("{\"rows\":1000,\"right\":1000}", "{\"difficulty\":1.0}");
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
  }

  private Process server() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Program.sparkHome("4.2").resolve("bin/spark-submit").toString(),
                "--master",
                "local[2]",
                "--driver-java-options",
                SparkClasses.options(),
                "--class",
                "org.apache.spark.sql.connect.service.SparkConnectServer",
                "--jars",
                JAR + "," + CONNECT.resolve("spark-connect.jar"),
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.connect.grpc.binding.address=127.0.0.1",
                "--conf",
                "spark.connect.grpc.binding.port=0",
                "--conf",
                "spark.sql.catalog.pow=io.goldennonce.sql.PowCatalog",
                "--conf",
                "spark.sql.catalog.pow.warehouse=" + directory.resolve("warehouse"),
                "spark-internal")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }

  /** Reads the log up to the line with the port, then leaves the rest to a thread of its own. */
  private static String port(Process server) throws IOException {
    StringBuilder log = new StringBuilder();
    BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.append(line).append('\n');
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        Thread rest = new Thread(() -> lines.lines().forEach(ignored -> {}), "connect-log");
        rest.setDaemon(true);
        rest.start();
        return port.group(1);
      }
    }
    throw new AssertionError("the server ended: " + log);
  }

  private Program.Ended client(String... arguments) throws Exception {
    Path classes = directory.resolve("client");
    String entry = ConnectProgram.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(classes.resolve(entry).getParent());
    Files.copy(
        Path.of(ConnectProgram.class.getResource("/" + entry).toURI()), classes.resolve(entry));
    List<String> all = new ArrayList<>(List.of(LightJvm.OPTIONS.split(" ")));
    // As spark-submit does: Arrow reads memory of the JDK's buffers.
    all.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp"));
    try (Stream<Path> jars = Files.list(Program.sparkHome("4.2").resolve("jars"))) {
      all.add(
          Stream.concat(
                  Stream.of(
                      classes,
                      CONNECT.resolve("spark-connect-client.jar"),
                      CONNECT.resolve("spark-connect-shims.jar")),
                  jars.filter(jar -> !SERVER_ONLY.matcher(jar.getFileName().toString()).matches()))
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator)));
    }
    all.add(ConnectProgram.class.getName());
    all.addAll(List.of(arguments));
    return Program.of(Path.of(System.getProperty("java.home"), "bin", "java"), all).run(directory);
  }
}
