package io.goldennonce.cli;

import io.goldennonce.cli.common.Interruption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

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
    return withInput("", arguments);
  }

  /**
   * With a standard input.
   *
   * @param input what it holds
   */
  public static CliRun withInput(String input, String... arguments) {
    InputStream realIn = System.in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    int code;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      code = Main.run(arguments);
    } finally {
      System.setIn(realIn);
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
