import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs what takes a night, one part after another, each as a Maven command of its own: simulated
 * schedules, rounds of chaos and of kills, and the benchmarks. A part that fails does not stop the
 * others. Writes a report in Markdown after each part, and ends with 1 if any part has failed.
 *
 * <p>Usage: {@code java Nightly.java ROOT MAVEN SCHEDULES ROUNDS HOURS BENCHMARKS}: the checkout,
 * the command, and what {@code -Dnightly.…} sets. HOURS limits each part; the BENCHMARKS are class
 * names with arguments, separated by semicolons. The report is ROOT/target/nightly.md, the output
 * of each part in ROOT/target/nightly.
 */
final class Nightly {
  /** What the tests print about a whole run. */
  private static final Pattern SUMMARY =
      Pattern.compile("(?:Simulation|ChaosIT|KilledProcessesIT): .*|.*Tests run: .* in .*");

  /** The lines of a benchmark that the report takes, from its end. */
  private static final int LINES = 25;

  private static final int FAILURES = 15;
  private static final int WIDTH = 200;

  private record Part(String name, boolean isTest, List<String> arguments) {
    String command() {
      return "mvn " + String.join(" ", arguments.stream().map(Nightly::quoted).toList());
    }
  }

  private record Result(
      Part part, Instant start, Duration time, int code, String load, Path log, List<String> lines) {
    boolean isFailure() {
      return code != 0;
    }
  }

  private final Path root;
  private final String maven;
  private final Duration limit;
  private final Path target;
  private final List<Result> results = new ArrayList<>();

  private Nightly(Path root, String maven, double hours) {
    this.root = root;
    this.maven = maven;
    this.limit = Duration.ofSeconds(Math.round(hours * 3600));
    this.target = root.resolve("target");
  }

  public static void main(String[] arguments) throws Exception {
    Nightly nightly =
        new Nightly(
            Path.of(arguments[0]).toRealPath(), arguments[1], Double.parseDouble(arguments[4]));
    List<Part> parts = parts(arguments[2], arguments[3], arguments[5]);
    for (Part part : parts) {
      nightly.run(part);
      nightly.report(parts.size());
    }
    long failures = nightly.results.stream().filter(Result::isFailure).count();
    System.out.printf(
        "nightly: %d of %d parts failed; see %s%n",
        failures, parts.size(), nightly.target.resolve("nightly.md"));
    System.exit(failures == 0 ? 0 : 1);
  }

  private static List<Part> parts(String schedules, String rounds, String benchmarks) {
    String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
    List<Part> parts = new ArrayList<>();
    parts.add(
        test(
            "simulated schedules",
            "surefire:test@default-test",
            "-Dtest=WarehouseSimulationTest",
            "-Dsimulation.schedules=" + schedules,
            "-Dsimulation.threads=" + processors));
    for (String name : List.of("ChaosIT", "KilledProcessesIT")) {
      parts.add(
          test(
              name.equals("ChaosIT") ? "chaos on a cluster" : "killed miners and compactions",
              "failsafe:integration-test",
              "failsafe:verify",
              "-Pfull",
              "-Dit.test=" + name,
              "-Dgolden.nonce.rounds=" + rounds,
              "-Dgolden.nonce.minutes=60"));
    }
    for (String benchmark : benchmarks.split(";")) {
      String program = benchmark.strip().replaceAll("\\s+", " ");
      if (!program.isEmpty()) {
        parts.add(
            new Part(
                program
                    .replace("org.openjdk.jmh.Main", "JMH")
                    .replaceFirst("^(?:-\\S+ )*(?:\\p{Ll}\\w*\\.)*", ""),
                false,
                List.of(
                    "-q",
                    "-pl",
                    "job",
                    "-Pjmh",
                    "test-compile",
                    "exec:exec@benchmark",
                    "-Dbench.args=" + program)));
      }
    }
    return parts;
  }

  private static Part test(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-pl", "job"));
    all.addAll(List.of(arguments));
    // Tests have a limit of minutes; a part has one of its own.
    all.add("-Djunit.jupiter.execution.timeout.mode=disabled");
    return new Part(name, true, all);
  }

  private void run(Part part) throws IOException, InterruptedException {
    Path log = Files.createDirectories(target.resolve("nightly")).resolve(logName());
    List<String> command = new ArrayList<>(List.of(maven, "-B", "-ntp", "-Dstyle.color=never"));
    command.addAll(part.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // A test without its prerequisite fails.
    builder.environment().put("CI", "true");
    String load = firstLine(Path.of("/proc/loadavg")).split(" ", 2)[0];
    Instant start = Instant.now();
    System.out.println("nightly: " + part.command());
    Process process = builder.start();
    boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    Duration time = Duration.between(start, Instant.now());
    // Maven resets the terminal's colors at its end, whatever it is told.
    List<String> lines =
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .filter(line -> !line.isBlank())
            .toList();
    results.add(
        new Result(part, start, time, ended ? process.exitValue() : -1, load, log, lines));
  }

  private String logName() {
    return String.format(Locale.ROOT, "%02d.log", results.size() + 1);
  }

  private void report(int parts) throws IOException, InterruptedException {
    try (PrintStream out =
        new PrintStream(target.resolve("nightly.md").toFile(), StandardCharsets.UTF_8)) {
      long failures = results.stream().filter(Result::isFailure).count();
      out.printf("# Nightly: %s%n%n", failures == 0 ? "passed" : failures + " failed");
      out.printf("%d of %d parts have run.%n%n", results.size(), parts);
      out.printf("| | |%n|---|---|%n");
      out.printf("| commit | %s |%n", commit());
      out.printf("| machine | %s |%n", machine());
      out.printf(
          "| JDK | %s, %s |%n",
          System.getProperty("java.vm.name"), System.getProperty("java.runtime.version"));
      out.printf("%n| part | result | time | started (UTC) | load at start |%n");
      out.printf("|---|---|---|---|---|%n");
      for (Result result : results) {
        out.printf(
            "| %s | %s | %s | %s | %s |%n",
            result.part().name(),
            outcome(result),
            text(result.time()),
            result.start().truncatedTo(ChronoUnit.SECONDS),
            result.load());
      }
      for (Result result : results) {
        out.printf("%n## %s%n%n    %s%n", result.part().name(), result.part().command());
        figures(result).forEach(line -> out.printf("%n    %s", line));
        out.println();
        if (result.isFailure()) {
          out.printf("%nErrors in `%s`:%n", root.relativize(result.log()));
          failures(result).forEach(line -> out.printf("%n    %s", line));
          out.println();
        }
      }
    }
  }

  private String outcome(Result result) {
    return switch (result.code()) {
      case 0 -> "passed";
      case -1 -> "**ended after its limit of " + text(limit) + "**";
      default -> "**failed**";
    };
  }

  private static List<String> figures(Result result) {
    List<String> lines = result.lines();
    if (result.part().isTest()) {
      List<String> all = lines.stream().filter(line -> SUMMARY.matcher(line).matches()).toList();
      // The first is the seed; the others count, and the last ones are of the whole.
      return IntStream.range(0, all.size())
          .filter(i -> i == 0 || i >= all.size() - 2)
          .mapToObj(all::get)
          .toList();
    }
    // JMH prints its table at the end, after the progress of hours.
    int from = lines.size() - Math.min(lines.size(), LINES);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("Benchmark ")) {
        from = i;
      }
    }
    return lines.subList(from, lines.size());
  }

  private static List<String> failures(Result result) {
    // Maven repeats itself, and prints command lines of pages.
    return result.lines().stream()
        .filter(line -> line.startsWith("[ERROR] "))
        .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
        .distinct()
        .limit(FAILURES)
        .toList();
  }

  private String commit() throws IOException, InterruptedException {
    String head = output("git", "rev-parse", "--short", "HEAD");
    return output("git", "status", "--porcelain").isEmpty() ? head : head + ", with changes";
  }

  private static String machine() throws IOException {
    String processor =
        lines(Path.of("/proc/cpuinfo"))
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.replaceFirst(".*: ", ""))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    String memory = firstLine(Path.of("/proc/meminfo")).replaceAll("\\D", "");
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s GiB, %s %s",
        processor,
        Runtime.getRuntime().availableProcessors(),
        memory.isEmpty() ? "unknown" : Math.round(Long.parseLong(memory) / 1048576.0),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }

  /** What a command prints, or nothing if it fails. */
  private String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? text.strip() : "";
  }

  private static String firstLine(Path file) throws IOException {
    return lines(file).findFirst().orElse("");
  }

  private static Stream<String> lines(Path file) throws IOException {
    return Files.isReadable(file) ? Files.readAllLines(file).stream() : Stream.empty();
  }

  private static String text(Duration time) {
    return time.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
  }

  private static String quoted(String word) {
    return word.contains(" ") ? "\"" + word + "\"" : word;
  }
}
