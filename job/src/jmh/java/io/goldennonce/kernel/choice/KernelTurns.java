package io.goldennonce.kernel.choice;

import static io.goldennonce.kernel.HashFunction.SHA256;
import static io.goldennonce.kernel.HashFunction.SHA256D;
import static io.goldennonce.kernel.HashOrder.BIG_ENDIAN;

import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Compares kernels on a machine that others use as well: each runs in a JVM of its own, and they
 * take turns of 0.3 s, so that all meet the same disturbances. Run it on one core (taskset). Prints
 * each kernel's median rate, and the median, lowest and highest ratio to the first kernel's rate in
 * the same round.
 *
 * <p>Usage: {@code KernelTurns ROUNDS KERNEL:MESSAGE[:JAVA]…}, JAVA the path of another java
 * command; the JVM's own options are given to each JVM.
 */
public final class KernelTurns {
  private static final long TURN_NANOS = 300_000_000;
  private static final long WARM_UP_NANOS = 6_000_000_000L;

  private record Competitor(String name, BufferedReader in, PrintStream out) {
    double turn() throws IOException {
      out.println();
      out.flush();
      return Double.parseDouble(in.readLine());
    }
  }

  private KernelTurns() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("child")) {
      serve(arguments[1]);
      return;
    }
    int rounds = Integer.parseInt(arguments[0]);
    List<Competitor> competitors = new ArrayList<>();
    for (String name : List.of(arguments).subList(1, arguments.length)) {
      Competitor competitor = start(name);
      // One after the other, or their compilers would slow each other down.
      competitor.in().readLine();
      competitors.add(competitor);
    }
    double[][] rates = new double[competitors.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < rates.length; i++) {
        rates[i][round] = competitors.get(i).turn();
      }
    }
    for (int i = 0; i < rates.length; i++) {
      int index = i;
      double[] ratios =
          IntStream.range(0, rounds).mapToDouble(r -> rates[index][r] / rates[0][r]).toArray();
      Arrays.sort(ratios);
      Arrays.sort(rates[i]);
      System.out.printf(
          Locale.ROOT,
          "%-44s %6.2f MH/s  %.3f (%.3f to %.3f)%n",
          competitors.get(i).name(),
          rates[i][rounds / 2],
          ratios[rounds / 2],
          ratios[rounds / 10],
          ratios[rounds - 1 - rounds / 10]);
      competitors.get(i).out().close();
    }
  }

  private static Competitor start(String name) throws IOException {
    String[] parts = name.split(":");
    List<String> command = new ArrayList<>();
    command.add(
        parts.length > 2
            ? parts[2]
            : Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelTurns.class.getName(), "child", name));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Competitor(
        name,
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
        new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8));
  }

  private static void serve(String name) throws IOException {
    String[] parts = name.split(":");
    NonceTemplate template = template(parts[1]);
    NonceScanner scanner = kernel(parts[0], template).scanner(template);
    long at = template.encoding().width() == 4 ? 0 : 1_000_000_000_000L;
    for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP_NANOS; ) {
      scan(scanner, at);
    }
    System.out.println("ready");
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (turns.readLine() != null) {
      System.out.println(scan(scanner, at));
    }
  }

  /** The kernel of a name, or the one that {@code auto} comes to, once it has compared. */
  private static NonceKernel kernel(String name, NonceTemplate template) {
    return name.equals(Kernels.AUTO)
        ? Kernels.warm(name, template).kernel()
        : Kernels.all().stream()
            .filter(kernel -> kernel.name().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /** Scans for a turn, and gives millions of nonces per second of the thread's processor time. */
  private static double scan(NonceScanner scanner, long from) {
    long clock = System.nanoTime();
    long begin = ScanTiming.now();
    long end =
        scanner
            .scan(
                from,
                from + (1L << 32),
                new byte[32],
                () -> System.nanoTime() - clock > TURN_NANOS)
            .end();
    return (end - from) * 1e3 / (ScanTiming.now() - begin);
  }

  /**
   * A message such as {@code u32be-14-9}: encoding, and the lengths of prefix and suffix; {@code
   * -once} at its end hashes once.
   */
  private static NonceTemplate template(String message) {
    if (message.equals("header")) {
      return NonceTemplate.ofHeader(bytes(80));
    }
    String[] parts = message.split("-");
    NonceEncoding encoding =
        Arrays.stream(NonceEncoding.values())
            .filter(each -> each.name().replace("_", "").equalsIgnoreCase(parts[0]))
            .findFirst()
            .orElseThrow();
    return NonceTemplate.of(
        bytes(Integer.parseInt(parts[1])),
        bytes(Integer.parseInt(parts[2])),
        encoding,
        parts.length > 3 ? SHA256 : SHA256D,
        BIG_ENDIAN);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
