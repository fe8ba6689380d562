package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Spark {@code spark-home.sh} assembles. */
class SparkHomeScriptTest {
  @TempDir private Path directory = Path.of("set by JUnit");

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "4.0", "4.2"})
  void sparkHome_shortVersion_isTheOneOfThePom(String version) throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", version).run(directory);
    assertThat(ended.code()).isZero();
    assertThat(ended.lastLine()).matches(".*/\\.embedded/spark-\\Q" + version + ".\\E\\d+");
  }

  @Test
  void sparkHome_fullVersion_isTaken() throws Exception {
    assertThat(sparkHomeScript("--dry-run", "4.0.2").run(directory).lastLine())
        .endsWith("/.embedded/spark-4.0.2");
  }

  @Test
  void sparkHome_yarn_isTheOneOfThePomBesideAYarn() throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", "yarn").run(directory);
    assertThat(ended.lastLine()).matches(".*/\\.embedded/spark-3\\.5\\.\\d+-yarn");
  }

  @Test
  void sparkHome_unknownVersion_isRefused() throws Exception {
    Program.Ended ended = sparkHomeScript("--dry-run", "2").run(directory);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).startsWith("spark-home.sh: no such Spark: 2; use one of 4.2.");
  }

  private static Program sparkHomeScript(String... arguments) {
    return Program.of(Program.root().resolve("scripts/spark-home.sh"), arguments);
  }
}
