package io.goldennonce.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.search.StopSignal;
import io.goldennonce.service.ServiceSolution.Verdict;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.HttpCalls;
import io.goldennonce.work.remote.ServerText;
import io.goldennonce.work.remote.ServerUrl;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Client of the protocol in {@code docs/work-service.yaml}. Thread-safe. */
final class ServiceClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;

  /** Work is a header and a few short texts. */
  private static final int MAX_ANSWER = 1_000_000;

  private final HttpCalls http;
  private final String work;
  private final Optional<String> token;
  private final Duration timeout;

  /**
   * @param token sent with each request, if the service needs one
   */
  ServiceClient(ServerUrl url, String miner, Optional<String> token, Duration timeout) {
    this.http = new HttpCalls(url, MAX_ANSWER, "service.timeout");
    this.work = "work?miner=" + URLEncoder.encode(miner, StandardCharsets.UTF_8);
    this.token = token;
    this.timeout = timeout;
  }

  String url() {
    return http.url().toString();
  }

  Offer work(StopSignal stop) throws AwayException, InterruptedException {
    return offer(send(work, request -> request, stop));
  }

  /** Gets the current work; empty if the service says that it has not changed. */
  Optional<Offer> workAfter(Offer current) throws AwayException, InterruptedException {
    HttpResponse<byte[]> response =
        send(
            work,
            request -> {
              current.tag().ifPresent(tag -> request.header("If-None-Match", tag));
              return request;
            },
            StopSignal.never());
    return response.statusCode() == 304 ? Optional.empty() : Optional.of(offer(response));
  }

  /**
   * Submits a solution.
   *
   * @return the solution with the service's verdict
   */
  ServiceSolution submit(ServiceSolution solution, StopSignal stop)
      throws AwayException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("id", solution.workId())
            .put("nonce", solution.nonce())
            .put("timestamp", solution.timestamp())
            .toString();
    HttpResponse<byte[]> response =
        send(
            "work",
            request ->
                request
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)),
            stop);
    JsonNode answer = json(response);
    Verdict verdict =
        Verdict.answered(answer.path("answer").asText()).orElseThrow(() -> unreadable(response));
    String reason = ServerText.line(answer.path("reason").asText());
    return solution.judged(verdict, reason.isEmpty() ? null : reason);
  }

  private Offer offer(HttpResponse<byte[]> response) throws AwayException {
    if (response.statusCode() != 200) {
      throw unreadable(response);
    }
    try {
      return Offer.of(json(response), response.headers().firstValue("ETag"), Instant.now());
    } catch (IllegalArgumentException e) {
      throw AwayException.answered(
          "the work that %s gives can't be used: %s"
              .formatted(url(), ServerText.line(String.valueOf(e.getMessage()))));
    }
  }

  private HttpResponse<byte[]> send(
      String after, UnaryOperator<HttpRequest.Builder> request, StopSignal stop)
      throws AwayException, InterruptedException {
    return http.send(
        after,
        builder -> {
          token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
          return request.apply(builder.header("Accept", "application/json"));
        },
        timeout,
        stop);
  }

  private JsonNode json(HttpResponse<byte[]> response) throws AwayException {
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

  private AwayException unreadable(HttpResponse<byte[]> response) {
    return response.statusCode() == UNAUTHORIZED
        ? AwayException.away(
            url() + " wants " + (token.isEmpty() ? "a" : "another") + " token; give --token-file")
        : http.unusable(response, "an answer that can't be read");
  }
}
