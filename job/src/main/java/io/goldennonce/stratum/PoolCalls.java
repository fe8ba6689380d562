package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.work.remote.ServerText;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Handles the calls of a pool, in the reading thread. */
final class PoolCalls {
  /** The name for pools that ask for it. */
  static final String AGENT = "golden-nonce/0.1";

  private static final Duration MESSAGE_INTERVAL = Duration.ofSeconds(10);

  private final ServerUrl url;
  private final StratumPool.Settings settings;
  private final SessionJobs jobs;
  private final Consumer<String> report;
  private volatile @Nullable ServerUrl redirect;
  private volatile Duration redirectWait = Duration.ZERO;
  private long messageNanos = System.nanoTime() - MESSAGE_INTERVAL.toNanos();

  PoolCalls(
      ServerUrl url, StratumPool.Settings settings, SessionJobs jobs, Consumer<String> report) {
    this.url = url;
    this.settings = settings;
    this.jobs = jobs;
    this.report = report;
  }

  /** The address to which the pool redirects. */
  Optional<ServerUrl> redirect() {
    return Optional.ofNullable(redirect);
  }

  /** The time to wait before that. */
  Duration redirectWait() {
    return redirectWait;
  }

  /**
   * Handles a call.
   *
   * @return the answer, if the call needs one
   * @throws IllegalArgumentException if the parameters are wrong
   */
  @Nullable String answer(String method, JsonNode parameters) {
    switch (method) {
      case "mining.notify" -> jobs.notified(StratumJob.of(parameters));
      case "mining.set_difficulty" ->
          jobs.difficulty(Parameters.number(parameters, 0, "the difficulty"));
      case "mining.set_extranonce" -> jobs.extranonce(Extranonce.of(parameters, 0));
      case "mining.set_version_mask" ->
          jobs.versionMask(Parameters.hex(parameters, 0, "the version's mask"));
      case "client.reconnect" -> reconnect(parameters);
      case "client.show_message" ->
          tell(" says: " + ServerText.line(parameters.path(0).asText("")));
      case "client.get_version" -> {
        return AGENT;
      }
      case "mining.ping" -> {
        return "pong";
      }
      default -> {} // A message of a newer protocol.
    }
    return null;
  }

  /** A pool that could redirect its miners anywhere would let an attacker take them over. */
  private void reconnect(JsonNode parameters) {
    String host = parameters.path(0).asText("");
    int port = parameters.path(1).asInt(url.port().orElseThrow());
    boolean isSame = host.isEmpty() || host.equalsIgnoreCase(url.host());
    if (!isSame && !settings.followsPool()) {
      tell(
          " redirects to another host, "
              + ServerText.line(host)
              + ", which is not followed (stratum.follow-reconnect)");
      return;
    }
    redirect = StratumPool.url(url.scheme() + "://" + (isSame ? url.host() : host) + ":" + port);
    Duration wait = Duration.ofSeconds(Math.max(0, parameters.path(2).asInt(0)));
    redirectWait = wait.compareTo(settings.longestPause()) < 0 ? wait : settings.longestPause();
  }

  /** Prints a line for the user, at a limited rate. */
  private void tell(String line) {
    if (System.nanoTime() - messageNanos >= MESSAGE_INTERVAL.toNanos()) {
      messageNanos = System.nanoTime();
      report.accept(url + line);
    }
  }
}
