package io.goldennonce.cli.plan;

import io.goldennonce.app.KernelMeter;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.output.Fields;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prints the rates of kernels, with the machine and the JVM that they were measured on.
 *
 * @param threads number of threads that scanned at once
 * @param json whether to print one JSON object per kernel
 */
record BenchReport(int threads, boolean json) {
  /**
   * A kernel's result.
   *
   * @param choice the kernel chosen for {@code auto} or a kind of device, and why; empty for other
   *     names
   */
  record Row(KernelMeter.Measurement measurement, String choice) {}

  /** Prints results by kernel name. */
  void print(Map<String, Row> measured, PrintWriter out) {
    double best =
        measured.values().stream().mapToDouble(row -> row.measurement().rate()).max().orElse(1);
    if (!json) {
      out.printf(
          "%s, JDK %s, %d thread%s, %s%n%n",
          processor(),
          System.getProperty("java.runtime.version"),
          threads,
          threads == 1 ? "" : "s",
          flags());
      out.println("kernel          MH/s    share  warm-up");
    }
    measured.forEach(
        (name, row) -> {
          if (json) {
            out.println(fields(name, row, best).toJson());
          } else {
            out.printf(
                Locale.ROOT,
                "%-14s %6.2f  %5.1f %%  %5.1f s%s%n",
                name,
                row.measurement().rate() / 1e6,
                100 * row.measurement().rate() / best,
                row.measurement().warmUpSeconds(),
                row.choice().isEmpty() ? "" : "  " + row.choice());
          }
        });
    if (!json) {
      measured.forEach(
          (name, row) ->
              instance(name, row)
                  .ifPresent(line -> out.println("\nfor conf/instances.conf: " + line)));
    }
  }

  /**
   * The line of {@code plan.instances} for this machine: of what {@code auto} makes on all
   * processors, as fewer threads say nothing about vCPUs that share a core, or of one GPU.
   */
  private Optional<String> instance(String name, Row row) {
    if (Kernels.isDevice(name)) {
      return Optional.of(instance("rate-per-gpu", row.measurement().rate()));
    }
    return name.equals(Kernels.AUTO) && threads >= Runtime.getRuntime().availableProcessors()
        ? Optional.of(instance("rate-per-vcpu", row.measurement().rate() / threads))
        : Optional.empty();
  }

  private static String instance(String key, double rate) {
    return String.format(
        Locale.ROOT, "\"TYPE\" { %s = %.1fe6, rate-is = measured }", key, rate / 1e6);
  }

  private Fields fields(String name, Row row, double best) {
    Fields fields =
        new Fields()
            .with("kernel", name)
            .with("rate", Math.round(row.measurement().rate()))
            .with("share", row.measurement().rate() / best)
            .with("warm_up_seconds", row.measurement().warmUpSeconds())
            .with("threads", threads)
            .with("processor", processor())
            .with("jdk", System.getProperty("java.runtime.version"))
            .with("flags", flags());
    if (!row.choice().isEmpty()) {
      fields.with("choice", row.choice());
    }
    instance(name, row).ifPresent(line -> fields.with("instance", line));
    return fields;
  }

  private static String flags() {
    String flags =
        String.join(
            " ",
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:+Use") || flag.startsWith("--add-modules"))
                .toList());
    return flags.isEmpty() ? "no flags" : flags;
  }

  /** The processor's name on Linux; elsewhere its architecture. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
