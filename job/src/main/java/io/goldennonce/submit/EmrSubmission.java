package io.goldennonce.submit;

import static io.goldennonce.submit.EmrPlatform.aws;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A job on Amazon EMR: uploaded, submitted, followed to its end, and its output brought here. */
final class EmrSubmission implements Submission {
  private static final Set<String> ENDS =
      Set.of("COMPLETED", "SUCCESS", "FAILED", "CANCELLED", "INTERRUPTED");

  /** Exit codes where the log does not have the program's. */
  private static final Map<String, Integer> CODES =
      Map.of("COMPLETED", 0, "SUCCESS", 0, "CANCELLED", 130, "INTERRUPTED", 130);

  private static final Pattern CODE = Pattern.compile("golden-nonce exit code (\\d{1,3})");
  private static final int MOST_FAILURES = 5;
  private static final int LOG_LINES = 20;

  private final EmrJob job;
  private final EmrPlatform platform;
  private final Duration poll;
  private final Duration logWait;
  private volatile boolean stopping;
  private volatile @Nullable String id;

  EmrSubmission(SubmitArguments arguments, Installation installation, String run) {
    job = EmrJob.of(arguments, installation, run);
    platform = EmrPlatform.of(arguments, job);
    poll = seconds(installation, "GOLDEN_NONCE_POLL", "15");
    logWait = seconds(installation, "GOLDEN_NONCE_LOG_WAIT", "420");
  }

  private static Duration seconds(Installation installation, String variable, String usual) {
    String text = installation.variable(variable).orElse(usual);
    try {
      return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text)));
    } catch (NumberFormatException e) {
      throw SubmitException.usage(variable + " must be seconds, got " + text);
    }
  }

  @Override
  public List<String> command() {
    return List.of();
  }

  @Override
  public int run(Processes processes) throws InterruptedException {
    for (Map.Entry<String, String> upload : job.uploads().entrySet()) {
      List<String> copy = aws("s3 cp --only-show-errors ? ?", upload.getValue(), upload.getKey());
      if (processes.ask(copy, "").code() != 0) {
        throw SubmitException.failure("the upload failed (see above)");
      }
    }
    try {
      return stopping ? Processes.STOPPED : submit(processes);
    } finally {
      // They may hold passwords: they do not stay in the bucket.
      for (String uri : job.configurations()) {
        if (processes.ask(aws("s3 rm --only-show-errors ?", uri), "").code() != 0) {
          processes.say("could not remove " + uri);
        }
      }
    }
  }

  private int submit(Processes processes) throws InterruptedException {
    Processes.Answer answer = processes.ask(platform.submission(), "ID");
    if (answer.code() != 0) {
      throw SubmitException.failure("EMR refused it (see above)");
    }
    String submitted = answer.text();
    id = submitted;
    if (stopping) {
      cancel(submitted, processes);
    }
    int usual = CODES.getOrDefault(follow(submitted, processes), SubmitException.FAILURE);
    // EMR answers s3n:// where s3:// was given.
    String root =
        platform.logRoot().isEmpty()
            ? ""
            : processes
                .ask(platform.logRoot(), "s3://LOGS")
                .text()
                .replaceFirst("^s3n:", "s3:")
                .replaceFirst("/$", "");
    return printLogs(root + platform.logFolder().replace("ID", submitted), usual, processes);
  }

  private static List<String> with(String submitted, List<String> call) {
    return call.stream().map(word -> word.equals("ID") ? submitted : word).toList();
  }

  /** Follows the job to its end; a state that can't be read is asked for again. */
  private String follow(String submitted, Processes processes) throws InterruptedException {
    String last = "";
    for (int failures = 0; failures < MOST_FAILURES; ) {
      Processes.Answer answer = processes.ask(with(submitted, platform.state()), "COMPLETED");
      failures = answer.code() == 0 ? 0 : failures + 1;
      if (answer.code() == 0 && !answer.text().equals(last)) {
        last = answer.text();
        processes.say(submitted + " " + last);
      }
      if (ENDS.contains(last)) {
        return last;
      }
      Thread.sleep(poll.toMillis());
    }
    throw SubmitException.failure(
        "could not read the state of " + submitted + "; it may still run");
  }

  /**
   * Prints the driver's output and the last lines of its log.
   *
   * @return the program's exit code; the usual one if the log does not have it
   */
  private int printLogs(String folder, int usual, Processes processes) throws InterruptedException {
    Deque<String> end = new ArrayDeque<>();
    int code = usual;
    try (InputStream log = fetch(folder + "/stderr.gz", processes);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        end.addLast(line);
        if (end.size() > LOG_LINES) {
          end.removeFirst();
        }
        Matcher exit = CODE.matcher(line);
        code = exit.matches() ? Integer.parseInt(exit.group(1)) : code;
      }
      end.forEach(processes::say);
      try (InputStream output = fetch(folder + "/stdout.gz", processes)) {
        output.transferTo(processes.out());
        processes.out().flush();
      }
      return code;
    } catch (IOException e) {
      throw SubmitException.failure("the driver's log can't be read: " + e.getMessage());
    }
  }

  /** A file that EMR brings to S3 some minutes after the end; empty if it does not. */
  private InputStream fetch(String uri, Processes processes)
      throws InterruptedException, IOException {
    long start = System.nanoTime();
    Processes.Answer answer = processes.tryToAsk(aws("s3 cp --only-show-errors ? -", uri));
    while (answer.code() != 0 && System.nanoTime() - start < logWait.toNanos()) {
      Thread.sleep(poll.toMillis());
      answer = processes.tryToAsk(aws("s3 cp --only-show-errors ? -", uri));
    }
    processes.say(
        answer.code() == 0
            ? "--- " + uri
            : "no log at " + uri + " within " + logWait.toSeconds() + " s");
    return answer.code() != 0 || answer.bytes().length == 0
        ? InputStream.nullInputStream()
        : new GZIPInputStream(new ByteArrayInputStream(answer.bytes()));
  }

  /** Asks the search to stop; it is followed to its end all the same. */
  @Override
  public void stop(Processes processes) throws InterruptedException {
    stopping = true;
    String submitted = id;
    if (submitted != null) {
      cancel(submitted, processes);
    }
  }

  private void cancel(String submitted, Processes processes) throws InterruptedException {
    processes.say("Asking the search to stop; it saves its state");
    if (processes.ask(with(submitted, platform.cancellation()), "").code() != 0) {
      processes.say("could not ask it");
    }
  }
}
