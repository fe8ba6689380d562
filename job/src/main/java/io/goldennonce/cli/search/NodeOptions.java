package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.config.Configuration;
import io.goldennonce.node.BitcoinNode;
import io.goldennonce.node.Credentials;
import io.goldennonce.search.ResultMode;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.ServerUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for mining for a Bitcoin node. */
final class NodeOptions {
  static final String USER = "GOLDEN_NONCE_NODE_USER";
  static final String PASSWORD = "GOLDEN_NONCE_NODE_PASSWORD";

  @Option(
      names = "--node",
      paramLabel = "URL",
      required = true,
      description = "Mine for the Bitcoin node whose RPC server is at http://HOST:PORT.")
  private String node = "";

  @Option(
      names = "--payout",
      paramLabel = "ADDRESS|SCRIPT_HEX",
      required = true,
      description = "Address or script that receives the block rewards.")
  private String payout = "";

  @Option(
      names = "--cookie",
      paramLabel = "FILE",
      description =
          "The node's cookie file; default: the setting node.cookie, or node.user and"
              + " node.password.")
  private @Nullable Path cookie;

  @Option(
      names = "--min-difficulty",
      description =
          "On test and testnet4: give each block a time 20 minutes after its parent's, so that it"
              + " may have difficulty 1 (BIP 94), where the node's limits allow it.")
  private boolean minDifficulty;

  /**
   * Checks the options, before Spark is started.
   *
   * @param count number of accepted blocks to end with
   * @param environment variables that may hold credentials
   */
  Plan plan(
      Configuration.Node settings, ResultMode mode, long count, Map<String, String> environment) {
    return new Plan(
        UsageException.checked("--node", () -> BitcoinNode.url(node)),
        credentials(settings, environment),
        new BitcoinNode.Settings(
            UsageException.checked("--payout", () -> Payout.parse(payout)),
            mode,
            count,
            settings.timeout(),
            settings.templateAge(),
            settings.pollInterval(),
            settings.longestPause(),
            settings.versionBits(),
            minDifficulty));
  }

  record Plan(ServerUrl url, Credentials credentials, BitcoinNode.Settings settings) {
    BitcoinNode open(FindStore<Submission> store, Consumer<String> report) {
      return new BitcoinNode(url, credentials, settings, store, report);
    }
  }

  private Credentials credentials(Configuration.Node settings, Map<String, String> environment) {
    if (cookie != null || !settings.cookie().isEmpty()) {
      Path file = cookie != null ? cookie : Path.of(settings.cookie());
      // A missing file is waited for, like a node that is still starting.
      if (Files.exists(file) && !(Files.isReadable(file) && Files.isRegularFile(file))) {
        throw new UsageException(
            "--cookie must be a file that can be read, written by the node when it starts, got "
                + file);
      }
      return Credentials.ofCookie(file);
    }
    String user = settings.user().isEmpty() ? environment.getOrDefault(USER, "") : settings.user();
    String password =
        settings.password().isEmpty()
            ? environment.getOrDefault(PASSWORD, "")
            : settings.password().reveal();
    if (user.isEmpty() != password.isEmpty()) {
      throw new UsageException(
          "node.user and node.password (or %s and %s) must both be set, got no %s"
              .formatted(USER, PASSWORD, user.isEmpty() ? "user" : "password"));
    }
    return user.isEmpty() ? Credentials.none() : Credentials.of(user, password);
  }
}
