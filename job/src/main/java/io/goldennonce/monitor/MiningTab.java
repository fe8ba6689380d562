package io.goldennonce.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.ui.JettyUtils;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;

/**
 * The tab "Mining" of Spark's UI: the live page, its JSON, and the metrics for Prometheus. All
 * addresses in the page are relative, so that it works behind a proxy.
 */
final class MiningTab extends SparkUITab {
  /** Its name in addresses. */
  static final String PREFIX = "mining";

  private static final Logger LOG = LoggerFactory.getLogger(MiningTab.class);
  private static final String PAGE = "/" + PREFIX;

  private final SparkUI ui;

  private MiningTab(SparkUI ui) {
    super(ui, PREFIX);
    this.ui = ui;
  }

  /**
   * Adds the tab; if this Spark's UI does not support it, logs a warning.
   *
   * @return the page's address
   */
  static Optional<String> attach(SparkUI ui, MiningMonitor monitor) {
    try {
      MiningTab tab = new MiningTab(ui);
      tab.serve(PAGE, "text/html", resource("mining.html"));
      tab.serve(PAGE + "/style", "text/css", resource("mining.css"));
      tab.serve(PAGE + "/script", "text/javascript", resource("mining.js"));
      tab.serve(PAGE + "/state", "application/json", () -> StateJson.of(monitor.snapshot()));
      tab.serve(
          "/metrics/golden-nonce/prometheus",
          PrometheusText.CONTENT_TYPE,
          () -> PrometheusText.of(monitor.snapshot()));
      ui.attachTab(tab);
      return Optional.of(ui.webUrl() + PAGE + "/");
    } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
      LOG.warn("Spark's UI has no tab for mining here: {}", e.toString());
      return Optional.empty();
    }
  }

  private static Supplier<String> resource(String name) throws IOException {
    try (InputStream in = MiningTab.class.getResourceAsStream("/page/" + name)) {
      if (in == null) {
        throw new IOException("the jar holds no page/" + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return () -> text;
    }
  }

  /** Uses reflection, as the packages of Jetty and of the servlet API differ between Sparks. */
  private void serve(String path, String contentType, Supplier<String> text)
      throws ReflectiveOperationException {
    // A function of Object, as the request's class differs, too.
    Function1<Object, String> answer = request -> text.get();
    Function1<String, String> body = same -> same;
    Object parameters =
        JettyUtils.ServletParams.class.getConstructors()[0].newInstance(answer, contentType, body);
    Object handler =
        method(JettyUtils.class, "createServletHandler", 4)
            .invoke(null, path, parameters, ui.conf(), "");
    method(SparkUI.class, "attachHandler", 1).invoke(ui, handler);
  }

  private static Method method(Class<?> type, String name, int parameters)
      throws NoSuchMethodException {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name))
        .filter(method -> method.getParameterCount() == parameters)
        .filter(method -> !method.isBridge())
        .findFirst()
        .orElseThrow(() -> new NoSuchMethodException(type.getName() + "." + name));
  }
}
