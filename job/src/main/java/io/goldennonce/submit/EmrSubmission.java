package io.goldennonce.submit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job on Amazon EMR: uploaded, submitted, followed to its end, and its output brought here. */
final class EmrSubmission implements Submission {
  private static final Set<String> ENDS =
      Set.of("COMPLETED", "SUCCESS", "FAILED", "CANCELLED", "INTERRUPTED");

  /** Exit codes where the log does not tell the program's. */
  private static final Map<String, Integer> CODES =
      Map.of("COMPLETED", 0, "SUCCESS", 0, "CANCELLED", 130, "INTERRUPTED", 130);

  private static final int MOST_FAILURES = 5;

  private final EmrPlatform platform;
  private final EmrJob job;
  private final String jar;
  private final Duration poll;
  private final Duration logWait;
  private volatile boolean stopping;
  private volatile @Nullable String id;

  private EmrSubmission(EmrPlatform platform, EmrJob job, Installation installation) {
    this.platform = platform;
    this.job = job;
    this.jar = installation.jar().toString();
    this.poll = seconds(installation, "GOLDEN_NONCE_POLL", 15);
    this.logWait = seconds(installation, "GOLDEN_NONCE_LOG_WAIT", 420);
  }

  /**
   * Composes it.
   *
   * @param run names this run's folder
   */
  static EmrSubmission of(SubmitArguments arguments, Installation installation, String run) {
    EmrPlatform platform = EmrPlatform.of(arguments);
    if (arguments.own(SubmitArguments.JAR).isPresent()) {
      throw SubmitException.usage("--jar is not for --on, which uploads the jar itself");
    }
    String staging = arguments.staging().orElse("");
    if (!staging.matches("(?s)s3://.+")) {
      throw SubmitException.usage("--staging must be s3://BUCKET/PREFIX, got '" + staging + "'");
    }
    List<SparkOption> options = new ArrayList<>();
    arguments
        .own(SubmitArguments.GPUS)
        .ifPresent(gpus -> options.addAll(GpuOptions.of(gpus, "yarn", true, installation)));
    arguments.spark().stream()
        .filter(option -> !option.name().equals("--driver-java-options"))
        .filter(option -> !option.sets(SparkSettings.DRIVER_JVM))
        .filter(option -> !option.sets(SparkSettings.EXECUTOR_JVM))
        .forEach(options::add);
    return new EmrSubmission(
        platform,
        new EmrJob(
            staging,
            staging + "/runs/" + run,
            options,
            arguments
                .option("--driver-java-options")
                .or(() -> arguments.conf(SparkSettings.DRIVER_JVM))
                .orElse(""),
            arguments.conf(SparkSettings.EXECUTOR_JVM).orElse(""),
            ConfigurationFiles.of(arguments.program(), ConfigurationFiles::numbered)),
        installation);
  }

  private static Duration seconds(Installation installation, String variable, long usual) {
    String text = installation.variable(variable).orElse(Long.toString(usual));
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
  public Optional<String> note() {
    return Optional.empty();
  }

  private List<List<String>> uploads() {
    List<List<String>> calls = new ArrayList<>();
    calls.add(copy(jar, job.jar()));
    List<String> uploaded = job.uploaded();
    for (int i = 0; i < uploaded.size(); i++) {
      calls.add(copy(job.configurations().files().get(i), uploaded.get(i)));
    }
    return calls;
  }

  private static List<String> copy(String from, String to) {
    return List.of("s3", "cp", "--only-show-errors", from, to);
  }

  private static List<String> remove(String uri) {
    return List.of("s3", "rm", "--only-show-errors", uri);
  }

  @Override
  public void show(PrintStream out) {
    String shownId = "ID";
    String logs = platform.logs(shownId, job, "s3://LOGS");
    Stream.of(
            uploads().stream(),
            Stream.of(platform.submission(job), platform.state(shownId)),
            job.uploaded().stream().map(EmrSubmission::remove),
            platform.whereLogsAre().stream(),
            Stream.of(copy(logs + "/stderr.gz", "-"), copy(logs + "/stdout.gz", "-")))
        .flatMap(calls -> calls)
        .forEach(call -> out.println(ShellWords.line(aws(call))));
  }

  private static List<String> aws(List<String> call) {
    return Stream.concat(Stream.of("aws"), call.stream()).toList();
  }

  @Override
  public int run(Processes processes) throws InterruptedException {
    List<String> submission = platform.submission(job);
    for (List<String> upload : uploads()) {
      if (Processes.ask(aws(upload), false).code() != 0) {
        throw SubmitException.failure("the upload failed (see above)");
      }
    }
    try {
      return stopping ? Processes.STOPPED : submit(submission, processes);
    } finally {
      // They may hold passwords: they do not stay in the bucket.
      for (String uri : job.uploaded()) {
        if (Processes.ask(aws(remove(uri)), false).code() != 0) {
          processes.say("could not remove " + uri);
        }
      }
    }
  }

  private int submit(List<String> submission, Processes processes) throws InterruptedException {
    Processes.Said said = Processes.ask(aws(submission), false);
    if (said.code() != 0) {
      throw SubmitException.failure("EMR refused it (see above)");
    }
    id = said.out();
    if (stopping) {
      cancel(said.out(), processes);
    }
    String end = follow(said.out(), processes);
    EmrLogs logs = new EmrLogs(logs(said.out()), poll, logWait);
    return logs.print(processes).orElse(CODES.getOrDefault(end, SubmitException.FAILURE));
  }

  /** Follows until the state is one of an end; a look that fails is tried again. */
  private String follow(String submitted, Processes processes) throws InterruptedException {
    String last = "";
    int failures = 0;
    while (true) {
      Processes.Said said = Processes.ask(aws(platform.state(submitted)), false);
      failures = said.code() == 0 ? 0 : failures + 1;
      if (failures == MOST_FAILURES) {
        throw SubmitException.failure(
            "could not read the state of " + submitted + "; it may still run");
      }
      if (said.code() == 0 && !said.out().equals(last)) {
        last = said.out();
        processes.say(submitted + " " + last);
      }
      if (said.code() == 0 && ENDS.contains(last)) {
        return last;
      }
      Thread.sleep(poll.toMillis());
    }
  }

  private String logs(String submitted) throws InterruptedException {
    Optional<List<String>> question = platform.whereLogsAre();
    String answer = question.isEmpty() ? "" : Processes.ask(aws(question.get()), false).out();
    return platform.logs(submitted, job, answer);
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
    processes.say("Asking the search to stop; it keeps its state");
    if (Processes.ask(aws(platform.cancellation(submitted)), false).code() != 0) {
      processes.say("could not ask it");
    }
  }
}
