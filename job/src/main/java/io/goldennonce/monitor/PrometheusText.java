package io.goldennonce.monitor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes Prometheus' text format, version 0.0.4. Spark's own servlet writes neither help nor types,
 * and puts the application's id and the plugin's class into each name.
 */
final class PrometheusText {
  /** The format's {@code Content-Type}. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4";

  private PrometheusText() {}

  static String of(Snapshot snapshot) {
    Map<Metric, List<Measurement>> byMetric =
        Measurement.of(snapshot).stream().collect(Collectors.groupingBy(Measurement::metric));
    StringBuilder text = new StringBuilder();
    for (Metric metric : Metric.values()) {
      List<Measurement> all = byMetric.getOrDefault(metric, List.of());
      if (!all.isEmpty()) {
        String name = metric.fullName();
        String type = metric.type().name().toLowerCase(Locale.ROOT);
        text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        all.forEach(one -> append(text, one));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Measurement one) {
    text.append(one.metric().fullName()).append(one.suffix());
    if (!one.labels().isEmpty()) {
      text.append(
          one.labels().entrySet().stream()
              .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(number(one.value())).append('\n');
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
