package io.goldennonce.work.remote;

import io.goldennonce.base.Failures;
import io.goldennonce.search.StopSignal;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Calls one server over HTTP. A call ends with its answer, after a timeout, or when it is stopped.
 * The size of answers is limited. Redirects are not followed, so that nothing is submitted to a
 * server that the user has not named. No message repeats an answer's body. Thread-safe.
 */
public final class HttpCalls {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 50;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ServerUrl url;
  private final int maxBytes;
  private final String timeoutSetting;

  /**
   * @param maxBytes maximum size of an answer's body
   * @param timeoutSetting the setting of the timeout, for errors
   */
  public HttpCalls(ServerUrl url, int maxBytes, String timeoutSetting) {
    this.url = url;
    this.maxBytes = maxBytes;
    this.timeoutSetting = timeoutSetting;
  }

  public ServerUrl url() {
    return url;
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param after appended to the URL's path
   * @param request adds method, headers and body
   * @param timeout from the request to the answer's last byte
   * @param stop ends the wait, as if the server could not be reached
   * @throws AwayException if there is no answer, or the answer is too long
   */
  public HttpResponse<byte[]> send(
      String after, UnaryOperator<HttpRequest.Builder> request, Duration timeout, StopSignal stop)
      throws AwayException, InterruptedException {
    // Asynchronous including the lookup of the host name, which may hang, too.
    CompletableFuture<CompletableFuture<HttpResponse<byte[]>>> sending =
        CompletableFuture.supplyAsync(() -> request(after, request))
            .thenApply(it -> http.sendAsync(it, info -> new LimitedBody(maxBytes)));
    CompletableFuture<HttpResponse<byte[]>> answer = sending.thenCompose(it -> it);
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        try {
          return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (stop.reason().isPresent()) {
            throw AwayException.away("the call was stopped");
          }
          if (System.nanoTime() - end > 0) {
            throw slow(timeout);
          }
        }
      }
    } catch (ExecutionException e) {
      throw away(e, timeout);
    } finally {
      // Cancelling a dependent future would leave the exchange running.
      sending.thenAccept(exchange -> exchange.cancel(true));
    }
  }

  /**
   * Creates the exception for an unusable answer: due to the server as a whole, if it is
   * overloaded, out of order or requires other credentials, or else to this request.
   *
   * @param what the answer, such as "an answer that is no JSON-RPC"
   */
  public AwayException unusable(HttpResponse<?> response, String what) {
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      return AwayException.answered(
          url + " redirects to another address (HTTP " + status + "), which is not followed");
    }
    String said = url + " gave " + what + " (HTTP " + status + ")";
    boolean whole =
        status >= 500 || status == 401 || status == 403 || status == 408 || status == 429;
    return whole ? AwayException.away(said) : AwayException.answered(said);
  }

  private HttpRequest request(String after, UnaryOperator<HttpRequest.Builder> request) {
    URI uri;
    try {
      uri = url.request(after);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
    return request.apply(HttpRequest.newBuilder(uri)).build();
  }

  private AwayException away(Throwable failure, Duration timeout) {
    if (isCausedBy(UnresolvedAddressException.class, failure)
        || isCausedBy(UnknownHostException.class, failure)) {
      return AwayException.away(url + " does not answer: unknown host " + url.host());
    }
    if (isCausedBy(HttpTimeoutException.class, failure)) {
      return slow(timeout);
    }
    if (isCausedBy(ConnectException.class, failure)) {
      return AwayException.away(url + " does not answer: connection refused");
    }
    if (isCausedBy(LimitedBody.TooLongException.class, failure)) {
      return AwayException.answered(
          url + " gave an answer of more than " + maxBytes + " bytes, which was not read");
    }
    Throwable cause = Failures.unwrapped(failure);
    return AwayException.away(
        url
            + " closed the connection within its answer ("
            + cause.getClass().getSimpleName()
            + ")");
  }

  private static boolean isCausedBy(Class<? extends Throwable> type, Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !type.isInstance(cause)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private AwayException slow(Duration timeout) {
    return AwayException.away(
        url
            + " gave no answer within "
            + timeout.toMillis() / 1000.0
            + " s ("
            + timeoutSetting
            + ")");
  }
}
