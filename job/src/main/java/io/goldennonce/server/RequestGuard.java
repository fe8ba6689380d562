package io.goldennonce.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses forbidden requests: those that a foreign web page makes in a visitor's browser, and those
 * without the token.
 *
 * @param names host names by which clients may call the service, in lower case; IP addresses are
 *     always accepted, as a foreign page can't claim one
 * @param token the token for writing; null if none is needed
 * @param page whether the service has a page of its own, which may ask for work and hand it in
 */
record RequestGuard(Set<String> names, @Nullable String token, boolean page) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%25[0-9a-z]+)?]");
  private static final String BEARER = "Bearer ";
  private static final String SITE = "Sec-Fetch-Site";

  /** Why a request is refused; empty if it is not. */
  Optional<Reply> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (host == null || !isOurs(host)) {
      // RFC 9110: 421 is for a request that was meant for another server.
      return Optional.of(
          Reply.error(
              host == null ? 400 : 421,
              "'Host' must be an IP address, localhost or a name given with --allow-host"));
    }
    if (isOfAPage(headers) && !(page && isOfOurPage(exchange, host))) {
      return Optional.of(Reply.error(403, "requests from web pages are not accepted"));
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Optional.empty();
    }
    if (!isAuthorized(headers.getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      return Optional.of(Reply.error(401, "'Authorization' must be Bearer and the token"));
    }
    return isJson(headers.getFirst("Content-Type"))
        ? Optional.empty()
        : Optional.of(Reply.error(415, "'Content-Type' must be application/json"));
  }

  /** Browsers send one of these fields, or both, with all that a page asks for. */
  private static boolean isOfAPage(Headers headers) {
    String site = headers.getFirst(SITE);
    return headers.containsKey("Origin") || (site != null && !site.equals("none"));
  }

  /**
   * Whether a request comes from the service's own page, or follows a link to it. The page has no
   * use for anything but its files and {@code /work}.
   *
   * @param host the request's, which is one of ours; the scheme is a proxy's where there is one
   */
  private static boolean isOfOurPage(HttpExchange exchange, String host) {
    Headers headers = exchange.getRequestHeaders();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/") && "document".equals(headers.getFirst("Sec-Fetch-Dest"))) {
      return exchange.getRequestMethod().equals("GET");
    }
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst(SITE);
    return (path.equals("/work") || MiningPage.file(path).isPresent())
        && (site == null || site.equals("same-origin"))
        && (origin == null
            || origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }

  /** The names of this machine, and those given. */
  static Set<String> namesOf(Set<String> given, Optional<String> hostName) {
    return Stream.of(Stream.of("localhost"), given.stream(), hostName.stream())
        .flatMap(names -> names)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The name of this machine; empty if it does not resolve. */
  static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (java.net.UnknownHostException e) {
      return Optional.empty();
    }
  }

  private boolean isOurs(String hostAndPort) {
    String host = hostAndPort.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return names.contains(host) || IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  private boolean isAuthorized(@Nullable String shown) {
    return token == null
        || (shown != null
            && MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8),
                (BEARER + token).getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }
}
