package io.goldennonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation names tests as evidence: each is there under that name. */
class NamedTestsTest {
  /** A class of tests in code style, with or without one of its methods. */
  private static final Pattern TEST =
      Pattern.compile("`(\\p{Lu}\\w*(?:Test|IT|Contract))(?:\\.(\\w+))?`");

  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  @Test
  void documentation_testsThatItNames_exist() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path page : pages()) {
      Matcher test = TEST.matcher(Files.readString(page));
      while (test.find()) {
        named++;
        String source = sources.get(test.group(1));
        if (source == null
            || test.group(2) != null && !source.contains(" " + test.group(2) + "(")) {
          missing.add(ROOT.relativize(page) + ": " + test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(50);
  }

  /** The text of each class of tests, by the class's simple name. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("job/src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  NamedTestsTest::text,
                  (one, other) -> one + other));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> own = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(own, docs).filter(page -> page.toString().endsWith(".md")).toList();
    }
  }
}
