package io.goldennonce.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.kernel.Kernels;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the kernels on this machine, without Spark. */
@Command(
    name = "bench",
    description = "Measure every kernel on this machine: rate, warm-up, share of the best.",
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--kernel", paramLabel = "NAME", description = "Measure only this kernel.")
  private @Nullable String only;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Scan with so many threads at once.")
  private int threads = 1;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "6",
      description = "Measure each kernel for so long.")
  private int seconds = 6;

  @Option(names = "--json", description = "Print a JSON object a kernel.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1 || seconds < 1) {
      throw new UsageException(
          "--threads and --seconds must be 1 or more, got " + threads + " and " + seconds);
    }
    Map<String, KernelMeter.Measurement> measured = new LinkedHashMap<>();
    for (NonceKernel kernel : kernels()) {
      measured.put(kernel.name(), only == null ? inFreshJvm(kernel) : here(kernel));
    }
    print(measured, spec.commandLine().getOut());
    Kernels.refusals().forEach(spec.commandLine().getErr()::println);
    return ExitCode.OK.code();
  }

  private KernelMeter.Measurement here(NonceKernel kernel) throws InterruptedException {
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    return KernelMeter.measure(kernel, header, threads, Duration.ofSeconds(seconds));
  }

  /**
   * Measures a kernel in a JVM of its own, as a search would use it: kernels that share code slow
   * each other down a hundredfold, since a JVM compiles for what it has seen.
   */
  private KernelMeter.Measurement inFreshJvm(NonceKernel kernel) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", classPath(), "MineJob", "bench", "--json"));
    command.addAll(List.of("--kernel", kernel.name()));
    command.addAll(List.of("--threads", "" + threads, "--seconds", "" + seconds));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      JsonNode measured = new ObjectMapper().readTree(process.getInputStream());
      process.waitFor();
      return new KernelMeter.Measurement(
          measured.path("rate").asDouble(), measured.path("warm_up_seconds").asDouble());
    } catch (IOException e) {
      throw new UncheckedIOException("could not measure " + kernel.name() + ": " + e, e);
    }
  }

  /** What this JVM was started with, and our own jar, which spark-submit adds only later. */
  private static String classPath() {
    try {
      Path ours =
          Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return ours + File.pathSeparator + System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar has a path", e);
    }
  }

  private List<NonceKernel> kernels() {
    if (only != null && Kernels.isDevice(only)) {
      return List.of(deviceKernel(only));
    }
    List<NonceKernel> kernels =
        Kernels.all().stream()
            .filter(kernel -> only == null || kernel.name().equals(only))
            .toList();
    if (kernels.isEmpty()) {
      throw new UsageException(
          "--kernel must be one of "
              + String.join(", ", Kernels.all().stream().map(NonceKernel::name).toList())
              + " on this JVM, got "
              + only);
    }
    return kernels;
  }

  /** The kernel of a device, compiled and tested. */
  private static NonceKernel deviceKernel(String name) {
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    Kernels.choose(name, header).warnings().stream()
        .findFirst()
        .ifPresent(
            line -> {
              throw new UsageException(line);
            });
    NonceKernel kernel = Kernels.warm(name, header);
    if (!kernel.offloads()) {
      throw new UsageException("kernel " + name + " failed its self-test");
    }
    return kernel;
  }

  private void print(Map<String, KernelMeter.Measurement> measured, PrintWriter out) {
    double best =
        measured.values().stream().mapToDouble(KernelMeter.Measurement::rate).max().orElse(1);
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
        (name, measurement) -> {
          if (json) {
            out.println(fields(name, measurement, best).toJson());
          } else {
            out.printf(
                Locale.ROOT,
                "%-14s %6.2f  %5.1f %%  %5.1f s%n",
                name,
                measurement.rate() / 1e6,
                100 * measurement.rate() / best,
                measurement.warmUpSeconds());
          }
        });
  }

  private Fields fields(String name, KernelMeter.Measurement measurement, double best) {
    return new Fields()
        .with("kernel", name)
        .with("rate", Math.round(measurement.rate()))
        .with("share", measurement.rate() / best)
        .with("warm_up_seconds", measurement.warmUpSeconds())
        .with("threads", threads)
        .with("processor", processor())
        .with("jdk", System.getProperty("java.runtime.version"))
        .with("flags", flags());
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

  /** Linux tells; elsewhere the architecture must do. */
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
