package io.goldennonce.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.HttpCalls;
import io.goldennonce.work.remote.ServerText;
import io.goldennonce.work.remote.ServerUrl;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls a node's methods in Bitcoin Core's dialect: JSON-RPC 1, errors with HTTP 500 or 404 and a
 * JSON body. No message repeats a body or the credentials. Thread-safe.
 */
final class JsonRpc {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Room for a template with 4 MB of transactions in hex, and as much again of field names. */
  private static final int MAX_ANSWER = 64_000_000;

  private static final int MAX_TRIES = 3;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final HttpCalls http;
  private final Credentials credentials;

  JsonRpc(ServerUrl url, Credentials credentials) {
    this.http = new HttpCalls(url, MAX_ANSWER, "node.timeout");
    this.credentials = credentials;
  }

  /**
   * Calls a method.
   *
   * @param stop ends the wait, as if the node did not answer
   * @return the result, which may be JSON's null
   * @throws RpcErrorException if the node answers with an error
   * @throws AwayException if it gives no answer, or none that can be read
   * @throws NodeException if it refuses the credentials
   */
  JsonNode call(String method, Duration timeout, StopSignal stop, Object... parameters)
      throws AwayException, RpcErrorException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("jsonrpc", "1.0").put("id", 1);
    body.put("method", method).set("params", JSON.valueToTree(parameters));
    HttpResponse<byte[]> response = post(body.toString(), timeout, stop);
    JsonNode answer = parse(response.body());
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcErrorException(
          error.path("code").asInt(), ServerText.line(error.path("message").asText()));
    }
    if (response.statusCode() != 200 || !answer.has("result")) {
      throw http.unusable(response, "an answer that is not JSON-RPC");
    }
    return answer.get("result");
  }

  ServerUrl url() {
    return http.url();
  }

  /** Retries with newly read credentials: a restarted node writes a new cookie. */
  private HttpResponse<byte[]> post(String body, Duration timeout, StopSignal stop)
      throws AwayException, InterruptedException {
    Optional<String> shown = authorization();
    for (int tries = 1; true; tries++) {
      HttpResponse<byte[]> response = send(body, shown, timeout, stop);
      int status = response.statusCode();
      if (status != UNAUTHORIZED && status != FORBIDDEN) {
        return response;
      }
      Optional<String> now = authorization();
      if (now.equals(shown) || tries == MAX_TRIES) {
        throw NodeException.usage(
            url() + " refuses the credentials (HTTP " + status + "); " + credentials.remedy());
      }
      shown = now;
    }
  }

  private HttpResponse<byte[]> send(
      String body, Optional<String> authorization, Duration timeout, StopSignal stop)
      throws AwayException, InterruptedException {
    return http.send(
        "",
        request -> {
          authorization.ifPresent(value -> request.header("Authorization", value));
          return request
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body));
        },
        timeout,
        stop);
  }

  private Optional<String> authorization() throws AwayException {
    try {
      return credentials.authorization();
    } catch (IOException e) {
      throw AwayException.away(
          "the cookie can't be read (%s); %s"
              .formatted(e.getClass().getSimpleName(), credentials.remedy()));
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }
}
