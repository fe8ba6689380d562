package io.goldennonce.search.ledger;

import io.goldennonce.search.NonceRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a ledger: intervals that were tried, ascending and disjoint. Adjacent rows of the
 * same executor are merged; above {@link #MAX_ROWS}, so are those of different ones. Not
 * thread-safe.
 */
public final class LedgerRows {
  /** Above this number, adjacent rows of different executors are merged: a few MB of heap. */
  public static final int MAX_ROWS = 10_000;

  /**
   * Above this number of shares, the share target is made harder: 9 MB of heap, and of a file. The
   * count of half as many states the hashes of a search to 0.14 % (one standard deviation).
   */
  static final int MAX_SHARES = 1 << 20;

  /** Rows that would hold more shares than this are not merged. */
  static final int MAX_ROW_SHARES = 4096;

  /** By first position. */
  private final TreeMap<Long, LedgerRow> rows = new TreeMap<>();

  /** Leading zero bits of the shares in all rows; 0 while no report had a share target. */
  private int shareBits;

  /** The number of shares in all rows. */
  private int shares;

  /**
   * The number of rows above which to merge again. Concurrent tasks leave gaps that prevent
   * merging, and each merge visits all rows, so it is at least twice what the last one left.
   */
  private int mergeAbove = MAX_ROWS;

  LedgerRows() {}

  /** Adds the parts of a row that no other row covers. */
  void add(LedgerRow row) {
    raiseTo(row.shares().bits());
    LedgerRow raised = row.with(row.shares().raisedTo(shareBits));
    for (NonceRange part : missing(row.range())) {
      insert(raised.part(part));
    }
    while (shares > MAX_SHARES) {
      raiseTo(shareBits + 1);
    }
    if (rows.size() > mergeAbove) {
      mergeAll();
      mergeAbove = Math.max(MAX_ROWS, 2 * rows.size());
    }
  }

  /** Makes the share target of all rows as hard as this. */
  private void raiseTo(int bits) {
    if (bits > shareBits) {
      shareBits = bits;
      rows.replaceAll((from, row) -> row.with(row.shares().raisedTo(bits)));
      shares = rows.values().stream().mapToInt(row -> row.shares().size()).sum();
    }
  }

  private void insert(LedgerRow row) {
    LedgerRow merged = row;
    Map.Entry<Long, LedgerRow> left = rows.lowerEntry(merged.range().from());
    if (left != null && joins(left.getValue(), merged)) {
      remove(left.getKey());
      merged = left.getValue().mergedWith(merged);
    }
    LedgerRow right = rows.get(merged.range().to());
    if (right != null && joins(merged, right)) {
      remove(right.range().from());
      merged = merged.mergedWith(right);
    }
    put(merged);
  }

  private static boolean joins(LedgerRow left, LedgerRow right) {
    return left.isSameWorker(right) && fits(left, right);
  }

  /** Whether two rows can be merged: a row holds at most one solution, and not too many shares. */
  private static boolean fits(LedgerRow left, LedgerRow right) {
    return left.range().to() == right.range().from()
        && (left.solution() == null || right.solution() == null)
        && left.shares().size() + right.shares().size() <= MAX_ROW_SHARES;
  }

  private void mergeAll() {
    List<LedgerRow> old = List.copyOf(rows.values());
    rows.clear();
    LedgerRow last = old.get(0);
    for (LedgerRow row : old.subList(1, old.size())) {
      if (fits(last, row)) {
        last = last.mergedWith(row);
      } else {
        rows.put(last.range().from(), last);
        last = row;
      }
    }
    rows.put(last.range().from(), last);
  }

  /** Marks a range as not tried. Its hashes still count as computed. */
  void invalidate(NonceRange range) {
    for (LedgerRow row : List.copyOf(touching(range))) {
      remove(row.range().from());
      putPart(row, row.range().from(), range.from());
      putPart(row, range.to(), row.range().to());
    }
  }

  /** Returns the rows that overlap a range, ascending. */
  private Collection<LedgerRow> touching(NonceRange range) {
    Map.Entry<Long, LedgerRow> first = rows.floorEntry(range.from());
    boolean reaches = first != null && first.getValue().range().to() > range.from();
    long from = first != null && reaches ? first.getKey() : range.from();
    return range.isEmpty() ? List.of() : rows.subMap(from, range.to()).values();
  }

  private void putPart(LedgerRow row, long from, long to) {
    if (from < to) {
      put(row.part(new NonceRange(from, to)));
    }
  }

  private void put(LedgerRow row) {
    rows.put(row.range().from(), row);
    shares += row.shares().size();
  }

  private void remove(long from) {
    LedgerRow removed = rows.remove(from);
    shares -= removed == null ? 0 : removed.shares().size();
  }

  /** Returns the parts of a range that were not tried, ascending. */
  List<NonceRange> missing(NonceRange keyspace) {
    return keyspace.without(touching(keyspace).stream().map(LedgerRow::range).toList());
  }

  /** Returns the number of leading zero bits of the shares in all rows; 0 if there are none. */
  int shareBits() {
    return shareBits;
  }

  /** Returns the rows, ascending. */
  List<LedgerRow> all() {
    return List.copyOf(rows.values());
  }
}
