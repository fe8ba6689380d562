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
 * Refuses forbidden requests: those that a web page makes in a visitor's browser, and those without
 * the token.
 *
 * @param names host names by which clients may call the service, in lower case; IP addresses are
 *     always accepted, as a foreign page can't claim one
 * @param token the token for writing; null if none is needed
 */
record RequestGuard(Set<String> names, @Nullable String token) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%25[0-9a-z]+)?]");
  private static final String BEARER = "Bearer ";

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
    String site = headers.getFirst("Sec-Fetch-Site");
    if (headers.containsKey("Origin") || (site != null && !site.equals("none"))) {
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
