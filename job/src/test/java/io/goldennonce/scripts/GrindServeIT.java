package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of {@code scripts/submit.sh grind}, with a server and without. */
@Timeout(180)
class GrindServeIT {
  /** Bitcoin's first block on regtest, whose target every second hash meets. */
  private static final String EASY =
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
          + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2000000000";

  /** The same with a target that no nonce of 2^32 meets in a test's time. */
  private static final String HARD = EASY.replace("ffff7f20", "ffff0018");

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void grind_withAServer_isTheSameAsWithoutAndFaster() throws Exception {
    Path private700 =
        Files.createDirectory(
            directory.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path socket = private700.resolve("grind.sock");
    long began = System.nanoTime();
    Program.Ended cold = grind(socket, "--result", "lowest", EASY).run(directory);
    double coldSeconds = (System.nanoTime() - began) * 1e-9;
    assertThat(cold.code()).as(cold.err()).isZero();

    Process server = start("server.log", socket, "grind", "--serve", "--idle", "60s", "-q");
    try {
      while (!Files.exists(socket) || !said().contains("serving at")) {
        assertThat(server.isAlive()).as(said()).isTrue();
        Thread.sleep(50);
      }
      double fastest = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        began = System.nanoTime();
        Program.Ended warm = grind(socket, "--result", "lowest", EASY).run(directory);
        fastest = Math.min(fastest, (System.nanoTime() - began) * 1e-9);
        assertThat(warm.code()).as(warm.err()).isZero();
        assertThat(warm.out()).isEqualTo(cold.out());
      }
      System.out.printf(
          Locale.ROOT,
          "GrindServeIT: an easy header in %.2f s by a start of its own, %.2f s by the server%n",
          coldSeconds,
          fastest);

      Program.Ended bad = grind(socket, "00").run(directory);
      assertThat(bad.code()).isEqualTo(2);
      assertThat(bad.err()).startsWith("golden-nonce grind: HEADER_HEX");

      Program.Ended late = grind(socket, "--timeout", "0.3s", HARD).run(directory);
      assertThat(late.code()).as(late.err()).isEqualTo(3);

      Process interrupted = start("interrupted.log", socket, "grind", HARD);
      Thread.sleep(2_000);
      interrupted.toHandle().destroy();
      assertThat(interrupted.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(interrupted.exitValue()).isEqualTo(130);
      assertThat(grind(socket, "--result", "lowest", EASY).run(directory).out())
          .as("the server is free again")
          .isEqualTo(cold.out());
    } finally {
      server.destroy();
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
    assertThat(server.exitValue()).isEqualTo(130);
    assertThat(socket).doesNotExist();
  }

  private Program grind(Path socket, String... arguments) {
    List<String> all = new ArrayList<>(List.of("grind", "-q"));
    all.addAll(List.of(arguments));
    return Program.of(script(), all)
        .with("GOLDEN_NONCE_SOCKET", socket.toString())
        .with("GOLDEN_NONCE_CDS", "off")
        .with("SPARK_LOCAL_IP", "127.0.0.1");
  }

  private static Path script() {
    return Program.root().resolve("scripts/submit.sh");
  }

  private Process start(String log, Path socket, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(log).toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("GOLDEN_NONCE_SOCKET", socket.toString());
    builder.environment().put("GOLDEN_NONCE_CDS", "off");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private String said() throws Exception {
    return Files.readString(directory.resolve("server.log"));
  }
}
