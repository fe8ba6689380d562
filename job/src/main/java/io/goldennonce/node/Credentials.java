package io.goldennonce.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Credentials sent with each call. {@code toString} does not show them. */
public interface Credentials {
  /**
   * The current value of the header {@code Authorization}; empty if none is configured.
   *
   * @throws IOException if it can't be read now
   */
  Optional<String> authorization() throws IOException;

  /** Whether there are any. */
  default boolean isPresent() {
    return true;
  }

  /** How to correct them, for an error message. */
  String remedy();

  /** No credentials. */
  static Credentials none() {
    return new Fixed(Optional.empty());
  }

  /** A user and a password. */
  static Credentials of(String user, String password) {
    return new Fixed(Optional.of(basic(user + ":" + password)));
  }

  /** The cookie that a node writes to a file when it starts. */
  static Credentials ofCookie(Path file) {
    return new Cookie(file);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The same value for every call. */
  final class Fixed implements Credentials {
    private final Optional<String> value;

    private Fixed(Optional<String> value) {
      this.value = value;
    }

    @Override
    public Optional<String> authorization() {
      return value;
    }

    @Override
    public boolean isPresent() {
      return value.isPresent();
    }

    @Override
    public String remedy() {
      return "give it --cookie FILE, or node.user and node.password in a file or the environment";
    }
  }

  /** Reads the file for every call: a restarted node writes a new cookie. */
  final class Cookie implements Credentials {
    private final Path file;

    private Cookie(Path file) {
      this.file = file;
    }

    @Override
    public Optional<String> authorization() throws IOException {
      return Optional.of(basic(Files.readString(file).strip()));
    }

    @Override
    public String remedy() {
      return "check that " + file + " is the cookie file of this node (--cookie)";
    }
  }
}
