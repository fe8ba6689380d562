package io.goldennonce.submit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The program's arguments on a way with other shells in it, or machines with another locale. */
final class ProgramArguments {
  private static final String PLAIN = "[A-Za-z0-9_./:=@,+-]+";
  private static final char REPLACEMENT = '\uFFFD';

  private ProgramArguments() {}

  /** As they are, if a shell leaves all of them alone, else as one of plain ASCII. */
  static List<String> encoded(List<String> arguments) {
    if (arguments.stream().allMatch(argument -> argument.matches(PLAIN))) {
      return arguments;
    }
    byte[] bytes = (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);
    return List.of("--encoded", Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Refuses bytes that the JVM could not decode.
   *
   * @throws SubmitException if there are any
   */
  static void requireText(List<String> arguments) {
    if (arguments.stream().anyMatch(argument -> argument.indexOf(REPLACEMENT) >= 0)) {
      throw SubmitException.usage(
          "an argument must be text in UTF-8, got other bytes; they can be given in hex"
              + " (--template-hex) or in a pool's 'payload'");
    }
  }
}
