package io.goldennonce.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.io.TempDir;

class ShortFailuresTest {
  private static final String LOG =
      String.join("\n", Collections.nCopies(190, "12:00:00 INFO Utils: it goes on"));

  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void failure_withAProgramsLog_isItsReasonAndTheFileOfTheRest() throws Exception {
    String log =
        LOG
            + "\ngolden-nonce mine: the warehouse is full"
            + "\n12:00:01 ERROR Executor: out of space\n\tat a.B.c(B.java:1)\n"
            + LOG;
    AssertionError failure = new AssertionError("[" + log + "] \nexpected: 0\n but was: 4");

    Throwable shown = new ShortFailures(directory).shortened("MineIT.mine", failure);

    Path file;
    try (var files = Files.list(directory)) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(file.getFileName().toString()).startsWith("MineIT.mine-");
    assertThat(Files.readString(file)).isEqualTo(failure.getMessage() + "\n");
    assertThat(Objects.requireNonNull(shown.getMessage()).lines())
        .hasSizeLessThan(ShortFailures.MOST_LINES)
        .startsWith(
            "golden-nonce mine: the warehouse is full",
            "12:00:01 ERROR Executor: out of space",
            "...")
        .endsWith("expected: 0", " but was: 4", "The whole message: " + file.toAbsolutePath());
    assertThat(shown).hasNoCause().isInstanceOf(AssertionError.class);
    assertThat(shown.getStackTrace()).isEqualTo(failure.getStackTrace());
  }

  @Test
  void failure_ofAFewLines_isShownAsItIs() throws Exception {
    AssertionError failure = new AssertionError("expected: 0\n but was: 4");
    Exception other = new IllegalStateException(LOG);

    assertThat(new ShortFailures(directory).shortened("a", failure)).isSameAs(failure);
    assertThat(new ShortFailures(directory).shortened("a", other)).isSameAs(other);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void extension_ofAllTests_isFoundByJUnit() throws Exception {
    assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(ShortFailures.class);
    Path settings = Path.of(ClassLoader.getSystemResource("junit-platform.properties").toURI());
    assertThat(settings)
        .content()
        .contains("junit.jupiter.extensions.autodetection.enabled = true\n");
  }
}
