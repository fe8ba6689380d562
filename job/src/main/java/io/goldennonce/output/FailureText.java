package io.goldennonce.output;

import java.util.Locale;
import java.util.regex.Pattern;

/** Describes a failure in one line, without class names. */
public final class FailureText {
  /** The start of {@code Throwable.toString}. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error)\\b:? ?");

  private FailureText() {}

  /** The first line of the message that is not blank; if there is none, the kind of failure. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null
            ? ""
            : message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    String text = CLASS_NAME.matcher(line).replaceAll("").strip();
    return Printable.of(text.isEmpty() ? kind(failure) : text);
  }

  /** For example, {@code FileNotFoundException} becomes "file not found". */
  private static String kind(Throwable failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceFirst("(?:Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
