package io.goldennonce.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A search for a nonce that is known, as full scans of the 2^32 nonces of {@code COMSM0010cloud}
 * have found it: small enough for a test, on a slow kernel so that there is time to disturb it.
 *
 * @param nonce the lowest at or above {@code skip} of this difficulty
 * @param skip where the search begins
 */
record Puzzle(int difficulty, long nonce, long skip) {
  /** One of a moment. */
  static final Puzzle SMALL = new Puzzle(18, 137_342, 0);

  /** One whose solution comes after the given number of positions. */
  static Puzzle after(long positions, Random random) {
    boolean hard = random.nextBoolean();
    long nonce = hard ? 43_983_181 : 30_074_393;
    return new Puzzle(hard ? 28 : 27, nonce, nonce - positions);
  }

  /** The command that solves it by itself, without a warehouse. */
  List<String> alone(String... more) {
    return Stream.concat(
            Stream.of("solve", "--format", "pow", "--data", "COMSM0010cloud", "--json"),
            Stream.concat(
                Stream.of("--difficulty", "" + difficulty, "--result", "lowest"), Stream.of(more)))
        .toList();
  }

  /** How many positions there are up to the solution, with it. */
  long work() {
    return nonce - skip + 1;
  }

  /** The command that solves it. */
  List<String> command(Path warehouse, Path status, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "solve",
                "--format",
                "pow",
                "--data",
                "COMSM0010cloud",
                "--difficulty",
                String.valueOf(difficulty),
                "--result",
                "lowest",
                "--skip",
                String.valueOf(skip),
                "--limit",
                String.valueOf(work() + 3_000_000),
                "--kernel",
                "message-digest",
                "--warehouse",
                warehouse.toString(),
                "--status",
                status.toString(),
                "--json",
                "--quiet",
                "-D",
                "search.range-time=250ms",
                "-D",
                "search.first-range=50000",
                "-D",
                "search.report-interval=100ms",
                "-D",
                "search.checkpoint-interval=500ms"));
    command.addAll(List.of(more));
    return command;
  }
}
