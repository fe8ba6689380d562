package io.goldennonce.search.ledger;

import static java.util.stream.Collectors.joining;

import io.goldennonce.pow.Target;
import io.goldennonce.proof.LogTree;
import io.goldennonce.search.LowestHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tree whose root commits to what a search has tried. Its first leaf is the search, the others
 * are the ledger's rows, those of an earlier run before those of a later one: so each run's tree
 * continues the one before. A leaf is a JSON array in UTF-8 without spaces, in which only quotes,
 * backslashes and control characters are escaped (docs/proof.md).
 */
public final class LedgerTree {
  /** The names of a row's values, in order: columns of the table {@code ranges}. */
  public static final List<String> COLUMNS =
      List.of(
          "from",
          "to",
          "best_hash",
          "best_position",
          "solution",
          "share_bits",
          "shares",
          "host",
          "executor",
          "kernel",
          "device",
          "first_at",
          "last_at");

  private LedgerTree() {}

  /**
   * The tree over a search and its rows.
   *
   * @param template the template's canonical text
   * @param rows of all runs, those of an earlier run first
   */
  public static LogTree of(String template, Target target, List<LedgerRow> rows) {
    Stream<String> search = Stream.of(array("\"search\"", quoted(template), quoted("" + target)));
    return LogTree.of(
        Stream.concat(search, rows.stream().map(LedgerTree::leaf))
            .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  /** A row as a leaf of the tree; times are in microseconds since 1970. */
  public static String leaf(LedgerRow row) {
    LowestHash best = row.best();
    return array(
        row.range().from(),
        row.range().to(),
        best == null ? null : quoted(best.hash().toDisplay()),
        best == null ? null : best.position(),
        row.solution(),
        row.shares().bits(),
        row.shares().positions().mapToObj(Long::toString).collect(joining(",", "[", "]")),
        quoted(row.host()),
        quoted(row.executor()),
        quoted(row.kernel()),
        row.device() == null ? null : quoted(row.device()),
        micros(row.firstAt()),
        micros(row.lastAt()));
  }

  private static String array(@Nullable Object... values) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (Object value : values) {
      array.add(String.valueOf(value));
    }
    return array.toString();
  }

  /** As the table has it. */
  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static String quoted(String text) {
    return text.chars().mapToObj(LedgerTree::escaped).collect(joining("", "\"", "\""));
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString((char) c);
    };
  }
}
