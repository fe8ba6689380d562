package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The live page of a real search, in a real browser. The tests go on where the one before has
 * stopped, as starting a Spark and a browser takes longest.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
class LivePageIT {
  private static final String MARKUP =
      "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;";

  @TempDir private static Path directory = Path.of("set by JUnit");

  private static @Nullable LiveApplication application;
  private static @Nullable Browser browser;

  @BeforeAll
  static void start() {
    browser = new Browser(directory.resolve("profile"));
    application = LiveApplication.start("local[2]", Map.of());
    LiveApplication.monitor()
        .chain(List.of(BlockRow.of(Blocks.block(null, MARKUP, Blocks.EASY, Instant.EPOCH))));
  }

  @AfterAll
  static void stop() {
    Stream.of(browser, application)
        .forEach(
            part -> {
              try {
                if (part != null) {
                  part.close();
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  @AfterEach
  void console_afterEachTest_isSilent() {
    assertThat(browser().complaints()).isEmpty();
  }

  @Test
  @Order(1)
  void tab_inSparksUi_leadsToThePage() {
    browser().size(1200, 900, false);
    browser().open(application().page().replace("/mining/", "/jobs/"));
    assertThat(browser().ask("document.querySelector('a[href*=\"/mining/\"]').textContent.trim()"))
        .isEqualTo("Mining");
    browser().complaints(); // Spark's own page may have some
    browser().open(application().page());
    browser().await("#state", "waiting"::equals);
    assertThat(browser().text("#title")).isEqualTo("No search yet");
    assertThat(
            browser()
                .ask(
                    "performance.getEntriesByType('resource').map(one => new URL(one.name))"
                        + ".filter(one => one.protocol !== 'data:')"
                        + ".every(one => one.origin === location.origin)"))
        .isEqualTo(true);
  }

  @Test
  @Order(2)
  void page_whileASearchRuns_moves() throws Exception {
    Path status = directory.resolve("status.json");
    CompletableFuture<SearchResult> mining =
        application().mine("hello", LiveApplication.HOPELESS, status);
    browser().await("#state", "running"::equals);
    browser().await("#rate", text -> text.endsWith("H/s") && !text.startsWith("0 "));
    assertThat(browser().text("#title")).isEqualTo("Block 0");

    String before = shapes();
    String tried = browser().text("#hashes");
    browser().await("#hashes", text -> !text.equals(tried));
    browser().await("#executors td:nth-child(3)", text -> text.endsWith("H/s"));
    browser().await("#rate-chart svg", text -> text.contains("now"));
    String after = shapes();
    assertThat(after).isNotEqualTo(before);

    assertThat(browser().ask("document.querySelectorAll('#strip-chart .tried').length > 0"))
        .isEqualTo(true);
    application().interrupt();
    assertThat(mining.get().outcome()).isEqualTo(Outcome.INTERRUPTED);
    browser().await("#state", "interrupted"::equals);

    JsonNode file = new ObjectMapper().readTree(status.toFile());
    assertThat(browser().ask("document.getElementById('hashes').dataset.exact"))
        .isEqualTo(file.get("hashes").asText());
    assertThat(browser().ask("state.executors.reduce((sum, one) => sum + one.hashes, 0)"))
        .isEqualTo(file.get("hashes").asLong());
    assertThat(browser().ask("state.search.search_id")).isEqualTo(file.get("search_id").asText());
  }

  private static String shapes() {
    return browser()
        .ask("document.querySelector('#rate-chart .total').getAttribute('d')")
        .toString();
  }

  @Test
  @Order(3)
  void page_afterAFind_showsItAndTheBlock() throws Exception {
    Path status = directory.resolve("found.json");
    SearchResult result = application().mine("second", LiveApplication.EASY, status).get();
    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    browser().await("#state", "found"::equals);
    JsonNode file = new ObjectMapper().readTree(status.toFile());
    assertThat(browser().text("#found")).contains(file.get("hash").asText());
    assertThat(browser().ask("state.search.nonce")).isEqualTo(file.get("nonce").asText());
    assertThat(browser().ask("state.search.hashes")).isEqualTo(file.get("hashes").asLong());
    assertThat(browser().ask("document.querySelectorAll('#strip-chart .hit').length"))
        .isEqualTo(1L);
    assertThat(browser().text("#blocks")).contains("second");
  }

  @Test
  @Order(4)
  void blockText_thatIsMarkup_isShownAsText() {
    browser().await("#blocks", text -> text.contains(MARKUP));
    assertThat(browser().ask("document.querySelectorAll('main script, main img').length"))
        .isEqualTo(0L);
  }

  @Test
  @Order(5)
  void page_byKeyboardAndReader_hasAllThatIsSeen() {
    browser().open(application().page());
    browser().await("#state", "found"::equals);
    browser().press(Keys.TAB);
    assertThat(browser().ask("document.activeElement.textContent")).isEqualTo("Skip to the search");
    browser().ask("document.querySelector('summary').focus()");
    browser().press(Keys.ENTER);
    browser().await("#rate-rows", text -> text.contains("H/s"));
    assertThat(
            browser()
                .ask(
                    "[...document.querySelectorAll('svg')].every(one =>"
                        + " one.getAttribute('role') === 'img' &&"
                        + " one.getAttribute('aria-label').length > 10)"))
        .isEqualTo(true);
    assertThat(
            browser()
                .ask(
                    "[...document.querySelectorAll('section')].every(one => document"
                        + ".getElementById(one.getAttribute('aria-labelledby')).textContent)"))
        .isEqualTo(true);
    assertThat(
            browser()
                .ask(
                    "[...document.querySelectorAll('.scroll')].every(one => one.tabIndex === 0 &&"
                        + " one.getAttribute('aria-label'))"))
        .isEqualTo(true);
  }

  @Test
  @Order(6)
  void page_onAPhoneAndInTheDark_fits() {
    browser().size(360, 740, true);
    browser().dark(true);
    browser().open(application().page());
    browser().await("#state", "found"::equals);
    assertThat(browser().ask("document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
    assertThat(browser().ask("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(20, 19, 15)");
    browser().dark(false);
    browser().size(1200, 900, false);
  }

  @Test
  @Order(7)
  void page_behindAProxysPath_works() throws IOException {
    String path = "/proxy/application_1_0001";
    try (LoopbackServer proxy = proxy(path)) {
      browser().open(proxy.url() + path + "/mining/");
      browser().await("#state", "found"::equals);
      assertThat(browser().ask("document.querySelector('nav a').href").toString())
          .endsWith(path + "/jobs/");
    }
  }

  @Test
  @Order(8)
  void page_whileCoinsAreCounted_showsThemByMiner() throws Exception {
    browser().open(application().page());
    CompletableFuture<Long> counting = application().countCoins(MARKUP, Long.MAX_VALUE, 1234);
    browser().await("#title", "Coins of seed 0"::equals);
    browser().await("#rate", text -> text.endsWith("H/s") && !text.startsWith("0 "));
    String before = browser().text("#coins-text");
    browser().await("#coins-text", text -> !text.equals(before));
    application().interrupt();
    long coins = counting.get();
    browser().await("#state", "interrupted"::equals);
    assertThat(browser().ask("document.getElementById('coins-text').dataset.exact"))
        .isEqualTo(String.valueOf(coins));
    assertThat(browser().ask("document.querySelector('#coins-chart .total').getAttribute('d')"))
        .asString()
        .contains("L");
    assertThat(browser().text("#miners")).contains(MARKUP, "another", "1\u202f234");
    assertThat(browser().ask("document.querySelectorAll('main script, main img').length"))
        .isEqualTo(0L);
  }

  /** What YARN's proxy does: takes a prefix off the path and asks the driver. */
  private static LoopbackServer proxy(String prefix) {
    HttpClient client = HttpClient.newHttpClient();
    return new LoopbackServer(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (!path.startsWith(prefix + "/")) {
            exchange.sendResponseHeaders(404, -1);
            return;
          }
          URI uri = URI.create(application().page()).resolve(path.substring(prefix.length()));
          HttpResponse<byte[]> answer =
              client.send(
                  HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
          answer
              .headers()
              .firstValue("Content-Type")
              .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
          exchange.sendResponseHeaders(answer.statusCode(), 0);
          exchange.getResponseBody().write(answer.body());
        });
  }

  private static LiveApplication application() {
    if (application == null) {
      throw new IllegalStateException("not started");
    }
    return application;
  }

  private static Browser browser() {
    if (browser == null) {
      throw new IllegalStateException("not started");
    }
    return browser;
  }
}
