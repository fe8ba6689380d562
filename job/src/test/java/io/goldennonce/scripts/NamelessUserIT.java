package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A container's user: a number without a name in {@code /etc/passwd}, without a home, without a
 * locale, in an installation that it can read but not write.
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
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
    Program.Ended mined =
        submit(work, "mine", "--data", "grüß dich", "--difficulty", "8", "--warehouse", "mined");
    assertThat(mined.code()).as(mined.err()).isZero();
    assertThat(mined.out()).contains("outcome        found");
    Program.Ended asked =
        submit(
            work,
            "sql",
            "--json",
            "SELECT string(transactions[0]) AS data FROM chain WHERE height = 1",
            "--warehouse",
            "mined");
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.out()).isEqualToIgnoringNewLines("{\"data\":\"grüß dich\"}");
    assertThat(asked.err()).doesNotContain("Exception");
  }

  private static Program.Ended submit(Path work, String... arguments) throws Exception {
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
                Program.root().resolve("scripts/submit.sh").toString()));
    all.addAll(List.of(arguments));
    return Program.of(Path.of("setpriv"), all).run(work);
  }
}
