package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Any sequence of appends, saves, and steps of any number of compactions, each from any earlier
 * listing: a reader sees each row exactly once.
 */
class CompactionLawTest {
  /** A step is a number: what to do, and with which of what there is. */
  @Property(tries = 300)
  void table_underAnySteps_showsEachRowOnce(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 699) Integer> steps)
      throws IOException {
    Run run = new Run(false);
    for (int step : steps) {
      run.append(step);
    }
  }

  @Property(tries = 300)
  void versionedTable_underAnySteps_showsTheLatestOfEachKeyOnce(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 699) Integer> steps)
      throws IOException {
    Run run = new Run(true);
    for (int step : steps) {
      run.append(step);
    }
  }

  private static final class Run {
    private final Storage storage = new RetiringStorage();
    private final boolean versioned;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Set<String>> superseded = new ArrayList<>();
    private final Map<String, List<Long>> expected = new TreeMap<>();
    private final Map<String, Versions> writers = new TreeMap<>();
    private long next;

    Run(boolean versioned) {
      this.versioned = versioned;
    }

    void append(int step) throws IOException {
      int which = step / 7;
      switch (step % 7) {
        case 0, 1 -> write(which);
        case 2 -> snapshots.add(table().snapshot());
        case 3 -> {
          if (!snapshots.isEmpty()) {
            compaction().merge(snapshots.get(which % snapshots.size()));
          }
        }
        case 4 -> {
          if (!snapshots.isEmpty()) {
            Snapshot snapshot = snapshots.get(which % snapshots.size());
            superseded.add(compaction().superseded(snapshot));
          }
        }
        case 5 -> {
          if (!superseded.isEmpty()) {
            for (String path : superseded.get(which % superseded.size())) {
              storage.retire(path);
            }
          }
        }
        default -> compaction().run();
      }
      assertThat(Numbers.read(storage, table()))
          .containsExactlyElementsOf(
              expected.values().stream().flatMap(List::stream).sorted().toList());
    }

    private void write(int which) throws IOException {
      List<Long> rows = Stream.iterate(next, n -> n + 1).limit(which % 4).toList();
      next += rows.size();
      byte[] file = Numbers.file(rows.stream().mapToLong(Long::longValue).toArray());
      if (versioned) {
        String key = "key-" + which % 3;
        if (!writers.containsKey(key)) {
          writers.put(key, table().versions(key, 0));
        }
        writers.get(key).save(file);
        expected.put(key, rows);
      } else {
        String name = "rows-" + next + "-" + expected.size();
        table().append(name, file);
        expected.put(name, rows);
      }
    }

    private Table table() {
      return new Table(storage, "t", versioned);
    }

    private Compaction compaction() {
      return table().compaction(Duration.ZERO);
    }
  }

  /** Deletes at once what is retired, so that nothing is found that should be there no more. */
  private static final class RetiringStorage extends ForwardingStorage {
    RetiringStorage() {
      super(new MemoryStorage());
    }

    @Override
    public void retire(String path) throws IOException {
      delete(path);
    }
  }
}
