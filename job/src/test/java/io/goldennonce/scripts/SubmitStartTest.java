package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where {@code submit.sh} can start, and what it adapts to there. */
class SubmitStartTest {
  private final Path directory;
  private final SubmitScript script;

  SubmitStartTest(@TempDir Path directory) {
    this.directory = directory;
    this.script = new SubmitScript(directory);
  }

  @Test
  void submit_bySymlinkAndWithCdPath_findsItsCheckout() throws Exception {
    Path link = directory.resolve("gn");
    Files.createSymbolicLink(link, Program.root().resolve("scripts/submit.sh"));
    String expected = SubmitScript.dryRun("mine", "--data", "x").run(directory).out();
    assertThat(
            Program.of(link, "--dry-run", "mine", "--data", "x")
                .with("JAVA_HOME", "")
                .run(directory)
                .out())
        .isEqualTo(expected);
    assertThat(
            Program.of(Path.of("scripts/submit.sh"), "--dry-run", "mine", "--data", "x")
                .with("CDPATH", ".:/tmp")
                .with("JAVA_HOME", "")
                .run(Program.root())
                .out())
        .isEqualTo(expected);
    Path home = directory.resolve("spark-home");
    Files.createSymbolicLink(home, Program.root().resolve("scripts/spark-home.sh"));
    assertThat(
            Program.of(home, "--dry-run", "4.2").with("CDPATH", ".:/tmp").run(directory).lastLine())
        .startsWith(Program.root().toString());
  }

  /** Half of the memory, as a JVM is more than its heap, and what Spark asks for at least. */
  @ParameterizedTest
  @CsvSource({
    "memory.max, 1073741824, 512m",
    "memory.max, 536870912, 480m",
    "memory.max, max, 2048m",
    "memory.max, 8589934592, 2048m",
    "memory/memory.limit_in_bytes, 1073741824, 512m",
    "memory/memory.limit_in_bytes, 9223372036854771712, 2048m"
  })
  void submit_inASmallContainer_takesASmallerHeap(String file, String limit, String heap)
      throws Exception {
    Path cgroup = directory.resolve("sys/fs/cgroup").resolve(file);
    Files.createDirectories(cgroup.getParent());
    Files.writeString(cgroup, limit + "\n");
    Files.createDirectories(directory.resolve("proc"));
    Files.writeString(
        directory.resolve("proc/meminfo"), "MemTotal:       16384000 kB\nMemFree: 1 kB\n");
    assertThat(
            script.words(
                SubmitScript.dryRun("mine").with("GOLDEN_NONCE_TEST_ROOT", directory.toString())))
        .contains("-Xmx" + heap);
  }

  /** Which is a second of processor time less until the answer. */
  @Test
  void submit_questions_areAnsweredWithoutTheOptimisingCompiler() throws Exception {
    String quick = "-XX:TieredStopAtLevel=1";
    assertThat(script.words(SubmitScript.dryRun("sql", "SELECT 1"))).contains(quick);
    assertThat(script.words(SubmitScript.dryRun("mine"))).doesNotContain(quick);
    assertThat(script.words(SubmitScript.dryRun("verify"))).doesNotContain(quick);
  }

  /** As Java 17's fastest kernel does not need it, and a JVM warns of it in each start. */
  @Test
  void submit_vectorModule_isThereWhereItIsNeeded() throws Exception {
    assertThat(script.words(SubmitScript.dryRun("sql", "SELECT 1")))
        .doesNotContain(SubmitScript.VECTOR);
    assertThat(script.words(SubmitScript.dryRun("solve", "--kernel", "vector-512")))
        .contains(SubmitScript.VECTOR);
    assertThat(script.words(SubmitScript.dryRun("bench"))).contains(SubmitScript.VECTOR);
  }

  @Test
  void submit_jarOlderThanItsSourcesAndNoMaven_usesTheJar() throws Exception {
    Path checkout = script.checkoutWithJar();
    Files.setLastModifiedTime(
        Files.createFile(checkout.resolve("job/src/main/java/New.java")),
        FileTime.from(Instant.now().plusSeconds(10)));
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool :
        List.of("bash", "env", "sed", "dirname", "readlink", "find", "java", "locale")) {
      Path found =
          Arrays.stream(System.getenv("PATH").split(":", -1))
              .map(path -> Path.of(path, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/submit.sh"), "mine")
            .with("PATH", tools.toString())
            .with("SPARK_HOME", script.sparkHome("home").toString())
            .run(directory);
    assertThat(ended.err())
        .isEqualTo(
            "submit.sh: sources are newer than the jar, which is used as it is (Maven is not"
                + " installed)\n");
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void submit_sourceNewerThanTheJar_buildsFirst() throws Exception {
    Path checkout = script.checkoutWithJar();
    Path submit = checkout.resolve("scripts/submit.sh");
    Path home = script.sparkHome("home");
    Program dryRun = Program.of(submit, "--dry-run", "mine").with("SPARK_HOME", home.toString());
    String command = home + "/bin/spark-submit --class MineJob";
    assertThat(dryRun.run(directory).out()).doesNotContain("mvn").contains(command);
    Path source = checkout.resolve("job/src/main/java/New.java");
    Files.createFile(source);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
    List<String> built = dryRun.run(directory).out().lines().toList();
    assertThat(built.get(0)).startsWith("mvn ").endsWith(" package -pl job -am");
    assertThat(built.get(1)).contains(command);
  }

  /** What stands before the command is read by Java, which must be there. */
  @Test
  void submit_noJarYet_saysThatADryRunNeedsIt() throws Exception {
    Path checkout = script.checkoutWithJar();
    try (var built = Files.list(checkout.resolve("job/target"))) {
      Files.delete(built.findFirst().orElseThrow());
    }
    Program.Ended ended =
        Program.of(checkout.resolve("scripts/submit.sh"), "--dry-run", "--master", "yarn", "mine")
            .run(directory);
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err())
        .startsWith("submit.sh: options before the command need ")
        .contains("golden-nonce-")
        .endsWith(", which is missing; start once without --dry-run\n");
  }
}
