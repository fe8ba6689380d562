package io.goldennonce.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.cli.CliRun;
import io.goldennonce.cluster.SparkHome;
import io.goldennonce.cluster.Submission;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Mines a warehouse for the notebooks to look at: a chain whose difficulty changes, on which two
 * miners competed for a while, planned searches, and searches of every way to run one.
 */
final class ExampleWarehouse {
  private static final String MASTER = "spark.master";
  private static final String FASTEST = "superword";
  private static final int FOUND = 0;
  private static final int EXHAUSTED = 1;
  private static final int DEADLINE = 3;

  /**
   * How much there is.
   *
   * @param window blocks between two changes of the difficulty
   * @param blocks of a miner who is alone, before and after the other one comes
   * @param rivalBlocks that the other one finds
   * @param positions that a search for a rate tries, in the slowest case
   * @param hasCluster whether two executors search, too
   */
  record Size(int window, int blocks, int rivalBlocks, long positions, boolean hasCluster) {
    static final Size SMALL = new Size(6, 18, 10, 3_000_000, false);
    static final Size LARGE = new Size(24, 160, 60, 40_000_000, true);
  }

  private final Path directory;
  private final Size size;
  private final Instant genesis = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private ExampleWarehouse(Path directory, Size size) {
    this.directory = directory;
    this.size = size;
  }

  /**
   * Mines it.
   *
   * @param directory an empty one
   * @return the warehouse
   */
  static Path mine(Path directory, Size size) throws Exception {
    ExampleWarehouse example = new ExampleWarehouse(directory, size);
    example.alone();
    example.together();
    if (size.hasCluster()) {
      example.alone();
      example.onCluster();
    }
    example.rates();
    example.resumed();
    return example.warehouse();
  }

  private Path warehouse() {
    return directory.resolve("warehouse");
  }

  private void alone() {
    run("local[1]", FOUND, miner("alice", "--blocks", "" + size.blocks(), "--workers", "1"));
  }

  /** Each looks for the other one's blocks so seldom that some go stale. */
  private void together() throws Exception {
    Submission rival = submit("local[1]", miner("bob", "--blocks", "" + size.rivalBlocks()));
    while (rival.isAlive()) {
      run("local[1]", FOUND, miner("alice", "--blocks", "10"));
    }
    assertThat(rival.await().code()).isZero();
  }

  private List<String> miner(String name, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mine",
                "--data",
                "of " + name,
                "-D",
                "chain.miner=" + name,
                "-D",
                "chain.genesis-time=" + genesis,
                "-D",
                "chain.retarget-window=" + size.window(),
                "-D",
                "chain.block-interval=1s",
                "-D",
                "chain.tip-interval=500ms"));
    command.addAll(List.of(more));
    return command;
  }

  private void rates() {
    for (int slots : new int[] {1, 2}) {
      run("local[" + slots + "]", EXHAUSTED, rate("message-digest", slots, size.positions()));
      run("local[" + slots + "]", EXHAUSTED, rate(FASTEST, slots, 8 * size.positions()));
    }
  }

  private void onCluster() throws Exception {
    for (int i = 0; i < 2; i++) {
      Submission run =
          submit("local-cluster[2,1,1024]", rate(FASTEST, 20 + i, 8 * size.positions()));
      Submission.Ended ended = run.await();
      assertThat(ended.code()).as(ended.err()).isEqualTo(EXHAUSTED);
    }
  }

  private static List<String> rate(String kernel, int number, long positions) {
    return unsolvable("rate of " + kernel + " " + number, kernel, positions);
  }

  /** Started with one core and one kernel, ended with others. */
  private void resumed() {
    String data = "in two runs";
    List<String> begin = unsolvable(data, "message-digest", 8 * size.positions());
    begin.addAll(List.of("--timeout", size.hasCluster() ? "15s" : "2s"));
    run("local[1]", DEADLINE, begin);
    run("local[2]", EXHAUSTED, unsolvable(data, FASTEST, 8 * size.positions()));
  }

  /** A search that tries its whole keyspace. */
  private static List<String> unsolvable(String data, String kernel, long positions) {
    return new ArrayList<>(
        List.of(
            "solve",
            "--format",
            "pow",
            "--data",
            data,
            "--difficulty",
            "200",
            "--limit",
            "" + positions,
            "--kernel",
            kernel,
            "-D",
            "search.range-time=500ms"));
  }

  private Submission submit(String master, List<String> command) throws Exception {
    return Submission.start(
        SparkHome.embedded(),
        master,
        directory.resolve("processes"),
        List.of("--conf", "spark.ui.enabled=false", "--conf", "spark.executor.memory=512m"),
        here(command));
  }

  private void run(String master, int code, List<String> command) {
    System.setProperty(MASTER, master);
    try {
      CliRun run = CliRun.of(here(command).toArray(String[]::new));
      assertThat(run.code()).as(() -> command + ": " + run.err()).isEqualTo(code);
    } finally {
      System.clearProperty(MASTER);
    }
  }

  private List<String> here(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--quiet", "--json", "--warehouse", warehouse().toString()));
    return all;
  }
}
