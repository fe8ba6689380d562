package io.goldennonce.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each find as JSON to an address, in its own thread. The address may hold secrets in its
 * user, path or query, so messages name only the host.
 */
public final class FindNotice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FindNotice.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Maximum number of finds that wait for a slow address. */
  private static final int MAX_WAITING = 1_000;

  private static final int MAX_PORT = 65_535;

  private final URI address;
  private final Duration timeout;
  private final int attempts;
  private final HttpClient client;
  private final AtomicLong dropped = new AtomicLong();
  private final ExecutorService sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          DaemonThreads.named("find-notice"),
          (task, full) -> drop());

  /**
   * @param address as {@link #address} gives it
   * @param attempts number of attempts, 1 or more, with pauses of half a second, a second, …
   */
  public FindNotice(URI address, Duration timeout, int attempts) {
    this.address = address;
    this.timeout = timeout;
    this.attempts = attempts;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // some servers break on an upgrade to HTTP/2
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is not valid; the message does not repeat it
   */
  public static URI address(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      requireHost(uri);
      boolean isHttp = scheme.equals("http") || scheme.equals("https");
      if (uri.getHost() != null && isHttp && uri.getPort() != 0 && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message would repeat the address.
    }
    throw new IllegalArgumentException(
        "the address must be http:// or https:// with a host, got another "
            + text.length()
            + " characters (not repeated here, as there may be a secret in them)");
  }

  /** Refuses host names with an underscore, which Java's HTTP client does not accept. */
  private static void requireHost(URI uri) {
    String authority = uri.getRawAuthority();
    if (uri.getHost() == null && authority != null && authority.contains("_")) {
      throw new IllegalArgumentException(
          "the address must have a host name without underscores; give the host an alias, or use"
              + " its IP address");
    }
  }

  public SearchReporter of(SearchSpec spec, String title) {
    return new SearchReporter() {
      @Override
      public void ended(SearchResult result) {
        result
            .found()
            .map(found -> body(spec, title, result, found))
            .ifPresent(body -> sender.execute(() -> post(body)));
      }
    };
  }

  private static String body(SearchSpec spec, String title, SearchResult result, Solution found) {
    double tried = (double) result.work().hashes() + result.work().resumed();
    return JSON.createObjectNode()
        .put("event", "found")
        .put("title", title)
        .put("search_id", spec.id())
        .put("hash", found.hash().toDisplay())
        .put("nonce", found.nonce())
        .put("position", found.position())
        .put("hashes", result.work().hashes())
        .put("resumed_hashes", result.work().resumed())
        .put("seconds", result.elapsed().toMillis() / 1000.0)
        .put("luck", tried == 0 ? null : (Double) (1 / spec.target().probability() / tried))
        .put("found_at", result.startedAt().plus(result.elapsed()).toString())
        .toString();
  }

  /** Counts a dropped find; logs only the first, as a slow address would fill the log. */
  private void drop() {
    if (dropped.getAndIncrement() == 0) {
      LOG.warn(
          "{} accepts finds more slowly than they are found: {} wait, further ones are not posted",
          address.getHost(),
          MAX_WAITING);
    }
  }

  private void post(String body) {
    Duration pause = FIRST_PAUSE;
    String failure = "";
    try {
      for (int i = 1; i <= attempts; i++) {
        if (i > 1) {
          Thread.sleep(pause.toMillis());
          pause = pause.multipliedBy(2);
        }
        int status = postOnce(body);
        if (status / 100 == 2) {
          return;
        }
        failure = status == 0 ? "no answer" : "status " + status;
        boolean isWorthAnother = status == 0 || status == 429 || status / 100 == 5;
        if (!isWorthAnother) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    }
    LOG.warn("the find could not be posted to {}: {}", address.getHost(), failure);
  }

  /** Returns the HTTP status, or 0 for no answer. */
  private int postOnce(String body) throws InterruptedException {
    try {
      return client.send(request(body), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // Not its message, which may hold the address.
      LOG.debug("no answer from {}: {}", address.getHost(), e.getClass().getName());
      return 0;
    }
  }

  private HttpRequest request(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withoutUser())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (address.getUserInfo() != null) {
      byte[] user = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    return request.build();
  }

  private URI withoutUser() {
    String user = address.getRawUserInfo();
    return user == null
        ? address
        : URI.create(address.toString().replaceFirst("\\Q" + user + "@\\E", ""));
  }

  /** Waits for finds that are still to be posted, for the time that their attempts may take. */
  @Override
  public void close() {
    sender.shutdown();
    long pauses = FIRST_PAUSE.toMillis() << attempts;
    try {
      if (!sender.awaitTermination(
          timeout.toMillis() * 2 * attempts + pauses, TimeUnit.MILLISECONDS)) {
        LOG.warn("the find could not be posted to {} in time", address.getHost());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.shutdownNow();
  }
}
