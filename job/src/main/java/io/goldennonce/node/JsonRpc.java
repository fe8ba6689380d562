package io.goldennonce.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.search.StopSignal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a node's methods. It understands Bitcoin Core's dialect: JSON-RPC 1, errors with HTTP 500
 * or 404 and a JSON body. No message of it repeats a body or the credentials. Thread-safe.
 */
final class JsonRpc {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 50;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final NodeUrl url;
  private final Credentials credentials;

  JsonRpc(NodeUrl url, Credentials credentials) {
    this.url = url;
    this.credentials = credentials;
  }

  /**
   * Calls a method.
   *
   * @param timeout how long to wait for the answer
   * @param stop ends the waiting, as if the node were away
   * @return the result, which may be JSON's null
   * @throws RpcErrorException if the node answers with an error
   * @throws NodeAwayException if it gives no answer, or none that can be read
   * @throws NodeException if it wants other credentials, or is no node
   */
  JsonNode call(String method, Duration timeout, StopSignal stop, Object... parameters)
      throws NodeAwayException, RpcErrorException, InterruptedException {
    HttpResponse<byte[]> response = send(request(method, timeout, parameters), timeout, stop);
    int status = response.statusCode();
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw NodeException.usage(
          url + " refuses the credentials (HTTP " + status + "); " + credentials.remedy());
    }
    JsonNode answer = parse(response.body());
    if (!answer.isObject() || !(answer.has("result") || answer.has("error"))) {
      throw unreadable(status);
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcErrorException(error.path("code").asInt(), oneLine(error.path("message")));
    }
    if (status != 200 || !answer.has("result")) {
      throw unreadable(status);
    }
    return answer.get("result");
  }

  /** Where the node is. */
  NodeUrl url() {
    return url;
  }

  private HttpRequest request(String method, Duration timeout, Object... parameters)
      throws NodeAwayException {
    ObjectNode body = JSON.createObjectNode().put("jsonrpc", "1.0").put("id", 1);
    body.put("method", method).set("params", JSON.valueToTree(parameters));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.uri())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    try {
      Optional<String> authorization = credentials.authorization();
      authorization.ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new NodeAwayException(
          "the cookie can't be read ("
              + e.getClass().getSimpleName()
              + "); "
              + credentials.remedy());
    }
    return request.build();
  }

  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout, StopSignal stop)
      throws NodeAwayException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    // The request's own timeout ends with the answer's headers: a body may hang for ever.
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        try {
          return response.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (stop.reason().isPresent()) {
            throw new NodeAwayException("the call was given up");
          }
          if (System.nanoTime() > end) {
            throw slow(timeout);
          }
        }
      }
    } catch (ExecutionException e) {
      throw away(e.getCause() == null ? e : e.getCause(), timeout);
    } finally {
      response.cancel(true);
    }
  }

  private NodeAwayException away(Throwable cause, Duration timeout) {
    if (cause instanceof HttpTimeoutException) {
      return slow(timeout);
    }
    if (cause instanceof ConnectException) {
      return new NodeAwayException(url + " does not answer: there is nobody at this address");
    }
    return new NodeAwayException(
        url + " broke off its answer (" + cause.getClass().getSimpleName() + ")");
  }

  private NodeAwayException slow(Duration timeout) {
    return new NodeAwayException(
        url + " gave no answer within " + timeout.toMillis() / 1000.0 + " s (node.timeout)");
  }

  private NodeAwayException unreadable(int status) {
    return new NodeAwayException(url + " gave an answer that is no JSON-RPC (HTTP " + status + ")");
  }

  private JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static String oneLine(JsonNode message) {
    String line = message.asText().lines().findFirst().orElse("").strip();
    return line.substring(0, Math.min(200, line.length()));
  }
}
