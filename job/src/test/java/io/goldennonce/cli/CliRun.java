package io.goldennonce.cli;

import io.goldennonce.cli.common.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import picocli.CommandLine.IFactory;

/**
 * What the program did in this process.
 *
 * @param code the exit code
 * @param out lines on standard output
 * @param err lines on standard error, without those of the log
 * @param log lines of the log
 */
public record CliRun(int code, List<String> out, List<String> err, List<String> log) {
  /** As src/test/resources/log4j2-test.properties writes them. */
  private static final Pattern LOG = Pattern.compile("\\d\\d:\\d\\d:\\d\\d [A-Z]+ .*");

  public static CliRun of(String... arguments) {
    return of(() -> Main.run(arguments));
  }

  /** With commands of the test's own. */
  static CliRun of(IFactory commands, String... arguments) {
    return of(() -> new Main().run(commands, arguments));
  }

  /** Names no type of picocli's: in the jar, against which integration tests run, it is another. */
  private static CliRun of(IntSupplier run) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    int code;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      code = run.getAsInt();
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
      // Else the test JVM's own end would be taken for an interruption of a search.
      Interruption.finished();
    }
    return new CliRun(code, lines(out), linesOfLog(err, false), linesOfLog(err, true));
  }

  private static List<String> linesOfLog(ByteArrayOutputStream bytes, boolean wanted) {
    return lines(bytes).stream().filter(line -> LOG.matcher(line).matches() == wanted).toList();
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
