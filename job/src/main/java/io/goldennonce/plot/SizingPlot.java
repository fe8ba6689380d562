package io.goldennonce.plot;

import io.goldennonce.plan.Executors;
import io.goldennonce.plan.Odds;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The time to a solution against the number of executors: predicted curves, and points at the rates
 * that runs have reached.
 *
 * @param odds of each hash
 * @param planned how many are planned
 * @param deadline a line across, if there is one
 */
public record SizingPlot(
    Odds odds, Executors kind, int planned, Optional<Duration> deadline, List<Point> measured) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 650;

  /** Enough points for a smooth curve on a logarithmic axis. */
  private static final int STEPS = 60;

  private static final Color[] BLUES = {
    new Color(0x9ecae1), new Color(0x4292c6), new Color(0x08519c)
  };

  /**
   * A measured run.
   *
   * @param executors the equivalent of the run's cores; less than 1 if it had fewer than one
   *     executor has
   * @param rate hashes per second of all of them
   */
  public record Point(double executors, double rate) {}

  public SizingPlot {
    measured = List.copyOf(measured);
  }

  /**
   * Writes it as a PNG file.
   *
   * @throws UncheckedIOException if the file can't be written
   */
  public void write(Path file) {
    try (var out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart(), out, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(
                String.format(
                    Locale.ROOT,
                    "Time to solution: %.3g expected hashes, %.3g hashes/s per core",
                    odds.expectedHashes(),
                    kind.ratePerCore()))
            .xAxisTitle("executors of " + kind.cores() + (kind.cores() == 1 ? " core" : " cores"))
            .yAxisTitle("seconds from the request to start")
            .build();
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    styler.setPlotGridLinesColor(new Color(0xdddddd));
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    curve(chart, 0.50, BLUES[0]);
    curve(chart, 0.95, BLUES[1]);
    curve(chart, 0.99, BLUES[2]);
    deadline.ifPresent(time -> line(chart, time));
    points(chart);
    return chart;
  }

  private void curve(XYChart chart, double confidence, Color color) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    executors()
        .filter(count -> Double.isFinite(seconds(count * kind.rate(), confidence)))
        .forEach(
            count -> {
              x.add(count);
              y.add(seconds(count * kind.rate(), confidence));
            });
    if (!x.isEmpty()) {
      XYSeries series =
          chart.addSeries(String.format(Locale.ROOT, "p%.0f, predicted", 100 * confidence), x, y);
      series.setMarker(SeriesMarkers.NONE).setLineColor(color);
    }
  }

  private void line(XYChart chart, Duration time) {
    double seconds = time.toNanos() * 1e-9;
    XYSeries series =
        chart.addSeries("deadline", new double[] {from(), to()}, new double[] {seconds, seconds});
    series
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.GRAY)
        .setLineStyle(
            new BasicStroke(
                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {6}, 0));
  }

  private void points(XYChart chart) {
    List<Point> drawn =
        measured.stream().filter(point -> Double.isFinite(seconds(point.rate(), 0.5))).toList();
    if (!drawn.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              "p50 at measured rates",
              drawn.stream().mapToDouble(Point::executors).toArray(),
              drawn.stream().mapToDouble(point -> seconds(point.rate(), 0.5)).toArray());
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(new Color(0xd94801));
    }
  }

  private double seconds(double rate, double confidence) {
    return kind.startup().toNanos() * 1e-9 + odds.hashesFor(confidence) / rate;
  }

  /** Evenly spaced on a logarithmic axis. */
  private DoubleStream executors() {
    double factor = Math.pow(to() / from(), 1.0 / STEPS);
    return DoubleStream.iterate(from(), count -> count * factor).limit(STEPS + 1);
  }

  private double from() {
    return measured.stream().mapToDouble(Point::executors).reduce(1, Math::min);
  }

  private double to() {
    return Math.max(10, 10.0 * planned);
  }
}
