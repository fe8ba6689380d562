package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.server.TestService.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service does with those who should not call it, or not so. */
class WorkServerAccessTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String PAY = "{\"data\":\"pay\"}";
  private static final String TOKEN = "0123456789abcdef-secret";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:8645",
        "Host: localhost.evil.example",
        "Host: 127.0.0.1.evil.example",
      })
  void request_forAnotherHost_isRefused(String host) throws IOException {
    try (TestService service = TestService.start()) {
      Answer answer = service.send("GET /work", "", host);
      assertThat(answer.status()).isEqualTo(421);
      assertThat(answer.json().get("error").asText()).contains("'Host' must be", "--allow-host");
      assertThat(service.send("POST /transactions", PAY, host, JSON).status()).isEqualTo(421);
      assertThat(service.pool).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8645",
        "127.0.0.1:8645",
        "[::1]:8645",
        "10.1.2.3",
        "miners.example"
      })
  void request_forAnAddressOrAName_isAnswered(String host) throws IOException {
    try (TestService service = TestService.start()) {
      assertThat(service.send("GET /work", "", "Host: " + host).status()).isEqualTo(200);
    }
  }

  /** A browser sends the one or the other with what a foreign page asks for. */
  @ParameterizedTest
  @CsvSource({
    "Origin: http://evil.example, 403",
    "Origin: null, 403",
    "Sec-Fetch-Site: cross-site, 403",
    "Sec-Fetch-Site: none, 201", // typed by the user
  })
  void request_ofAWebPage_isRefused(String header, int status) throws IOException {
    try (TestService service = TestService.start()) {
      Answer answer = service.send("POST /transactions", PAY, "Host: 127.0.0.1", JSON, header);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(service.pool).hasSize(status == 201 ? 1 : 0);
    }
  }

  /** What a page may send without asking first. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void body_thatIsNotSaidToBeJson_isRefused(String type) throws IOException {
    try (TestService service = TestService.start()) {
      for (String path : List.of("/transactions", "/work")) {
        Answer answer =
            service.send("POST " + path, PAY, "Host: localhost", "Content-Type: " + type);
        assertThat(answer.status()).isEqualTo(415);
      }
      assertThat(service.send("POST /work", PAY, "Host: localhost").status()).isEqualTo(415);
      assertThat(
              service
                  .send(
                      "POST /transactions",
                      PAY,
                      "Host: localhost",
                      "Content-Type: Application/JSON; charset=utf-8")
                  .status())
          .isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "%1b]0;pwn%07, control characters",
    "a%0Ab, control characters",
    "%E2%80%AEdlrow, control characters", // text from right to left
    "%ff, UTF-8",
    "%C3, UTF-8",
    "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm,"
        + " at most 100 bytes",
  })
  void miner_thatCantBeShown_isRefused(String miner, String reason) throws IOException {
    try (TestService service = TestService.start()) {
      Answer answer = service.get("/work?miner=" + miner);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().get("error").asText()).contains(reason);
    }
  }

  @Test
  void miner_inAnyScript_isTheBlocks() throws IOException {
    try (TestService service = TestService.start()) {
      service.solve(
          service.get("/work?x=1&miner=Zo%C3%AB+%E5%B1%B1").json(),
          TestService.START.getEpochSecond());
      assertThat(service.chain.blocks().get(0).miner()).isEqualTo("Zoë 山");
      assertThat(service.get("/work?miner=%zz").status()).isEqualTo(400);
      assertThat(service.told).isEmpty();
    }
  }

  @Test
  void transactions_moreThanMayWait_areNotTakenUntilSomeAreMined() throws IOException {
    try (TestService service = TestService.start()) {
      for (int i = 0; i < TestService.MAX_WAITING; i++) {
        assertThat(service.post("/transactions", "{\"data\":\"" + i + "\"}").status())
            .isEqualTo(201);
      }
      Answer full = service.post("/transactions", PAY);
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.json().get("error").asText())
          .isEqualTo("the pool is full: 3 transactions wait, at most 3 may; try again later");
      service.pool.clear(); // mined
      assertThat(service.post("/transactions", PAY).status()).isEqualTo(201);
    }
  }

  @Test
  void writes_withAToken_areTakenFromThoseWhoShowItOnly() throws IOException {
    try (TestService service = TestService.start(TOKEN, null, Duration.ofSeconds(10))) {
      assertThat(service.get("/work").status()).as("reading").isEqualTo(200);
      Answer refused = service.post("/transactions", PAY);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.text()).containsIgnoringCase("WWW-Authenticate: Bearer");
      for (String shown : List.of("Bearer wrong", "Basic " + TOKEN, TOKEN)) {
        assertThat(
                service
                    .send(
                        "POST /transactions",
                        PAY,
                        "Host: localhost",
                        JSON,
                        "Authorization: " + shown)
                    .status())
            .isEqualTo(401);
      }
      assertThat(service.pool).isEmpty();
      assertThat(
              service
                  .send(
                      "POST /transactions",
                      PAY,
                      "Host: localhost",
                      JSON,
                      "Authorization: Bearer " + TOKEN)
                  .status())
          .isEqualTo(201);
    }
  }

  /** Each kind of slowness: nothing, half a header, half a body, no reading of answers. */
  @Test
  void connections_thatAreSlow_areCutAndHoldNobodyUp() throws Exception {
    try (TestService service = TestService.start(null, null, Duration.ofMillis(300))) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        slow.add(begin(service, "GET /wo"));
        slow.add(begin(service, "GET /work HTTP/1.1\r\nHost: localhost\r\nX"));
        slow.add(
            begin(
                service,
                "POST /work HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{"));
      }
      assertThat(service.get("/work").status()).isEqualTo(200);
      for (Socket socket : slow) {
        assertEnds(socket);
        socket.close();
      }
      assertThat(service.get("/work").status()).isEqualTo(200);
    }
  }

  @Test
  void request_withEndlessHeaders_isRefused() throws IOException {
    try (TestService service = TestService.start()) {
      String[] headers = new String[5_000];
      java.util.Arrays.setAll(headers, i -> "X-" + i + ": " + "x".repeat(100));
      assertThatThrownBy(
              () -> {
                Answer answer = service.send("GET /work", "", headers);
                throw new IOException("status " + answer.status());
              })
          .isInstanceOf(Exception.class)
          .hasMessageNotContaining("status 200");
      assertThat(service.get("/work").status()).isEqualTo(200);
    }
  }

  @Test
  void service_withAKey_speaksHttps(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory)
      throws Exception {
    TestKey key = TestKey.create(directory);
    try (TestService service = TestService.start(null, key.context(), Duration.ofSeconds(10))) {
      assertThat(service.uri().getScheme()).isEqualTo("https");
      HttpClient client = HttpClient.newBuilder().sslContext(key.context()).build();
      HttpResponse<String> work =
          client.send(
              HttpRequest.newBuilder(service.uri().resolve("/work")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(work.statusCode()).isEqualTo(200);
      assertThat(work.sslSession()).isPresent();
    }
  }

  private static Socket begin(TestService service, String text) throws IOException {
    Socket socket = service.connect();
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The server ends the connection; a client that waited for it would wait for ever. */
  private static void assertEnds(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // An answer such as 400 may come first.
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the connection is still open", e);
    } catch (IOException e) {
      // A reset ends it, too.
    }
  }
}
