package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How soon a fresh JVM has done its first quarter, half, 1, 2, 4 and 8 millions of nonces on all
 * processors, from its {@code main} on: the medians of many starts, kernels in turn.
 *
 * <p>Usage: {@code FirstNonces STARTS KERNEL…}; the JVM's own options are given to each start.
 */
public final class FirstNonces {
  private static final int PIECE = 1 << 12;
  private static final List<Integer> COUNTS =
      List.of(250_000, 500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000);

  private FirstNonces() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    long begin = System.nanoTime();
    int starts = Integer.parseInt(arguments[0]);
    if (starts == 0) {
      scan(arguments[1], begin);
      return;
    }
    Map<String, List<double[]>> times = new LinkedHashMap<>();
    for (int start = 0; start < starts; start++) {
      for (String kernel : List.of(arguments).subList(1, arguments.length)) {
        times.computeIfAbsent(kernel, name -> new ArrayList<>()).add(startJvm(kernel));
      }
    }
    System.out.println("milliseconds to " + COUNTS + " nonces");
    times.forEach(
        (kernel, all) -> {
          System.out.printf("%-16s", kernel);
          for (int i = 0; i < COUNTS.size(); i++) {
            int index = i;
            List<Double> column = new ArrayList<>(all.stream().map(row -> row[index]).toList());
            Collections.sort(column);
            System.out.printf(" %6.0f", column.get(column.size() / 2));
          }
          System.out.println();
        });
  }

  private static double[] startJvm(String kernel) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FirstNonces.class.getName(), "0", kernel));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return List.of(line.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
  }

  private static void scan(String kernel, long begin) throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    List<List<Double>> times = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long from = (long) i << 30;
      List<Double> reached = new ArrayList<>();
      times.add(reached);
      running.add(new Thread(() -> scan(kernel, from, threads, reached, begin)));
    }
    running.forEach(Thread::start);
    for (Thread thread : running) {
      thread.join();
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < COUNTS.size(); i++) {
      int index = i;
      line.append(times.stream().mapToDouble(each -> each.get(index)).max().orElseThrow());
      line.append(' ');
    }
    System.out.println(line);
  }

  private static void scan(
      String name, long from, int threads, List<Double> reached, long begin) {
    byte[] header = new byte[80];
    new Random(1).nextBytes(header);
    NonceTemplate template = NonceTemplate.ofHeader(header);
    NonceScanner scanner = Kernels.choose(name, template).kernel().scanner(template);
    long at = from;
    for (int count : COUNTS) {
      long end = from + count / threads;
      while (at < end) {
        at = scanner.scan(at, Math.min(end, at + PIECE), new byte[32], () -> false).end();
      }
      reached.add((System.nanoTime() - begin) / 1e6);
    }
  }
}
