package io.goldennonce.scripts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * DuckDB on the files of a warehouse's tables, as anybody may read them who knows nothing of Golden
 * Nonce.
 */
final class ForeignReader implements AutoCloseable {
  /** The columns that make a row of a table one of its kind, as docs/sql.md has them. */
  static final Map<String, String> KEYS =
      new TreeMap<>(
          Map.of(
              "blocks", "hash",
              "searches", "search_id, started_at",
              "ranges", "search_id, run_id, \"from\"",
              "events", "time, kind, subject",
              "coins", "run_id, \"from\"",
              "submissions", "hash",
              "shares", "hash",
              "solutions", "service, work_id, \"timestamp\", nonce"));

  private static final int ATTEMPTS = 20;

  private final Path warehouse;
  private final Connection connection;
  private long reads;
  private long repeated;

  ForeignReader(Path warehouse) throws SQLException {
    this.warehouse = warehouse;
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Counts a table's rows by their key; 0 where it has no files yet. */
  long count(String table) throws SQLException {
    return withFiles(
        table,
        files ->
            "SELECT count(*) FROM (SELECT DISTINCT ON ("
                + KEYS.get(table)
                + ") * FROM "
                + files
                + ")",
        result -> {
          result.next();
          return result.getLong(1);
        },
        0L);
  }

  /** All hashes in the table of blocks. */
  Set<String> blocks() throws SQLException {
    return withFiles(
        "blocks",
        files -> "SELECT DISTINCT ON (hash) hash FROM " + files,
        result -> {
          Set<String> hashes = new HashSet<>();
          while (result.next()) {
            hashes.add(result.getString(1));
          }
          return hashes;
        },
        Set.of());
  }

  /** How many queries it has made, and how many it had to make again. */
  String summary() {
    return reads
        + " reads by DuckDB, "
        + repeated
        + " of them repeated since a file was merged meanwhile";
  }

  private interface Query {
    String over(String files);
  }

  private interface Answer<T> {
    T read(ResultSet result) throws SQLException;
  }

  /**
   * DuckDB lists the files, then opens each: one that a compaction has merged in between is gone,
   * which it reports as an error. The query is then made again.
   */
  private <T> T withFiles(String table, Query query, Answer<T> answer, T none) throws SQLException {
    Path directory = warehouse.resolve(table);
    if (!Files.isDirectory(directory)) {
      return none;
    }
    String files = "read_parquet('" + directory + "/*.parquet', union_by_name = true)";
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(query.over(files))) {
        reads++;
        return answer.read(result);
      } catch (SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No files found") && isEmpty(directory)) {
          return none;
        }
        if (!message.matches("(?s).*No (such file|files found).*") || attempt == ATTEMPTS) {
          throw new SQLException(query.over(files) + ": " + message, e);
        }
        repeated++;
      }
    }
  }

  private static boolean isEmpty(Path directory) {
    String[] files = directory.toFile().list((parent, name) -> name.endsWith(".parquet"));
    return files == null || files.length == 0;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
