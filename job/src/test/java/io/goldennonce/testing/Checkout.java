package io.goldennonce.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkout that is tested. */
public final class Checkout {
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");

  private Checkout() {}

  /** Its directory. */
  public static Path root() {
    return ROOT;
  }

  /** The version in its pom. */
  public static String version() {
    try {
      Matcher version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
      if (!version.find()) {
        throw new IllegalStateException("no version in pom.xml");
      }
      return version.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
