package io.goldennonce.submit;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a shell takes them. */
final class ShellWords {
  private ShellWords() {}

  /** One line to paste: in single quotes what needs any. */
  static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_./:=@,+-]+")) {
      return word;
    }
    if (word.chars().noneMatch(Character::isISOControl)) {
      return "'" + word.replace("'", "'\\''") + "'";
    }
    StringBuilder text = new StringBuilder("$'");
    word.chars()
        .forEach(
            one ->
                text.append(
                    Character.isISOControl(one)
                        ? String.format("\\u%04x", one)
                        : one == '\'' || one == '\\' ? "\\" + (char) one : "" + (char) one));
    return text.append('\'').toString();
  }
}
