package io.goldennonce.cli;

import io.goldennonce.cli.common.Interruption;
import java.util.List;

/**
 * Runs what an archive of loaded classes is made of: {@code scripts/submit.sh} starts it once, in
 * the background, so that later starts load from the archive.
 */
public final class ClassArchive {
  /** Between them they read, compute, group, sort and print as most queries do. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT height, hash, mined_at FROM chain WHERE height > 0 ORDER BY height LIMIT 3",
          "SELECT miner, count(*) AS n, avg(hashes) AS h FROM blocks b JOIN searches s"
              + " ON b.search_id = s.search_id GROUP BY miner ORDER BY n DESC");

  private ClassArchive() {}

  /**
   * Mines a block, and asks for it.
   *
   * @param arguments a directory for the warehouse, which is left behind
   */
  public static void main(String... arguments) {
    try {
      List<String> warehouse = List.of("--warehouse", arguments[0]);
      run(List.of("mine", "--data", "class archive", "--difficulty", "8"), warehouse);
      for (String query : QUERIES) {
        run(List.of("sql", query), warehouse);
        run(List.of("sql", "--json", query), warehouse);
      }
    } finally {
      Interruption.finished();
    }
  }

  private static void run(List<String> command, List<String> warehouse) {
    Main.run(
        java.util.stream.Stream.of(command, warehouse)
            .flatMap(List::stream)
            .toArray(String[]::new));
  }
}
