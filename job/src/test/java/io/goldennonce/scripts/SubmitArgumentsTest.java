package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How arguments travel through {@code submit.sh}, and which are refused. */
class SubmitArgumentsTest {
  private final Path directory;
  private final SubmitScript script;

  SubmitArgumentsTest(@TempDir Path directory) {
    this.directory = directory;
    this.script = new SubmitScript(directory);
  }

  @Test
  void submit_valueThatIsACommandsName_isTheOptionsValue() throws Exception {
    assertThat(script.words(SubmitScript.dryRun("--name", "mine", "--", "sql", "SELECT 1")))
        .containsSubsequence("--name", "mine")
        .endsWith("--encoded", SubmitScript.encoded("sql", "SELECT 1"));
  }

  @Test
  void submit_optionsAfterTheCommand_areTheProgramsOwn() throws Exception {
    assertThat(
            script.words(SubmitScript.dryRun("mine", "--conf", "x", "--dry-run", "--", "--help")))
        .endsWith("MineJob", "mine", "--conf", "x", "--dry-run", "--", "--help");
  }

  @Test
  void submit_optionOfACommandBeforeIt_isRefused() throws Exception {
    Program.Ended ended = SubmitScript.dryRun("--difficulty", "24", "mine").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "submit.sh: spark-submit has no option --difficulty; what belongs to a command stands"
                + " after it\n");
  }

  @Test
  void submit_optionsWithoutACommand_isRefused() throws Exception {
    Program.Ended ended = SubmitScript.dryRun("--master", "yarn").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).isEqualTo("submit.sh: no command after the options; see --help\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "it's", "$HOME `id` \"x\" \\", "*", "line\nbreak", ""})
  void submit_anyValue_survivesTheShell(String value) throws Exception {
    assertThat(script.words(SubmitScript.dryRun("mine", "--data", value)))
        .endsWith("mine", "--data", value);
  }

  /** Containers, cron and sudo have none; a JVM would take the arguments for ASCII. */
  @Test
  void submit_noLocale_setsOneOfUtf8() throws Exception {
    Path home = script.sparkHome("home");
    Files.writeString(
        home.resolve("bin/spark-submit"), "#!/bin/sh\necho \"$LC_ALL\"; printf %s \"$5\"\n");
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
            .run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("submit.sh: an argument must be text in UTF-8, got other bytes;")
        .hasLineCount(1);
  }

  /** What a shell, YARN's braces or Kubernetes' variables would change travels encoded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"b\":1}}",
        "a `touch x` b",
        "$(X) {{z",
        "zoë",
        "",
        "two words",
        "a\r\nb"
      })
  void submit_throughSparkSubmit_sendsArgumentsEncoded(String value) throws Exception {
    for (List<String> options :
        List.of(
            List.of("--master", "yarn", "--deploy-mode", "cluster"),
            List.of("--master", "local[2]"))) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("mine", "--data", value));
      List<String> words = script.words(SubmitScript.dryRun(all.toArray(String[]::new)));
      assertThat(words).endsWith("--encoded", SubmitScript.encoded("mine", "--data", value));
      assertThat(words.get(words.size() - 1)).matches("[A-Za-z0-9+/]+=*");
    }
  }
}
