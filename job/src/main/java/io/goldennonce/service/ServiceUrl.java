package io.goldennonce.service;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a work service is.
 *
 * @param uri its base, which ends in a slash
 */
public record ServiceUrl(URI uri) {
  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no {@code http(s)://HOST[:PORT][/PATH]}, without
   *     saying what it is where there may be a password in it
   */
  public static ServiceUrl parse(String text) {
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "a work service's URL must not hold a user or a password, which other users of this"
              + " machine could read");
    }
    try {
      URI uri = new URI(text.endsWith("/") ? text : text + "/");
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (known && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return new ServiceUrl(uri);
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message.
    }
    if (text.matches("https?://[^/]*_.*")) {
      throw new IllegalArgumentException(
          "a work service's URL must have a host name without underscores, which Java's HTTP client"
              + " does not take; give the host an alias, or use its IP address, got "
              + text);
    }
    throw new IllegalArgumentException(
        "a work service's URL must be http://HOST[:PORT][/PATH], or with https, got " + text);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
