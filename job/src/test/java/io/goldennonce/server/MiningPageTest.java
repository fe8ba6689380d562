package io.goldennonce.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.server.TestService.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service with a page serves, to whom; MiningPageIT lets browsers mine on it. */
class MiningPageTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String HOST = "127.0.0.1:8645";

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/mining.css, text/css",
    "/miner.css, text/css",
    "/miner.js, text/javascript",
    "/miner-worker.js, text/javascript",
    "/sha256d.js, text/javascript",
  })
  void file_ofThePage_isServedIfAskedForOnly(String path, String type) throws IOException {
    try (TestService service = TestService.withPage(null)) {
      Answer answer = service.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text())
          .containsIgnoringCase("Content-Type: " + type)
          .containsIgnoringCase("Content-Security-Policy: default-src 'none'; ")
          .containsIgnoringCase("frame-ancestors 'none'")
          .containsIgnoringCase("X-Content-Type-Options: nosniff");
      assertThat(service.send("POST " + path, "{}", "Host: " + HOST, JSON).status()).isEqualTo(404);
    }
    try (TestService service = TestService.start()) {
      assertThat(service.get(path).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "miner.html",
        "mining.css",
        "miner.css",
        "miner.js",
        "miner-worker.js",
        "sha256d.js"
      })
  void file_ofThePage_namesNoOtherHost(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/page/" + name))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("http:", "https:", "src=\"//", "url(", "@import");
    }
  }

  /** What browsers send: Fetch Metadata on HTTPS and loopback, Origin with each POST. */
  @ParameterizedTest
  @CsvSource({
    // the page itself, and its scripts
    "GET /, Sec-Fetch-Site: none, 200",
    "GET /miner.js, Sec-Fetch-Site: same-origin, 200",
    "GET /work, Sec-Fetch-Site: same-origin, 200",
    "POST /work, Origin: http://127.0.0.1:8645, 400",
    "POST /work, Origin: https://127.0.0.1:8645, 400", // behind a proxy with TLS
    // a link on a foreign page
    "GET /, Sec-Fetch-Site: cross-site;Sec-Fetch-Dest: document, 200",
    "GET /work, Sec-Fetch-Site: cross-site;Sec-Fetch-Dest: document, 403",
    "POST /, Sec-Fetch-Site: cross-site;Sec-Fetch-Dest: document, 403",
    // a foreign page's frame, script and calls
    "GET /, Sec-Fetch-Site: cross-site;Sec-Fetch-Dest: iframe, 403",
    "GET /miner.js, Sec-Fetch-Site: cross-site, 403",
    "GET /work, Sec-Fetch-Site: same-site, 403",
    "GET /work, Origin: http://evil.example, 403",
    "POST /work, Origin: http://evil.example, 403",
    "POST /work, Origin: null, 403",
    "POST /work, Origin: http://127.0.0.1:8646, 403",
    "POST /work, Origin: http://127.0.0.1:8645.evil.example, 403",
    "POST /work, Sec-Fetch-Site: cross-site;Origin: http://127.0.0.1:8645, 403",
    // what the page has no use for
    "POST /transactions, Origin: http://127.0.0.1:8645, 403",
  })
  void request_ofAWebPage_isAnsweredIfThePageIsOurs(String request, String headers, int status)
      throws IOException {
    try (TestService service = TestService.withPage(null)) {
      String[] all = ("Host: " + HOST + ";" + JSON + ";" + headers).split(";");
      String body = request.startsWith("POST") ? "{}" : "";
      assertThat(service.send(request, body, all).status()).isEqualTo(status);
      assertThat(service.pool).isEmpty();
    }
  }

  @Test
  void page_forAnotherHost_isRefused() throws IOException {
    try (TestService service = TestService.withPage(null)) {
      Answer answer =
          service.send(
              "POST /work", "{}", "Host: evil.example", "Origin: http://evil.example", JSON);
      assertThat(answer.status()).isEqualTo(421);
      assertThat(service.send("GET /", "", "Host: evil.example").status()).isEqualTo(421);
    }
  }

  /** The page asks so before it starts, to know whether it needs a token. */
  @Test
  void submission_withoutASolution_tellsWhetherATokenIsNeeded() throws IOException {
    String origin = "Origin: http://" + HOST;
    try (TestService service = TestService.withPage("secret-0123456789")) {
      assertThat(service.get("/").status()).isEqualTo(200);
      assertThat(service.send("POST /work", "{}", "Host: " + HOST, origin, JSON).status())
          .isEqualTo(401);
      String token = "Authorization: Bearer secret-0123456789";
      assertThat(service.send("POST /work", "{}", "Host: " + HOST, origin, JSON, token).status())
          .isEqualTo(400);
    }
  }
}
