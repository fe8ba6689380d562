package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.goldennonce.cluster.SparkHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A container's user: a number without a name in {@code /etc/passwd}, without a home, without a
 * locale, in a release that it can read but not write, started as the images start it.
 */
@Tag("full")
@Execution(ExecutionMode.CONCURRENT)
class NamelessUserIT {
  private static final String USER = "54321";

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeEach
  void requireRoot() throws Exception {
    boolean isRoot = Program.of(Path.of("id"), "-u").run(directory).lastLine().equals("0");
    assumeTrue(isRoot || "true".equals(System.getenv("CI")), "run as root to include it, as in CI");
  }

  @Test
  void mineAndSql_asANumberWithoutHomeInAReadOnlyInstallation_work() throws Exception {
    Path release = installedRelease();
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
    Program.Ended mined =
        submit(
            release,
            work,
            "mine",
            "--data",
            "grüß dich",
            "--difficulty",
            "8",
            "--warehouse",
            "mined");
    assertThat(mined.code()).as(mined.err()).isZero();
    assertThat(mined.out()).contains("outcome        found");
    Program.Ended asked =
        submit(
            release,
            work,
            "sql",
            "--json",
            "SELECT string(transactions[0]) AS data FROM chain WHERE height = 1",
            "--warehouse",
            "mined");
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.out()).isEqualToIgnoringNewLines("{\"data\":\"grüß dich\"}");
    assertThat(asked.err()).doesNotContain("Exception");
    assertThat(names(work)).as("nothing is left but what was mined").containsExactly("mined");
    Program.Ended helped = submit(release, work, "--help");
    assertThat(helped.out()).startsWith("usage: golden-nonce ");
  }

  /** A release's archive, unpacked, with the embedded Spark in the place of its own. */
  private Path installedRelease() throws Exception {
    Path archives = directory.resolve("archives");
    Program.Ended packed =
        Program.of(
                Program.root().resolve("scripts/release.sh"),
                "--archive",
                "--to",
                archives.toString())
            .run(directory);
    assertThat(packed.code()).as(packed.err()).isZero();
    Path opt = Files.createDirectory(directory.resolve("o p t"));
    Program.Ended unpacked =
        Program.of(Path.of("tar"), "-xzf", packed.lastLine(), "-C", opt.toString()).run(directory);
    assertThat(unpacked.code()).as(unpacked.err()).isZero();
    Path release = opt.resolve(names(opt).get(0));
    Files.createSymbolicLink(release.resolve("spark"), SparkHome.embedded());
    return release;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Program.Ended submit(Path release, Path work, String... arguments)
      throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                // The checkout may lie in a directory that only root can enter.
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                "env",
                "-i",
                "PATH=" + System.getenv("PATH"),
                "JAVA_HOME=" + System.getProperty("java.home"),
                release.resolve("scripts/container.sh").toString()));
    all.addAll(List.of(arguments));
    return Program.of(Path.of("setpriv"), all).run(work);
  }
}
