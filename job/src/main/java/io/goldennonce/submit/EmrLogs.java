package io.goldennonce.submit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A driver's log in S3, where EMR brings it some minutes after the end.
 *
 * @param folder its URI
 * @param poll between two looks
 * @param longest how long to wait for a file
 */
record EmrLogs(String folder, Duration poll, Duration longest) {
  private static final int LINES = 20;
  private static final Pattern CODE = Pattern.compile("golden-nonce exit code (\\d{1,3})");

  /**
   * Prints the end of the log, and the driver's output.
   *
   * @return the program's exit code, if the log tells it
   */
  Optional<Integer> print(Processes processes) throws InterruptedException {
    try {
      Path file = Files.createTempFile("golden-nonce-log", ".gz");
      try {
        Optional<Integer> code = Optional.empty();
        if (fetch("stderr.gz", file)) {
          processes.say("--- the end of the driver's log (" + folder + "/stderr.gz)");
          code = printEnd(file, processes);
        } else {
          processes.say("no log at " + folder + "/stderr.gz within " + longest.toSeconds() + " s");
        }
        if (fetch("stdout.gz", file)) {
          try (InputStream in = open(file)) {
            in.transferTo(processes.out());
          }
          processes.out().flush();
        }
        return code;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw SubmitException.failure("the driver's log can't be read: " + e.getMessage());
    }
  }

  private boolean fetch(String name, Path to) throws InterruptedException {
    long start = System.nanoTime();
    List<String> copy =
        List.of("aws", "s3", "cp", "--only-show-errors", folder + "/" + name, to.toString());
    while (Processes.ask(copy, true).code() != 0) {
      if (System.nanoTime() - start >= longest.toNanos()) {
        return false;
      }
      Thread.sleep(poll.toMillis());
    }
    return true;
  }

  private static InputStream open(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }

  private static Optional<Integer> printEnd(Path file, Processes processes) throws IOException {
    Deque<String> end = new ArrayDeque<>();
    Optional<Integer> code = Optional.empty();
    try (BufferedReader log =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        end.addLast(line);
        if (end.size() > LINES) {
          end.removeFirst();
        }
        Matcher told = CODE.matcher(line);
        if (told.matches()) {
          code = Optional.of(Integer.valueOf(told.group(1)));
        }
      }
    }
    end.forEach(processes::say);
    return code;
  }
}
