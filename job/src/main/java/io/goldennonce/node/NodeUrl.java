package io.goldennonce.node;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a node's RPC server is.
 *
 * @param uri host and port, without credentials
 */
public record NodeUrl(URI uri) {
  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no http://HOST:PORT, without saying what it is where
   *     there may be a password in it
   */
  public static NodeUrl parse(String text) {
    // What an error must not repeat.
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "a node's URL must not hold a user or a password, which other users of this machine could"
              + " read; give them by --cookie, a file with node.user and node.password, or the"
              + " environment");
    }
    try {
      URI uri = new URI(text);
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (known && uri.getHost() != null && uri.getPort() > 0 && uri.getQuery() == null) {
        return new NodeUrl(uri);
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message.
    }
    if (text.matches("https?://[^/]*_.*")) {
      throw new IllegalArgumentException(
          "a node's URL must have a host name without underscores, which Java's HTTP client does"
              + " not take; give the host an alias, or use its IP address, got "
              + text);
    }
    throw new IllegalArgumentException("a node's URL must be http://HOST:PORT, got " + text);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
