package io.goldennonce.submit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program's arguments, for a driver that other shells or another machine start. */
final class ProgramArguments {
  /** What no shell changes. */
  static final String PLAIN = "[A-Za-z0-9_./:=@,+-]+";

  private static final Pattern WITH_FILE = Pattern.compile("(?s)(?:--config=|-c=?)(.+)");

  private ProgramArguments() {}

  /** As they are, if no shell changes any of them; otherwise as one of plain ASCII. */
  static List<String> encoded(List<String> arguments) {
    if (arguments.stream().allMatch(argument -> argument.matches(PLAIN))) {
      return arguments;
    }
    byte[] bytes = (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);
    return List.of("--encoded", Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Gives the configuration files of {@code -c} other names.
   *
   * @param naming from the name as typed to the one that the driver can open
   */
  static List<String> withFiles(List<String> arguments, UnaryOperator<String> naming) {
    List<String> renamed = new ArrayList<>();
    int at = 0;
    while (at < arguments.size() && !arguments.get(at).equals("--")) {
      String word = arguments.get(at++);
      Matcher withFile = WITH_FILE.matcher(word);
      if (word.equals("-c") || word.equals("--config")) {
        if (at == arguments.size()) {
          throw SubmitException.usage(word + " needs a value");
        }
        renamed.addAll(List.of("-c", naming.apply(arguments.get(at++))));
      } else if (withFile.matches()) {
        renamed.addAll(List.of("-c", naming.apply(withFile.group(1))));
      } else {
        renamed.add(word);
      }
    }
    renamed.addAll(arguments.subList(at, arguments.size()));
    return renamed;
  }

  /** The last part of the name of a file, which must be readable here. */
  static String baseName(String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw SubmitException.usage("-c: no such file: " + file);
    }
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
