package io.goldennonce.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The page that mines in a visitor's browser: files of this jar. It loads nothing from elsewhere,
 * and its policy lets a browser enforce that.
 */
final class MiningPage {
  /** By path: what a browser asks for. */
  private static final Map<String, File> FILES =
      Map.of(
          "/", new File("miner.html", "text/html; charset=utf-8"),
          "/mining.css", new File("mining.css", "text/css; charset=utf-8"),
          "/miner.css", new File("miner.css", "text/css; charset=utf-8"),
          "/miner.js", new File("miner.js", "text/javascript; charset=utf-8"),
          "/miner-worker.js", new File("miner-worker.js", "text/javascript; charset=utf-8"),
          "/sha256d.js", new File("sha256d.js", "text/javascript; charset=utf-8"));

  /** The page makes a WebAssembly module, which needs a permission of its own. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';"
                  + " style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none';"
                  + " form-action 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-cache");

  private MiningPage() {}

  /**
   * A file of the page.
   *
   * @param resource its name below {@code page} in the jar
   */
  record File(String resource, String contentType) {
    private byte[] bytes() throws IOException {
      try (InputStream in = MiningPage.class.getResourceAsStream("/page/" + resource)) {
        if (in == null) {
          throw new IOException("the jar has no page/" + resource);
        }
        return in.readAllBytes();
      }
    }
  }

  /** The file at a path of an address; empty if the page has none there. */
  static Optional<File> file(String path) {
    return Optional.ofNullable(FILES.get(path));
  }

  static boolean isAskedFor(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && file(exchange.getRequestURI().getPath()).isPresent();
  }

  /** Answers a request for which {@link #isAskedFor} is true. */
  static void send(HttpExchange exchange) throws IOException {
    File file = file(exchange.getRequestURI().getPath()).orElseThrow();
    byte[] bytes = file.bytes();
    Headers headers = exchange.getResponseHeaders();
    HEADERS.forEach(headers::set);
    headers.set("Content-Type", file.contentType());
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
