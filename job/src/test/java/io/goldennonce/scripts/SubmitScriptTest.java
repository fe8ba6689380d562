package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code submit.sh} starts, and how it ends. */
class SubmitScriptTest {
  private final Path directory;
  private final SubmitScript script;

  SubmitScriptTest(@TempDir Path directory) {
    this.directory = directory;
    this.script = new SubmitScript(directory);
  }

  @Test
  void submit_noSparkHomeNoOptions_startsTheJvmItself() throws Exception {
    assertThat(script.words(SubmitScript.dryRun("mine", "--data", "hello", "--difficulty", "24")))
        .startsWith("java", "@" + Program.root() + "/conf/jvm.options", "-Xmx2048m", "-cp")
        .endsWith(
            "-Dspark.master=local[*]", "MineJob", "mine", "--data", "hello", "--difficulty", "24");
  }

  @Test
  void submit_optionsAfterTheCommand_areTheProgramsOwn() throws Exception {
    assertThat(
            script.words(SubmitScript.dryRun("mine", "--conf", "x", "--dry-run", "--", "--help")))
        .endsWith("MineJob", "mine", "--conf", "x", "--dry-run", "--", "--help");
    assertThat(script.words(SubmitScript.dryRun("--", "mine"))).endsWith("MineJob", "mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "it's", "$HOME `id` \"x\" \\", "*", "line\nbreak", ""})
  void submit_anyValue_survivesTheShell(String value) throws Exception {
    assertThat(script.words(SubmitScript.dryRun("mine", "--data", value)))
        .endsWith("mine", "--data", value);
  }

  /** Java reads what stands before the command, by the Spark at hand. */
  @Test
  void submit_noSparkHomeWithOptions_usesTheEmbeddedSparkSubmit() throws Exception {
    Path checkout = script.checkoutWithJar().toRealPath();
    Path home = Path.of(sparkHomeOf(checkout));
    SubmitScript.sparkHome(home, "printf '%s\\n' \"$SPARK_CONF_DIR\" \"$@\"");
    Program.Ended ended =
        Program.of(
                checkout.resolve("scripts/submit.sh"),
                "--master=local[2]",
                "--verbose",
                "sql",
                "SELECT 1")
            .run(directory);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines())
        .startsWith(checkout + "/conf", "--class", "MineJob")
        .containsSubsequence("--master", "local[2]", "--verbose")
        .endsWith("--encoded", SubmitScript.encoded("sql", "SELECT 1"));
    Program.Ended shown =
        Program.of(checkout.resolve("scripts/submit.sh"), "--verbose", "--dry-run", "mine")
            .run(directory);
    assertThat(shown.out())
        .contains("'" + home + "/bin/spark-submit' --class MineJob")
        .endsWith("mine\n");
  }

  private String sparkHomeOf(Path checkout) throws Exception {
    return Program.of(checkout.resolve("scripts/spark-home.sh"), "--dry-run")
        .run(directory)
        .lastLine();
  }

  /** The process is the program itself, so signals and exit code are its own. */
  @Test
  void submit_sparkHome_becomesItsSparkSubmit() throws Exception {
    Path home = SubmitScript.sparkHome(directory.resolve("home"), "echo $$; exit 3");
    List<String> command =
        List.of(script.checkoutWithJar().resolve("scripts/submit.sh").toString(), "mine");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    Process process = builder.start();
    assertThat(new String(process.getInputStream().readAllBytes()).strip())
        .isEqualTo(Long.toString(process.pid()));
    assertThat(new String(process.getErrorStream().readAllBytes())).isEmpty();
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void submit_sparkHomeWithoutSparkSubmit_isRefused() throws Exception {
    Program.Ended ended =
        SubmitScript.submit("--dry-run", "mine")
            .with("SPARK_HOME", directory.toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("SPARK_HOME has no bin/spark-submit: " + directory);
  }

  @Test
  void submit_anOptionThatSparkHasNot_isRefusedWithCode2() throws Exception {
    Program.Ended ended =
        Program.of(
                script.checkoutWithJar().resolve("scripts/submit.sh"), "--difficulty", "24", "mine")
            .with("SPARK_HOME", script.sparkHome("home").toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "submit.sh: spark-submit has no option --difficulty; options of a command must follow"
                + " its name\n");
    Program.Ended none = SubmitScript.dryRun("--").run(directory);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).isEqualTo("submit.sh: no command after the options; see --help\n");
  }

  @Test
  void submit_clusterModeWithStaging_endsAsTheTranscriptDoes() throws Exception {
    Path home =
        SubmitScript.sparkHome(
            directory.resolve("home"), "case \"$*\" in *replay*) exit 3 ;; *) exit 1 ;; esac");
    Program.Ended ended = toCluster(home).run(directory);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).startsWith("spark-submit ended with 1; see /shared/golden-nonce-");
  }

  /** Ctrl-C ends the waiting: nothing is started after it. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void submit_clusterModeInterrupted_endsWhatItStarted(String signal) throws Exception {
    Path said = directory.resolve("said");
    Path home =
        SubmitScript.sparkHome(
            directory.resolve("home"),
            "echo $$ >>'" + said + ".new'; mv '" + said + ".new' '" + said + "'; exec sleep 60");
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(script.checkoutWithJar().resolve("scripts/submit.sh").toString());
    command.addAll(List.of("--deploy-mode", "cluster", "--staging", "/shared", "mine"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    Process process = builder.start();
    while (!Files.exists(said)) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
    long child = Long.parseLong(Files.readString(said).strip());
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(ProcessHandle.of(child)).matches(it -> it.isEmpty() || !it.get().isAlive());
    assertThat(Files.readAllLines(said)).hasSize(1);
    assertThat(directory.resolve("said.new")).doesNotExist();
  }

  private Program toCluster(Path home) throws Exception {
    return Program.of(
            script.checkoutWithJar().resolve("scripts/submit.sh"),
            "--deploy-mode",
            "cluster",
            "--staging",
            "/shared",
            "mine")
        .with("SPARK_HOME", home.toString());
  }

  @Test
  void submit_help_explainsItself() throws Exception {
    Program.Ended ended = SubmitScript.submit("--help").run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("usage: scripts/submit.sh").contains("SPARK_HOME");
    Program.Ended after =
        Program.of(
                script.checkoutWithJar().resolve("scripts/submit.sh"), "--master", "yarn", "--help")
            .with("SPARK_HOME", script.sparkHome("home").toString())
            .run(directory);
    assertThat(after.out()).startsWith("usage: scripts/submit.sh");
  }

  /** Containers, cron and sudo have none; a JVM would take the arguments for ASCII. */
  @Test
  void submit_noLocale_setsOneOfUtf8() throws Exception {
    Path home = SubmitScript.sparkHome(directory.resolve("home"), "echo \"$LC_ALL\"");
    Program.Ended ended =
        Program.of(
                Path.of("env"),
                "-u",
                "LANG",
                "-u",
                "LC_CTYPE",
                "-u",
                "LC_ALL",
                script.checkoutWithJar().resolve("scripts/submit.sh").toString(),
                "mine")
            .with("SPARK_HOME", home.toString())
            .run(directory);
    assertThat(ended.out()).startsWith("C.UTF-8\n");
  }

  @Test
  void submit_argumentThatIsNotUtf8_isRefusedBeforeAnythingStarts() throws Exception {
    Program.Ended ended =
        Program.of(
                Path.of("bash"),
                "-c",
                "exec \"$0\" mine --data $'\\xff'",
                script.checkoutWithJar().resolve("scripts/submit.sh").toString())
            .with("SPARK_HOME", script.sparkHome("home").toString())
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("submit.sh: an argument must be text in UTF-8, got other bytes;")
        .hasLineCount(1);
  }
}
