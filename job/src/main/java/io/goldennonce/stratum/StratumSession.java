package io.goldennonce.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
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
import org.jspecify.annotations.Nullable;

/** One session with a pool: logs in, receives jobs, submits shares. Thread-safe. */
final class StratumSession implements StratumConnection.Listener, AutoCloseable {
  private static final long TICK_MILLIS = 20;

  private final ServerUrl url;
  private final StratumPool.Settings settings;
  private final CompletableFuture<StratumConnection.Answer> connected = new CompletableFuture<>();
  private final StratumConnection connection;

  private final SessionJobs jobs;
  private final PoolCalls calls;

  StratumSession(ServerUrl url, StratumPool.Settings settings, Consumer<String> report) {
    this.url = url;
    this.settings = settings;
    this.jobs = new SessionJobs(settings.versionBits());
    this.calls = new PoolCalls(url, settings, jobs, report);
    this.connection = new StratumConnection(url, settings.timeout(), settings.silence(), this);
  }

  ServerUrl url() {
    return url;
  }

  /** Handles the pool's calls that are not jobs. */
  StratumConnection connection() {
    return connection;
  }

  /** The jobs of the pool. */
  PoolCalls calls() {
    return calls;
  }

  /**
   * Connects, subscribes and logs in.
   *
   * @throws StratumError if the pool does not accept the worker
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
              hex(BlockHeader.FREE_VERSION_BITS),
              "version-rolling.min-bit-count",
              settings.versionBits()));
    }
    try {
      call(
          "mining.subscribe",
          result -> jobs.subscribed(Extranonce.of(result, 1)),
          stop,
          PoolCalls.AGENT);
    } catch (StratumError e) {
      throw AwayException.answered(url + " refuses the subscription: " + e.getMessage());
    }
    JsonNode let =
        call("mining.authorize", result -> {}, stop, settings.user(), settings.password());
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
    return jobs.latest();
  }

  /** Whether the search of a job is outdated. */
  boolean isOver(PoolJob job, long startNanos) {
    PoolJob now = jobs.latest();
    return connection.end().isPresent()
        || now == null
        || !job.isAsGoodAs(now)
        || (now != job && System.nanoTime() - startNanos >= settings.jobAge().toNanos());
  }

  /**
   * Waits for the first job, or for the next one after a job with nothing left to search.
   *
   * @param done that job; null for none
   */
  PoolJob jobAfter(@Nullable PoolJob done, StopSignal stop)
      throws AwayException, InterruptedException {
    long end = System.nanoTime() + settings.timeout().toNanos();
    while (true) {
      PoolJob now = jobs.latest();
      Optional<AwayException> ended = connection.end();
      if (ended.isPresent()) {
        throw ended.get();
      }
      if (now != null && now != done) {
        return now;
      }
      if (stop.reason().isPresent()) {
        throw AwayException.away("the wait for a job was stopped");
      }
      if (done == null && System.nanoTime() - end > 0) {
        throw AwayException.answered(
            url + " gave no job within " + seconds(settings.timeout()) + " s (stratum.timeout)");
      }
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    }
  }

  /** Why the pool would no longer accept a share; empty if it would. */
  Optional<String> staleness(Share share) {
    if (connection.end().isPresent()) {
      return Optional.of("the connection that it was found for has ended");
    }
    return jobs.wants(share)
        ? Optional.empty()
        : Optional.of("another job has taken the place of its own");
  }

  /** Whether a share belongs to this connection, which is open. */
  boolean isOf(Share share) {
    return connection.end().isEmpty() && jobs.isOf(share);
  }

  /**
   * Submits a share.
   *
   * @throws StratumError if the pool refuses it
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
    JsonNode taken = call("mining.submit", result -> {}, StopSignal.never(), parameters);
    if (!taken.asBoolean(false)) {
      throw StratumError.of(taken);
    }
  }

  /** Sends a ping if nothing was sent for a while, so that the pool does not drop this miner. */
  void keepAlive() {
    if (jobs.latest() != null && connection.idle().compareTo(settings.keepAlive()) > 0) {
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
  public @Nullable String called(String method, JsonNode parameters) {
    String answer = calls.answer(method, parameters);
    calls
        .redirect()
        .ifPresent(to -> connection.end(AwayException.away(url + " redirects to " + to)));
    return answer;
  }

  private void configured(StratumConnection.Answer answer) {
    JsonNode result = answer.result();
    if (result != null && result.path("version-rolling").asBoolean(false)) {
      jobs.versionMask(result.path("version-rolling.mask").asText(""));
    }
  }

  /**
   * Calls a method and waits for its result.
   *
   * @param reader reads the result before anything after it is read
   */
  private JsonNode call(
      String method, Consumer<JsonNode> reader, StopSignal stop, Object... parameters)
      throws AwayException, StratumError, InterruptedException {
    CompletableFuture<StratumConnection.Answer> answered = new CompletableFuture<>();
    connection.call(
        method,
        answer -> {
          if (answer.result() != null) {
            reader.accept(answer.result());
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
          throw AwayException.away("the call was stopped");
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
