package io.goldennonce.table;

import io.goldennonce.table.parquet.StoredRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A versioned table with one record per key, which is saved again until it is final. Thread-safe.
 *
 * @param <R> a record
 */
public final class KeyedTable<R> {
  private final Supplier<RecordTable<R>> supplier;
  private final Function<R, String> key;
  private final Predicate<R> isFinal;
  private final Map<String, Consumer<List<R>>> savers = new HashMap<>();
  private @Nullable RecordTable<R> table;
  private @Nullable Snapshot atStart;

  /**
   * @param table opens the table; asked for at the first use
   * @param key a record's key: letters, digits and {@code -}
   * @param isFinal whether a record won't be saved again
   */
  public KeyedTable(Supplier<RecordTable<R>> table, Function<R, String> key, Predicate<R> isFinal) {
    this.supplier = table;
    this.key = key;
    this.isFinal = isFinal;
  }

  /** Saves a record in place of the one with its key. Durable on return. */
  public synchronized void save(R entry) {
    RecordTable<R> opened = open();
    String name = key.apply(entry);
    int last = atStart == null ? 0 : atStart.version(name);
    savers.computeIfAbsent(name, any -> opened.saver(name, last)).accept(List.of(entry));
    if (isFinal.test(entry)) {
      savers.remove(name);
    }
  }

  /** The records that are not final, in the order of a value. */
  public synchronized <T extends Comparable<T>> List<R> unsettled(
      Function<StoredRow, R> reader, Function<R, T> order) {
    List<R> all = open().read(reader::apply);
    return all.stream().filter(Predicate.not(isFinal)).sorted(Comparator.comparing(order)).toList();
  }

  private RecordTable<R> open() {
    RecordTable<R> opened = table;
    if (opened == null) {
      opened = supplier.get();
      atStart = opened.snapshot();
      table = opened;
    }
    return opened;
  }
}
