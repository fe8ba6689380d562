package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.search.ResultMode;
import io.goldennonce.stratum.Share;
import io.goldennonce.stratum.StratumPool;
import io.goldennonce.stratum.TrustedCertificates;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for mining for a pool. */
final class PoolOptions {
  static final String PASSWORD = "GOLDEN_NONCE_POOL_PASSWORD";

  private static final int MAX_TEXT = 200;

  @Option(
      names = "--pool",
      paramLabel = "URL",
      required = true,
      description =
          "Mine for the pool at stratum+tcp://HOST:PORT or stratum+ssl://HOST:PORT (Stratum v1). "
              + "Repeatable: if a pool can't be reached, the next one is tried.")
  private List<String> pools = new ArrayList<>();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "With --pool: the user name at the pool, often ADDRESS.WORKER.")
  private String user = "";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "With --pool: send the password in this file; default: the environment variable "
              + PASSWORD
              + ", or else x, for pools that ignore passwords.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--shares",
      paramLabel = "N",
      description =
          "With --pool: stop when the pool has accepted this many shares; default: work until "
              + "stopped.")
  private @Nullable Long shares;

  /**
   * Checks the options, before Spark is started.
   *
   * @param environment variables that may hold the password
   */
  Plan plan(Configuration.Stratum settings, ResultMode mode, Map<String, String> environment) {
    if (mode != ResultMode.ANY) {
      throw new UsageException("--pool submits every share; leave out --result");
    }
    UsageException.requireAtLeast(1, "--shares", shares);
    requireText("--user", user);
    return new Plan(
        pools.stream()
            .map(pool -> UsageException.checked("--pool", () -> StratumPool.url(pool)))
            .toList(),
        new StratumPool.Settings(
            user,
            password(environment),
            shares == null ? Long.MAX_VALUE : shares,
            settings.timeout(),
            settings.silence(),
            settings.keepAlive(),
            settings.jobAge(),
            settings.longestPause(),
            settings.suggestDifficulty(),
            settings.versionBits(),
            settings.followReconnect(),
            sockets(settings.certificates())));
  }

  private static SSLSocketFactory sockets(String certificates) {
    return certificates.isEmpty()
        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
        : UsageException.checked(
            "stratum.certificates", () -> TrustedCertificates.sockets(Path.of(certificates)));
  }

  private String password(Map<String, String> environment) {
    String password = environment.getOrDefault(PASSWORD, "x");
    if (passwordFile != null) {
      try {
        password = Files.readString(passwordFile).strip();
      } catch (IOException e) {
        throw new UsageException(
            "--password-file must be a file that can be read, got " + passwordFile, e);
      }
    }
    requireText(passwordFile == null ? PASSWORD : "--password-file", password);
    return password;
  }

  /** The message does not repeat the text, which may be a password. */
  private static void requireText(String what, String text) {
    if (text.isEmpty()
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          what + " must have 1 to " + MAX_TEXT + " characters without control characters");
    }
  }

  record Plan(List<ServerUrl> pools, StratumPool.Settings settings) {
    /**
     * @param judged receives each share with its verdict
     */
    StratumPool open(FindStore<Share> store, Consumer<Share> judged, Consumer<String> report) {
      return new StratumPool(pools, settings, store, judged, report);
    }
  }
}
