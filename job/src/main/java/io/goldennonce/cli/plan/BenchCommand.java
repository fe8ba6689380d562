package io.goldennonce.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.KernelMeter;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.choice.KernelSelection;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.output.Fields;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the kernels on this machine, without Spark. */
@Command(
    name = "bench",
    description =
        "Measure every kernel on this machine (rate, share of the best, warm-up), and show which"
            + " one is chosen.",
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
  private static final int MAX_THREADS = 1_024;
  private static final int MAX_SECONDS = 3_600;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--kernel", paramLabel = "NAME", description = "Measure only this kernel.")
  private @Nullable String only;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of threads that scan at once.")
  private int threads = 1;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "6",
      description = "Seconds to measure each kernel.")
  private int seconds = 6;

  @Option(names = "--json", description = "Print one JSON object per kernel.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    requireWithin("--threads", threads, MAX_THREADS);
    requireWithin("--seconds", seconds, MAX_SECONDS);
    Map<String, Row> measured = new LinkedHashMap<>();
    for (String kernel : kernels()) {
      measured.put(kernel, only == null ? inFreshJvm(kernel) : here(kernel));
    }
    print(measured, common.out());
    Kernels.refusals().forEach(common.err()::println);
    return ExitCode.OK.code();
  }

  private static void requireWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new UsageException(option + " must be from 1 to " + most + ", got " + value);
    }
  }

  /**
   * A kernel's result.
   *
   * @param choice the kernel chosen for {@code auto} or a kind of device, and why; empty for other
   *     names
   */
  private record Row(KernelMeter.Measurement measurement, String choice) {}

  private Row here(String name) throws InterruptedException {
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    Duration time = Duration.ofSeconds(seconds);
    if (!name.equals(Kernels.AUTO) && !Kernels.isDevice(name)) {
      NonceKernel kernel =
          Kernels.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      return new Row(KernelMeter.measure(kernel, header, threads, time), "");
    }
    long start = System.nanoTime();
    KernelSelection selection = Kernels.warm(name, header);
    if (!name.equals(Kernels.AUTO) && !selection.warnings().isEmpty()) {
      throw new UsageException(selection.warnings().get(0));
    }
    double warmUp = (System.nanoTime() - start) * 1e-9;
    KernelMeter.Measurement measured =
        KernelMeter.measure(selection.kernel(), header, threads, time);
    return new Row(
        new KernelMeter.Measurement(measured.rate(), warmUp),
        selection.kernel().name() + ": " + selection.reason());
  }

  /**
   * Measures a kernel in its own JVM, as a search would use it. In one JVM, kernels that share code
   * slow each other down up to a hundred times, as the JIT compiler optimizes for what it has seen.
   */
  private Row inFreshJvm(String kernel) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", classPath(), "MineJob", "bench", "--json"));
    command.addAll(List.of("--kernel", kernel));
    command.addAll(List.of("--threads", "" + threads, "--seconds", "" + seconds));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      JsonNode measured = new ObjectMapper().readTree(process.getInputStream());
      process.waitFor();
      return new Row(
          new KernelMeter.Measurement(
              measured.path("rate").asDouble(), measured.path("warm_up_seconds").asDouble()),
          measured.path("choice").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("could not measure " + kernel + ": " + e, e);
    }
  }

  /** This JVM's class path, and our own jar, which spark-submit adds only later. */
  private static String classPath() {
    try {
      Path ours =
          Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ours + File.pathSeparator + System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar has a path", e);
    }
  }

  /** Names to measure: all kernels that run here, and {@code auto}. */
  private List<String> kernels() {
    List<String> names = new ArrayList<>(Kernels.all().stream().map(NonceKernel::name).toList());
    names.add(Kernels.AUTO);
    if (only == null) {
      return names;
    }
    if (!names.contains(only) && !Kernels.isDevice(only)) {
      throw new UsageException(
          "--kernel must be one of " + String.join(", ", names) + " on this JVM, got " + only);
    }
    return List.of(only);
  }

  private void print(Map<String, Row> measured, PrintWriter out) {
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
    return row.choice().isEmpty() ? fields : fields.with("choice", row.choice());
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
