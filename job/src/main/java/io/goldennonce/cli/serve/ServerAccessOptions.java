package io.goldennonce.cli.serve;

import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.ServiceToken;
import io.goldennonce.output.Printable;
import io.goldennonce.server.WorkServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for access to a service: host names, token, TLS, browsers. */
final class ServerAccessOptions {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  static final String KEYSTORE_PASSWORD = "GOLDEN_NONCE_KEYSTORE_PASSWORD";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Also accept requests for this host name, such as that of a proxy or a Kubernetes"
              + " service; IP addresses, localhost and this machine's name are always accepted."
              + " Repeatable.")
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Accept solutions and transactions only with the token in this file; default: the"
              + " environment variable GOLDEN_NONCE_SERVICE_TOKEN, or no token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description =
          "Serve HTTPS with the key in this PKCS #12 or JKS file; its password is in the"
              + " environment variable GOLDEN_NONCE_KEYSTORE_PASSWORD.")
  private @Nullable Path keystore;

  @Option(
      names = "--page",
      description =
          "Also serve a page at / on which visitors can mine in their browsers; nothing runs there"
              + " before they press Start.")
  private boolean page;

  /**
   * Reads the files that the options name.
   *
   * @param host the address to listen at, as given
   * @throws UsageException if a file can't be used
   */
  WorkServer.Access access(String host, Map<String, String> environment) {
    for (String name : allowedHosts) {
      if (!HOST.matcher(name).matches()) {
        throw new UsageException(
            "--allow-host must be a host name of letters, digits, dots, - and _, got '"
                + Printable.of(name)
                + "'");
      }
    }
    Set<String> names = new HashSet<>(allowedHosts);
    names.add(host);
    return new WorkServer.Access(
        names,
        ServiceToken.read(tokenFile, environment).orElse(null),
        keystore == null
            ? null
            : tls(keystore, environment.getOrDefault(KEYSTORE_PASSWORD, "").toCharArray()),
        WorkServer.Access.SLOWEST,
        page);
  }

  /** A warning about insecure access; empty if there is none. */
  Optional<String> warning(InetAddress address, WorkServer.Access access) {
    if (address.isLoopbackAddress()) {
      return Optional.empty();
    }
    if (access.token() == null) {
      return Optional.of(
          "warning: everyone who reaches this address can mine and submit transactions; require a"
              + " token with --token-file");
    }
    return access.tls() == null
        ? Optional.of(
            "warning: the token crosses the network in the clear; encrypt with --keystore, or put a"
                + " proxy with TLS in front")
        : Optional.empty();
  }

  private static SSLContext tls(Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType()); // reads both formats
      keys.load(in, password);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      String missing =
          e instanceof java.nio.file.NoSuchFileException ? " (there is no such file)" : "";
      throw new UsageException(
          "--keystore must be a PKCS #12 or JKS file with a key, and %s its password, got %s%s"
              .formatted(KEYSTORE_PASSWORD, file, missing),
          e);
    }
  }
}
