package io.goldennonce.output;

import io.goldennonce.plan.Calibration;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints the comparison of planned and actual results. */
public record CalibrationReport(Calibration calibration) {

  public void print(PrintWriter out, boolean json) {
    if (json) {
      Fields fields = new Fields();
      calibration.pace().ifPresent(pace -> fields.with("pace", pace));
      out.println(
          fields
              .with("quantiles", calibration.lines().stream().map(CalibrationReport::json).toList())
              .toJson());
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
                out.printf(Locale.ROOT, "%nMedian of actual over planned hash rate: %.2f%n", pace));
  }

  private static String verdict(Calibration.Line line) {
    if (line.runs() == 0) {
      return "no runs yet";
    }
    return line.agrees() ? "agrees" : "does not agree";
  }

  private static Fields json(Calibration.Line line) {
    return new Fields()
        .with("quantile", line.quantile())
        .with("runs", line.runs())
        .with("done", line.done())
        .with("low", line.low())
        .with("high", line.high())
        .with("verdict", verdict(line));
  }
}
