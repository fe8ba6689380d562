package io.goldennonce.cli.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.CliRun;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ArgumentsTest {
  @Property
  void decoded_encodedByUtf8_areTheSame(
      @ForAll
          List<
                  @CharRange(from = '\u0001', to = '\uD7FF')
                  @Chars({'\n', '{', '`', '$', '"', '\\', 'ë', '€'}) String>
              arguments) {
    String[] texts = arguments.toArray(String[]::new);
    assertThat(Arguments.decoded(Arguments.ENCODED, encoded(bytes(texts)))).isEqualTo(texts);
  }

  @Test
  void decoded_plain_areTaken() {
    String[] plain = {"solve", "--template", "zoë/{nonce}", "@x", ""};
    assertThat(Arguments.decoded(plain)).isSameAs(plain);
  }

  @Test
  void decoded_replacedCharacter_isRefusedWithWhatToDo() {
    assertThatThrownBy(() -> Arguments.decoded("mine", "--data", "zo\uFFFD\uFFFD"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("an argument must be text in the locale's encoding, which is ")
        .hasMessageContaining(", got zo\uFFFD\uFFFD; ");
  }

  /** A JVM that starts another one encodes what it could not decode as a question mark. */
  @Test
  void requireWhole_questionMarkThatMayStandForMore_isRefused() {
    assertThatThrownBy(() -> Arguments.requireWhole("zo??", "ANSI_X3.4-1968", true))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "an argument must be text in the locale's encoding, which is ANSI_X3.4-1968, got zo??;"
                + " set LC_ALL=C.UTF-8, or start with scripts/submit.sh");
    Arguments.requireWhole("zo??", "UTF-8", true);
    Arguments.requireWhole("zo??", "ANSI_X3.4-1968", false);
    Arguments.requireWhole("zoo", "ANSI_X3.4-1968", true);
  }

  @Test
  void decoded_encodedBytesThatAreNotUtf8_areRefused() {
    assertThatThrownBy(
            () ->
                Arguments.decoded(Arguments.ENCODED, encoded(new byte[] {'m', 0, (byte) 0xff, 0})))
        .isInstanceOf(UsageException.class)
        .hasMessage("an argument must be UTF-8, got other bytes after [m]");
    assertThatThrownBy(() -> Arguments.decoded(Arguments.ENCODED, encoded(new byte[] {'m'})))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("whole arguments");
    assertThatThrownBy(() -> Arguments.decoded(Arguments.ENCODED, "§"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("base64");
  }

  @Test
  void run_encodedArguments_areThoseOfTheCommand() {
    CliRun run = CliRun.of(Arguments.ENCODED, encoded(bytes("mine", "--difficulty", "é")));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("golden-nonce mine: ")
        .contains("é");
  }

  @Test
  void run_replacedCharacter_isRefusedInOneLine() {
    CliRun run = CliRun.of("mine", "--data", "\uFFFD");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("golden-nonce: an argument must be");
  }

  private static byte[] bytes(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String argument : arguments) {
      bytes.writeBytes(argument.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
