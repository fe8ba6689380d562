package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token that a work service and its miners share. It is never an option's value, as other
 * users of a machine can read the command line.
 */
public final class ServiceToken {
  public static final String VARIABLE = "GOLDEN_NONCE_SERVICE_TOKEN";

  /** RFC 6750's characters, and too long to guess. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,1000}=*");

  private ServiceToken() {}

  /**
   * Reads the token from a file or else from the environment; empty if neither has one.
   *
   * @throws UsageException if it can't be read or is not valid; the message does not repeat it
   */
  public static Optional<String> read(@Nullable Path file, Map<String, String> environment) {
    String token = file == null ? environment.getOrDefault(VARIABLE, "") : contents(file);
    if (file == null && token.isEmpty()) {
      return Optional.empty();
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new UsageException(
          (file == null ? VARIABLE : "--token-file")
              + " must hold 16 to 1000 letters, digits or . _ ~ + / - and nothing else, as `openssl"
              + " rand -hex 32` writes them");
    }
    return Optional.of(token);
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UsageException("--token-file must be a file that can be read, got " + file, e);
    }
  }
}
