package io.goldennonce.work.remote;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server: {@code SCHEME://HOST[:PORT][/PATH]}, without credentials.
 *
 * <p>Docker's service names may have underscores, which neither {@link URI} nor the JDK's HTTP
 * client accepts in a host name. Such a name is resolved here, at each request, and replaced by its
 * address. It can't be used with HTTPS, as no certificate has such an address.
 *
 * @param text the URL as given
 * @param host a name or address; an IPv6 address in brackets
 * @param port the port; empty for the scheme's default
 * @param path the path; begins with a slash
 */
public record ServerUrl(
    String text, String scheme, String host, Optional<Integer> port, String path) {
  private static final Pattern URL =
      Pattern.compile(
          "([a-z+]+)://(\\[[0-9a-fA-F:.]+(?:%25[^\\]/]+)?]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?(/[^?#]*)?");

  private static final int MAX_PORT = 65_535;

  /** Schemes with encryption. */
  private static final Set<String> ENCRYPTED = Set.of("https", "stratum+ssl");

  /** Reads the address of a web server: {@link #parse(String, Set, String, String, String)}. */
  public static ServerUrl parse(String text, String what, String form, String remedy) {
    return parse(text, Set.of("http", "https"), what, form, remedy);
  }

  /**
   * Parses a URL.
   *
   * @param schemes the allowed schemes
   * @param what the kind of URL, for errors
   * @param form the expected form, for errors
   * @param remedy how to give credentials instead, for errors
   * @throws IllegalArgumentException if it is invalid; the message does not repeat a URL that may
   *     hold a password
   */
  public static ServerUrl parse(
      String text, Set<String> schemes, String what, String form, String remedy) {
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          what
              + " must not hold a user or a password, which other users of this machine could"
              + " read; "
              + remedy);
    }
    Matcher url = URL.matcher(text);
    int port = url.matches() && url.group(3) != null ? Integer.parseInt(url.group(3)) : 1;
    if (!url.matches() || !schemes.contains(url.group(1)) || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          what + " must be " + form + ", got " + ServerText.line(text));
    }
    String host = url.group(2);
    if (ENCRYPTED.contains(url.group(1)) && host.contains("_")) {
      throw new IllegalArgumentException(
          what
              + " must have a host without underscores for "
              + url.group(1)
              + ", as no certificate can name one, got "
              + host);
    }
    String path = url.group(4) == null ? "/" : url.group(4);
    try {
      return new ServerUrl(
          text,
          url.group(1),
          host,
          url.group(3) == null ? Optional.empty() : Optional.of(port),
          new URI(path).getRawPath());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          what + " must be " + form + ", got " + ServerText.line(text), e);
    }
  }

  /** Returns this URL with a slash at its end, so that names can be appended. */
  public ServerUrl asDirectory() {
    return new ServerUrl(
        text.endsWith("/") ? text : text + "/",
        scheme,
        host,
        port,
        path.endsWith("/") ? path : path + "/");
  }

  /**
   * Returns the URI of a request; may look up the host.
   *
   * @param after appended to the path; may be empty
   * @throws UnknownHostException if a host with an underscore has no address
   */
  URI request(String after) throws UnknownHostException {
    return request(after, InetAddress::getByName);
  }

  /** Looks up a host name. */
  @FunctionalInterface
  interface Resolver {
    InetAddress address(String name) throws UnknownHostException;
  }

  URI request(String after, Resolver resolver) throws UnknownHostException {
    String where = host;
    if (host.contains("_")) {
      String address = resolver.address(host).getHostAddress();
      where = address.contains(":") ? "[" + address + "]" : address;
    }
    return URI.create(
        scheme + "://" + where + port.map(number -> ":" + number).orElse("") + path + after);
  }

  /** Returns the host as sockets need it: an IPv6 address without brackets. */
  public String hostName() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public boolean isEncrypted() {
    return ENCRYPTED.contains(scheme);
  }

  /** Whether others on the network can read messages: unencrypted ones to another machine. */
  public boolean isReadByOthers() {
    boolean loopback =
        host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return !isEncrypted() && !loopback;
  }

  @Override
  public String toString() {
    return text;
  }
}
