package io.goldennonce.work.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.testing.LoopbackServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HttpCallsTest {
  private static final int LIMIT = 1_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void answer_asLongAsItMayBe_isReadAndALongerOneIsNot() throws Exception {
    AtomicInteger length = new AtomicInteger(LIMIT);
    try (LoopbackServer server =
        new LoopbackServer(
            exchange -> {
              exchange.sendResponseHeaders(200, length.get());
              exchange.getResponseBody().write(new byte[length.get()]);
            })) {
      assertThat(send(server, LONG, StopSignal.never()).body()).hasSize(LIMIT);
      length.incrementAndGet();
      assertThatThrownBy(() -> send(server, LONG, StopSignal.never()))
          .isInstanceOfSatisfying(AwayException.class, e -> assertThat(e.isAnswered()).isTrue())
          .hasMessage(server.url() + " gave an answer of more than 1000 bytes, which was not read");
    }
  }

  /** It would fill the heap. */
  @Test
  void answer_withoutAnEnd_isBrokenOff() {
    AtomicLong sent = new AtomicLong();
    try (LoopbackServer server =
        new LoopbackServer(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] spaces = new byte[1 << 16];
              while (true) {
                exchange.getResponseBody().write(spaces);
                sent.addAndGet(spaces.length);
              }
            })) {
      assertThatThrownBy(() -> send(server, LONG, StopSignal.never()))
          .hasMessageContaining("more than 1000 bytes");
      assertThat(sent.get()).as("what fits into buffers").isLessThan(100_000_000);
    }
  }

  /** What is handed in must not go where a server says. */
  @Test
  void redirect_ofAnyKind_isNotFollowed() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    try (LoopbackServer other = new LoopbackServer(exchange -> elsewhere.incrementAndGet());
        LoopbackServer server =
            new LoopbackServer(
                exchange -> {
                  exchange.getResponseHeaders().set("Location", other.url());
                  exchange.sendResponseHeaders(307, -1);
                })) {
      HttpCalls calls = calls(server.url());
      HttpResponse<byte[]> response = calls.send("", it -> it, LONG, StopSignal.never());
      assertThat(calls.unusable(response, "nonsense"))
          .hasMessage(
              server.url() + " redirects to another address (HTTP 307), which is not followed");
    }
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void call_stopped_endsAtOnceAndTheExchangeWithIt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (LoopbackServer server = new LoopbackServer(exchange -> hang(exchange, asked))) {
      StopSignal stop = () -> asked.get() > 0 ? Optional.of(StopReason.DEADLINE) : Optional.empty();
      assertThatThrownBy(() -> send(server, Duration.ofHours(1), stop))
          .isInstanceOf(AwayException.class)
          .hasMessage("the call was stopped");
    }
  }

  @Test
  void call_toNobody_saysWhatIsNotThere() {
    LoopbackServer gone = new LoopbackServer(exchange -> {});
    gone.close();
    assertThatThrownBy(() -> send(gone, LONG, StopSignal.never()))
        .hasMessage(gone.url() + " does not answer: connection refused");
    for (String host : new String[] {"no.such.host.invalid", "no_such_host.invalid"}) {
      String url = "http://" + host + ":1";
      assertThatThrownBy(() -> calls(url).send("", it -> it, LONG, StopSignal.never()))
          .hasMessage(url + " does not answer: unknown host " + host);
    }
  }

  private static void hang(HttpExchange exchange, AtomicInteger asked)
      throws IOException, InterruptedException {
    exchange.getRequestBody().readAllBytes();
    asked.incrementAndGet();
    Thread.sleep(Long.MAX_VALUE);
  }

  private static HttpResponse<byte[]> send(LoopbackServer server, Duration timeout, StopSignal stop)
      throws AwayException, InterruptedException {
    return calls(server.url()).send("", it -> it, timeout, stop);
  }

  private static HttpCalls calls(String url) {
    return new HttpCalls(ServerUrl.parse(url, "a URL", "http://HOST", ""), LIMIT, "test.timeout");
  }
}
