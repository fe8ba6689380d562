package io.goldennonce.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.Solution.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks the protocol of {@code docs/work-service.yaml}. Thread-safe. */
final class ServiceClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 50;
  private static final int MAX_REASON = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final ServiceUrl url;
  private final URI work;
  private final Duration timeout;

  /** What came with the last work: a service that knows it need not say the same again. */
  private volatile @Nullable String tag;

  /**
   * @param miner who asks, for the service's books
   * @param timeout how long to wait for an answer
   */
  ServiceClient(ServiceUrl url, String miner, Duration timeout) {
    this.url = url;
    this.work = url.uri().resolve("work?miner=" + URLEncoder.encode(miner, StandardCharsets.UTF_8));
    this.timeout = timeout;
  }

  /** Where the service is. */
  String url() {
    return url.toString();
  }

  /** The work that there is now. */
  Offer work(StopSignal stop) throws ServiceAwayException, InterruptedException {
    HttpResponse<byte[]> response = send(HttpRequest.newBuilder(work), stop);
    tag = response.headers().firstValue("ETag").orElse(null);
    return offer(response);
  }

  /** The work that there is now, if the service does not say that it is as it was. */
  Optional<Offer> newerWork() throws ServiceAwayException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(work);
    String known = tag;
    if (known != null) {
      request.header("If-None-Match", known);
    }
    HttpResponse<byte[]> response = send(request, StopSignal.never());
    return response.statusCode() == 304 ? Optional.empty() : Optional.of(offer(response));
  }

  /**
   * Hands a solution in.
   *
   * @return the solution with the service's verdict
   */
  Solution submit(Solution solution, StopSignal stop)
      throws ServiceAwayException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("id", solution.workId())
            .put("nonce", solution.nonce())
            .put("timestamp", solution.timestamp())
            .toString();
    HttpResponse<byte[]> response =
        send(
            HttpRequest.newBuilder(url.uri().resolve("work"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)),
            stop);
    JsonNode answer = json(response);
    Verdict verdict =
        Verdict.labelled(answer.path("answer").asText()).orElseThrow(() -> unreadable(response));
    String reason = answer.path("reason").asText();
    return solution.judged(verdict, reason.isEmpty() ? null : oneLine(reason));
  }

  private Offer offer(HttpResponse<byte[]> response) throws ServiceAwayException {
    if (response.statusCode() != 200) {
      throw unreadable(response);
    }
    try {
      return Offer.of(json(response), Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ServiceAwayException(
          "the work that "
              + url
              + " gives can't be used: "
              + oneLine(String.valueOf(e.getMessage())));
    }
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, StopSignal stop)
      throws ServiceAwayException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.header("Accept", "application/json").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    // The client's own timeout ends with the headers, and half a body would be waited for for ever.
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (System.nanoTime() - end < 0 && stop.reason().isEmpty()) {
        try {
          return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Looks at the clock again.
        }
      }
    } catch (ExecutionException e) {
      throw away(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
    throw new ServiceAwayException(
        url + " gave no answer within " + timeout.toMillis() / 1000.0 + " s");
  }

  private JsonNode json(HttpResponse<byte[]> response) throws ServiceAwayException {
    try {
      JsonNode json = JSON.readTree(response.body());
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Falls through to the one message.
    } catch (IOException e) {
      throw new IllegalStateException("bytes can be read", e);
    }
    throw unreadable(response);
  }

  private ServiceAwayException unreadable(HttpResponse<byte[]> response) {
    return new ServiceAwayException(
        url + " gave an answer that is none (HTTP " + response.statusCode() + ")");
  }

  private ServiceAwayException away(Throwable cause) {
    if (cause instanceof ConnectException) {
      return new ServiceAwayException(url + " is not there: nobody listens at this address");
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new ServiceAwayException(url + " broke off its answer (" + oneLine(reason) + ")");
  }

  private static String oneLine(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
  }
}
