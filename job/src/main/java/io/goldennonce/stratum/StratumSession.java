package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.goldennonce.base.LatestMap;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.ServerText;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one connection to a pool has come to: the subscription, the difficulty, the jobs that are
 * still wanted. Thread-safe.
 */
final class StratumSession implements StratumConnection.Listener, AutoCloseable {
  /** Named to pools that ask. */
  private static final String AGENT = "golden-nonce/0.1";

  /** What BIP 320 leaves to miners. */
  private static final int FREE_VERSION_BITS = 0x1fffe000;

  private static final int MOST_JOBS = 64;
  private static final long TICK_MILLIS = 20;
  private static final Duration MESSAGE_INTERVAL = Duration.ofSeconds(10);

  private final ServerUrl url;
  private final StratumPool.Settings settings;
  private final Consumer<String> report;
  private final CompletableFuture<StratumConnection.Answer> connected = new CompletableFuture<>();
  private final StratumConnection connection;

  /** Those whose shares the pool still takes, by the pool's name. */
  private final Map<String, PoolJob> wanted = new LatestMap<>(MOST_JOBS);

  // Guarded by this, but for reading.
  private volatile @Nullable PoolJob latest;
  private volatile @Nullable ServerUrl redirect;
  private volatile Duration redirectWait = Duration.ZERO;
  private @Nullable StratumJob notified;
  private @Nullable Extranonce extranonce;
  private double difficulty = 1;
  private int negotiatedMask;
  private long generation;
  private long messageNanos = System.nanoTime() - MESSAGE_INTERVAL.toNanos();

  StratumSession(ServerUrl url, StratumPool.Settings settings, Consumer<String> report) {
    this.url = url;
    this.settings = settings;
    this.report = report;
    this.connection = new StratumConnection(url, settings.timeout(), settings.silence(), this);
  }

  ServerUrl url() {
    return url;
  }

  /** The pool's side of the connection, for what is not a job. */
  StratumConnection connection() {
    return connection;
  }

  /** Where the pool has asked to connect instead. */
  Optional<ServerUrl> redirect() {
    return Optional.ofNullable(redirect);
  }

  /** How long to wait before that. */
  Duration redirectWait() {
    return redirectWait;
  }

  /**
   * Connects, subscribes and logs in.
   *
   * @throws StratumError if the pool does not let the worker in
   */
  void logIn(StopSignal stop) throws AwayException, StratumError, InterruptedException {
    connection.start(settings.tls());
    await(connected, stop).get();
    if (settings.versionBits() > 0) {
      connection.call(
          "mining.configure",
          this::configured,
          List.of("version-rolling"),
          Map.of(
              "version-rolling.mask",
              hex(FREE_VERSION_BITS),
              "version-rolling.min-bit-count",
              settings.versionBits()));
    }
    try {
      call("mining.subscribe", this::subscribed, stop, AGENT);
    } catch (StratumError e) {
      throw AwayException.answered(url + " does not let anybody subscribe: " + e.getMessage());
    }
    JsonNode let =
        call("mining.authorize", result -> result, stop, settings.user(), settings.password());
    if (!let.asBoolean(false)) {
      throw StratumError.of(let);
    }
    connection.tell("mining.extranonce.subscribe");
    if (settings.suggestedDifficulty() > 0) {
      connection.tell("mining.suggest_difficulty", settings.suggestedDifficulty());
    }
  }

  /** The newest job; null before the first. */
  @Nullable PoolJob latest() {
    return latest;
  }

  /** Whether a search that was begun with a job is of no more use. */
  boolean isOver(PoolJob job, long begunNanos) {
    PoolJob now = latest;
    return connection.end().isPresent()
        || now == null
        || !job.isAsGoodAs(now)
        || (now != job && System.nanoTime() - begunNanos >= settings.jobAge().toNanos());
  }

  /**
   * Waits for the first job, or for another one than a job that has nothing left to search.
   *
   * @param done the one; null for none
   */
  PoolJob jobAfter(@Nullable PoolJob done, StopSignal stop)
      throws AwayException, InterruptedException {
    long end = System.nanoTime() + settings.timeout().toNanos();
    while (true) {
      PoolJob now = latest;
      Optional<AwayException> ended = connection.end();
      if (ended.isPresent()) {
        throw ended.get();
      }
      if (now != null && now != done) {
        return now;
      }
      if (stop.reason().isPresent()) {
        throw AwayException.away("the waiting for a job was given up");
      }
      if (done == null && System.nanoTime() - end > 0) {
        throw AwayException.answered(
            url + " gave no job within " + seconds(settings.timeout()) + " s (stratum.timeout)");
      }
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    }
  }

  /** Why the pool would not take a share any more; empty if it would. */
  synchronized Optional<String> staleness(Share share) {
    if (extranonce == null || connection.end().isPresent()) {
      return Optional.of("the connection that it was found for has ended");
    }
    // A job's own extranonce is its own: it may change from one job to the next.
    PoolJob job = wanted.get(share.jobId());
    return job == null || !job.extranonce().first().equals(share.extranonce1())
        ? Optional.of("another job has taken the place of its own")
        : Optional.empty();
  }

  /** Whether a share is of this connection, which stands. */
  synchronized boolean isOf(Share share) {
    return extranonce != null
        && connection.end().isEmpty()
        && extranonce.first().equals(share.extranonce1());
  }

  /**
   * Hands a share in.
   *
   * @throws StratumError if the pool does not take it
   * @throws AwayException if it does not answer
   */
  void submit(Share share) throws StratumError, AwayException, InterruptedException {
    Object[] parameters = {
      settings.user(),
      share.jobId(),
      share.extranonce2(),
      hex((int) share.header().time()),
      hex((int) share.header().nonce())
    };
    String versionBits = share.versionBits();
    if (versionBits != null) {
      parameters = Arrays.copyOf(parameters, parameters.length + 1);
      parameters[parameters.length - 1] = versionBits;
    }
    JsonNode taken = call("mining.submit", result -> result, StopSignal.never(), parameters);
    if (!taken.asBoolean(false)) {
      throw StratumError.of(taken);
    }
  }

  /** Says something if nothing was said for long, so that the pool does not forget this miner. */
  void keepAlive() {
    if (latest != null && connection.idle().compareTo(settings.keepAlive()) > 0) {
      connection.tell("mining.ping");
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public void connected() {
    connected.complete(new StratumConnection.Answer(BooleanNode.TRUE, null, null));
  }

  @Override
  public void ended() {
    connected.complete(new StratumConnection.Answer(null, null, connection.end().orElseThrow()));
  }

  @Override
  public synchronized @Nullable String called(String method, JsonNode parameters) {
    switch (method) {
      case "mining.notify" -> notified(StratumJob.of(parameters));
      case "mining.set_difficulty" -> setDifficulty(parameters);
      case "mining.set_extranonce" -> extranonce = Extranonce.of(parameters, 0);
      case "mining.set_version_mask" ->
          setMask(Parameters.hex(parameters, 0, "the version's mask"));
      case "client.reconnect" -> reconnect(parameters);
      case "client.show_message" -> showMessage(parameters.path(0).asText(""));
      case "client.get_version" -> {
        return AGENT;
      }
      case "mining.ping" -> {
        return "pong";
      }
      default -> {} // Newer pools say more than this program knows.
    }
    return null;
  }

  private void notified(StratumJob job) {
    notified = job;
    if (job.clean()) {
      generation++;
      wanted.clear();
    }
    publish();
  }

  /** It counts from the next job on. */
  private void setDifficulty(JsonNode parameters) {
    double asked = Parameters.number(parameters, 0, "the difficulty");
    Target.ofDifficulty(asked);
    difficulty = asked;
  }

  private synchronized JsonNode subscribed(JsonNode result) {
    extranonce = Extranonce.of(result, 1);
    publish();
    return result;
  }

  private synchronized void configured(StratumConnection.Answer answer) {
    JsonNode result = answer.result();
    if (result != null && result.path("version-rolling").asBoolean(false)) {
      setMask(result.path("version-rolling.mask").asText(""));
    }
  }

  /** It counts at once. */
  private void setMask(String hex) {
    int mask = (int) Long.parseLong(hex.matches("[0-9a-fA-F]{1,8}") ? hex : "0", 16);
    negotiatedMask = settings.versionBits() == 0 ? 0 : mask & FREE_VERSION_BITS;
    PoolJob job = latest;
    if (job != null) {
      latest = job.withMasks(rollingBits(), negotiatedMask);
      wanted.put(job.job().id(), job.withMasks(rollingBits(), negotiatedMask));
    }
  }

  private void publish() {
    StratumJob job = notified;
    Extranonce own = extranonce;
    if (job != null && own != null) {
      PoolJob now = new PoolJob(job, own, generation, difficulty, rollingBits(), negotiatedMask);
      wanted.put(job.id(), now);
      latest = now;
    }
  }

  private int rollingBits() {
    return NonceTemplate.versionMask(negotiatedMask, settings.versionBits());
  }

  /** A pool that could send its miners anywhere would make them work for whoever has broken in. */
  private void reconnect(JsonNode parameters) {
    String host = parameters.path(0).asText("");
    int port = parameters.path(1).asInt(url.port().orElseThrow());
    boolean isSame = host.isEmpty() || host.equalsIgnoreCase(url.host());
    if (!isSame && !settings.followsPool()) {
      report.accept(
          url
              + " sends to another host, "
              + ServerText.line(host)
              + ", which is not followed (stratum.follow-reconnect)");
      return;
    }
    redirect = StratumPool.url(url.scheme() + "://" + (isSame ? url.host() : host) + ":" + port);
    Duration wait = Duration.ofSeconds(Math.max(0, parameters.path(2).asInt(0)));
    redirectWait = wait.compareTo(settings.longestPause()) < 0 ? wait : settings.longestPause();
    connection.end(AwayException.away(url + " asks to connect again, to " + redirect));
  }

  private void showMessage(String text) {
    if (System.nanoTime() - messageNanos >= MESSAGE_INTERVAL.toNanos()) {
      messageNanos = System.nanoTime();
      report.accept(url + " says: " + ServerText.line(text));
    }
  }

  /**
   * Calls a method and waits for its result.
   *
   * @param reader reads the result before anything after it is read
   */
  private JsonNode call(
      String method, Function<JsonNode, JsonNode> reader, StopSignal stop, Object... parameters)
      throws AwayException, StratumError, InterruptedException {
    CompletableFuture<StratumConnection.Answer> answered = new CompletableFuture<>();
    connection.call(
        method,
        answer -> {
          if (answer.result() != null) {
            reader.apply(answer.result());
          }
          answered.complete(answer);
        },
        parameters);
    return await(answered, stop).get();
  }

  private StratumConnection.Answer await(
      CompletableFuture<StratumConnection.Answer> answer, StopSignal stop)
      throws AwayException, InterruptedException {
    long end = System.nanoTime() + settings.timeout().toNanos();
    while (true) {
      try {
        return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Optional<AwayException> ended = connection.end();
        if (ended.isPresent()) {
          throw ended.get();
        }
        if (stop.reason().isPresent()) {
          throw AwayException.away("the call was given up");
        }
        if (System.nanoTime() - end > 0) {
          throw AwayException.answered(
              url
                  + " gave no answer within "
                  + seconds(settings.timeout())
                  + " s"
                  + " (stratum.timeout)");
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("answers do not fail", e);
      }
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static String hex(int word) {
    return String.format(Locale.ROOT, "%08x", word);
  }
}
