package io.goldennonce.search.ledger;

import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An interval of positions that were all tried.
 *
 * @param best the lowest hash among them, as evidence of the work; null if it was reported with
 *     earlier positions
 * @param solution the lowest position among them reported to meet the target; null if there is none
 * @param shares all shares among them
 * @param host the executor's host, or {@link #SEVERAL}
 * @param executor Spark's id of the executor, or {@link #SEVERAL}
 * @param kernel the kernel's name, or {@link #SEVERAL}
 * @param device the vendor's name of the device, or {@link #SEVERAL}; null for the CPU
 * @param firstAt when the first of them was reported
 * @param lastAt when the last of them was reported
 */
public record LedgerRow(
    NonceRange range,
    @Nullable LowestHash best,
    @Nullable Long solution,
    Shares shares,
    String host,
    String executor,
    String kernel,
    @Nullable String device,
    Instant firstAt,
    Instant lastAt) {

  /** Stands for different values in merged rows. */
  public static final String SEVERAL = "several";

  /** Whether both rows are the work of the same executor with the same kernel. */
  boolean isSameWorker(LedgerRow other) {
    return host.equals(other.host)
        && executor.equals(other.executor)
        && kernel.equals(other.kernel)
        && Objects.equals(device, other.device);
  }

  /** Returns the row restricted to a part of its range, with the lowest hash wherever that is. */
  LedgerRow part(NonceRange part) {
    return part(part, best);
  }

  /** Returns the row restricted to a part of its range, as if nothing else had been tried. */
  public LedgerRow only(NonceRange part) {
    return part(part, best != null && part.contains(best.position()) ? best : null);
  }

  private LedgerRow part(NonceRange part, @Nullable LowestHash lowest) {
    Long found = solution != null && part.contains(solution) ? solution : null;
    return new LedgerRow(
        part, lowest, found, shares.in(part), host, executor, kernel, device, firstAt, lastAt);
  }

  /** Merges this row with the one that starts at its end. */
  LedgerRow mergedWith(LedgerRow next) {
    return new LedgerRow(
        new NonceRange(range.from(), next.range.to()),
        LowestHash.of(best, next.best),
        solution != null ? solution : next.solution,
        shares.mergedWith(next.shares),
        same(host, next.host),
        same(executor, next.executor),
        same(kernel, next.kernel),
        Objects.equals(device, next.device) ? device : SEVERAL,
        firstAt.isBefore(next.firstAt) ? firstAt : next.firstAt,
        lastAt.isAfter(next.lastAt) ? lastAt : next.lastAt);
  }

  /** Returns the row with other shares. */
  LedgerRow with(Shares newShares) {
    return new LedgerRow(
        range, best, solution, newShares, host, executor, kernel, device, firstAt, lastAt);
  }

  private static String same(String a, String b) {
    return a.equals(b) ? a : SEVERAL;
  }

  /** Returns the time that rows took. Concurrent work counts once. */
  public static Duration timeOf(Collection<LedgerRow> rows) {
    List<LedgerRow> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(LedgerRow::firstAt));
    Duration time = Duration.ZERO;
    Instant reached = Instant.MIN;
    for (LedgerRow row : ordered) {
      Instant from = row.firstAt().isAfter(reached) ? row.firstAt() : reached;
      if (row.lastAt().isAfter(from)) {
        time = time.plus(Duration.between(from, row.lastAt()));
        reached = row.lastAt();
      }
    }
    return time;
  }
}
