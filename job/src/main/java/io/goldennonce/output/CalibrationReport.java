package io.goldennonce.output;

import io.goldennonce.plan.Calibration;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Planned against actual, as it is printed. */
public record CalibrationReport(Calibration calibration) {

  public void print(PrintWriter out, boolean json) {
    if (json) {
      Fields fields = new Fields();
      calibration.pace().ifPresent(pace -> fields.with("pace", pace));
      List<Map<String, Object>> lines =
          calibration.lines().stream().map(CalibrationReport::json).toList();
      out.println(fields.with("quantiles", lines).toJson());
      return;
    }
    out.println("planned   runs   done  actual  95 % interval        verdict");
    for (Calibration.Line line : calibration.lines()) {
      out.printf(
          Locale.ROOT,
          "p%-7.0f %5d  %5d  %6s  %5.1f %% to %5.1f %%  %s%n",
          100 * line.quantile(),
          line.runs(),
          line.done(),
          line.runs() == 0
              ? "-"
              : String.format(Locale.ROOT, "%.1f %%", 100.0 * line.done() / line.runs()),
          100 * line.low(),
          100 * line.high(),
          verdict(line));
    }
    calibration
        .pace()
        .ifPresent(
            pace ->
                out.printf(
                    Locale.ROOT, "%nMedian of actual over planned hashes a second: %.2f%n", pace));
  }

  private static String verdict(Calibration.Line line) {
    if (line.runs() == 0) {
      return "no run tells";
    }
    return line.agrees() ? "agrees" : "does not agree";
  }

  private static Map<String, Object> json(Calibration.Line line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("quantile", line.quantile());
    fields.put("runs", line.runs());
    fields.put("done", line.done());
    fields.put("low", line.low());
    fields.put("high", line.high());
    fields.put("verdict", verdict(line));
    return fields;
  }
}
