package io.goldennonce.output;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a failure says, in one line and without the names of its classes. */
public final class FailureText {
  /** As {@code Throwable.toString} begins. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error)\\b:? ?");

  private FailureText() {}

  /** The first line that says anything; where there is none, what kind of failure it is. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null
            ? ""
            : message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    String text = CLASS_NAME.matcher(line).replaceAll("").strip();
    return Printable.of(text.isEmpty() ? kind(failure) : text);
  }

  /** {@code FileNotFoundException} is "file not found". */
  private static String kind(Throwable failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceFirst("(?:Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
