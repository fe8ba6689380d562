package io.goldennonce.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Shortens a failure whose message has a program's whole log: its reason is shown, and the file
 * that has the rest. JUnit finds it by itself, for all tests.
 */
public final class ShortFailures
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
  static final int MOST_LINES = 20;
  private static final int REASONS = 6;
  private static final int MOST_CHARACTERS = 400;

  /** What a program's log says of its end; not the frames of a trace. */
  private static final Pattern REASON =
      Pattern.compile("golden-nonce[\\w -]*: .*|.*\\bERROR\\b.*|(Exception in|Caused by: ).*");

  private final Path directory;

  /** For JUnit. */
  public ShortFailures() {
    this(Path.of("target", "failures"));
  }

  ShortFailures(Path directory) {
    this.directory = directory;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw shortened(test, thrown);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw shortened(test, thrown);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw shortened(test, thrown);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw shortened(test, thrown);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext test, Throwable thrown)
      throws Throwable {
    throw shortened(test, thrown);
  }

  private Throwable shortened(ExtensionContext test, Throwable thrown) throws IOException {
    return shortened(
        test.getTestClass().map(Class::getSimpleName).orElse("")
            + test.getTestMethod().map(method -> "." + method.getName()).orElse(""),
        thrown);
  }

  /** The same failure where its message is short, and else one with the same stack trace. */
  Throwable shortened(String test, Throwable thrown) throws IOException {
    List<String> lines = String.valueOf(thrown.getMessage()).lines().toList();
    if (!(thrown instanceof AssertionError) || lines.size() <= MOST_LINES) {
      return thrown;
    }
    Path file = Files.createTempFile(Files.createDirectories(directory), test + "-", ".txt");
    Files.write(file, lines);
    AssertionError shorter = new AssertionError(shortened(lines, file), thrown.getCause());
    shorter.setStackTrace(thrown.getStackTrace());
    return shorter;
  }

  private static String shortened(List<String> lines, Path file) {
    // What was expected comes last.
    List<String> last = lines.subList(lines.size() - REASONS, lines.size());
    List<String> reasons =
        lines.subList(0, lines.size() - REASONS).stream()
            .filter(line -> REASON.matcher(line).matches())
            .toList();
    List<String> shown =
        new ArrayList<>(reasons.subList(Math.max(0, reasons.size() - REASONS), reasons.size()));
    shown.add("...");
    shown.addAll(last);
    shown.add("The whole message: " + file.toAbsolutePath());
    return shown.stream()
        .map(line -> line.substring(0, Math.min(line.length(), MOST_CHARACTERS)))
        .reduce((before, line) -> before + System.lineSeparator() + line)
        .orElseThrow();
  }
}
