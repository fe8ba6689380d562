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
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
      description =
          "Number of threads that scan at once. With as many as this machine has processors, the"
              + " report ends with a line for conf/instances.conf, by which plan knows the machine.")
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
    UsageException.requireWithin(1, MAX_THREADS, "--threads", threads);
    UsageException.requireWithin(1, MAX_SECONDS, "--seconds", seconds);
    Map<String, BenchReport.Row> measured = new LinkedHashMap<>();
    for (String kernel : kernels()) {
      measured.put(kernel, only == null ? inFreshJvm(kernel) : here(kernel));
    }
    new BenchReport(threads, json).print(measured, common.out());
    Kernels.refusals().forEach(common.err()::println);
    return ExitCode.OK.code();
  }

  private BenchReport.Row here(String name) throws InterruptedException {
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    Duration time = Duration.ofSeconds(seconds);
    if (!name.equals(Kernels.AUTO) && !Kernels.isDevice(name)) {
      NonceKernel kernel =
          Kernels.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
      return new BenchReport.Row(KernelMeter.measure(kernel, header, threads, time), "");
    }
    long start = System.nanoTime();
    KernelSelection selection = Kernels.warm(name, header);
    if (!name.equals(Kernels.AUTO) && !selection.warnings().isEmpty()) {
      throw new UsageException(selection.warnings().get(0));
    }
    double warmUp = (System.nanoTime() - start) * 1e-9;
    KernelMeter.Measurement measured =
        KernelMeter.measure(selection.kernel(), header, threads, time);
    return new BenchReport.Row(
        new KernelMeter.Measurement(measured.rate(), warmUp),
        selection.kernel().name() + ": " + selection.reason());
  }

  /**
   * Measures a kernel in its own JVM, as a search would use it. In one JVM, kernels that share code
   * slow each other down up to a hundred times, as the JIT compiler optimizes for what it has seen.
   */
  private BenchReport.Row inFreshJvm(String kernel) throws InterruptedException {
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
      return new BenchReport.Row(
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
}
