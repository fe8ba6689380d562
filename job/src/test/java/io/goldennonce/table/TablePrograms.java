package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * What processes do with the tables of a warehouse: {@code events}, to which rows are appended, and
 * {@code ranges}, whose keys are saved again and again. Each method is a process of its own, which
 * knows nothing but the storage.
 */
final class TablePrograms {
  static final String EVENTS = "events";
  static final String RANGES = "ranges";

  /** Longer than a listing, reads and pauses of the simulation take together. */
  static final Duration GRACE = Duration.ofMinutes(10);

  private final World world;
  private final Scheduler scheduler;
  private final Expectations events = new Expectations();
  private final Expectations ranges = new Expectations();

  TablePrograms(World world) {
    this.world = world;
    this.scheduler = world.scheduler();
  }

  private Table events(Storage storage) {
    return new Table(storage, EVENTS, false);
  }

  private Table ranges(Storage storage) {
    return new Table(storage, RANGES, true);
  }

  /** Appends rows, a file each. */
  void append(String host, String prefix, int rows) {
    Table table = events(world.storage(host));
    for (int i = 0; i < rows; i++) {
      String row = prefix + i;
      byte[] file = TextRows.file(List.of(row));
      events.attempt(row);
      try {
        table.append(row, file);
        events.acknowledge(row);
      } catch (IOException e) {
        scheduler.note("failed", e.getMessage());
      }
    }
  }

  /** Saves a key some times, as a search does with its ledger at each checkpoint. */
  void save(String host, String key, int saves) throws IOException {
    Storage storage = world.storage(host);
    Table table = ranges(storage);
    Versions versions;
    try {
      versions = table.versions(key, table.snapshot().version(key));
    } catch (IOException e) {
      scheduler.note("failed", e.getMessage());
      return;
    }
    for (int i = 0; i < saves; i++) {
      int save = ranges.attemptSave(key);
      try {
        versions.save(TextRows.file(Expectations.rowsOf(key, save)));
        ranges.acknowledgeSave(key, save);
      } catch (IOException e) {
        scheduler.note("failed", e.getMessage());
      }
    }
  }

  /** Reads both tables some times. */
  void read(String host, int reads) throws IOException {
    Storage storage = world.storage(host);
    Table events = events(storage);
    Table ranges = ranges(storage);
    for (int i = 0; i < reads; i++) {
      check(storage, events, this.events);
      check(storage, ranges, this.ranges);
    }
  }

  private void check(Storage storage, Table table, Expectations expected) throws IOException {
    Expectations.Before before = expected.before();
    List<String> rows;
    try {
      rows = TextRows.read(storage, table);
    } catch (IOException e) {
      if (world.hasFaults()) {
        scheduler.note("failed", e.getMessage());
        return;
      }
      throw e;
    }
    scheduler.note("read", rows);
    expected.check(before, rows, 0);
  }

  /** Merges the files of both tables. */
  void compact(String host, int times) {
    Storage storage = world.storage(host);
    Table events = events(storage);
    Table ranges = ranges(storage);
    for (int i = 0; i < times; i++) {
      compact(events);
      compact(ranges);
    }
  }

  /** Merges again when the grace period is over: what was retired or superseded is deleted then. */
  void compactAndSweep(String host) {
    Storage storage = world.storage(host);
    Table events = events(storage);
    Table ranges = ranges(storage);
    for (int i = 0; i < 3; i++) {
      compact(events);
      compact(ranges);
      scheduler.sleep(2 * GRACE.toMillis());
    }
  }

  private void compact(Table table) {
    try {
      table.compaction(GRACE).run();
    } catch (IOException e) {
      scheduler.note("failed", e.getMessage());
    }
  }

  /** Damages the file of the newest save. */
  void damageNewestSave() throws IOException {
    Storage storage = world.storage("damage");
    world.damage(
        storage.list(RANGES).stream()
            .filter(file -> FileName.isData(file.name()))
            .max(Comparator.comparing(StoredFile::name))
            .orElseThrow());
  }

  /**
   * Checks what a new process sees.
   *
   * @param lost how many saves a key may fall back by, where files were damaged
   */
  void check(int lost) throws IOException {
    check(lost, false);
  }

  /** Checks after a loss of power: what is there now is there to stay, acknowledged or not. */
  void checkAndSettle(int lost) throws IOException {
    check(lost, true);
  }

  /** A reader that knows only Parquet sees the same rows, some of them more than once. */
  void checkForeign() throws IOException {
    Storage storage = world.storage("foreign");
    assertThat(new HashSet<>(TextRows.readForeign(storage, EVENTS)))
        .as("distinct rows of all files")
        .isEqualTo(new HashSet<>(TextRows.read(storage, events(storage))));
  }

  private void check(int lost, boolean settle) throws IOException {
    Storage storage = world.storage("after");
    for (Table table : List.of(events(storage), ranges(storage))) {
      Expectations expected = table.directory().equals(EVENTS) ? events : ranges;
      List<String> rows = TextRows.read(storage, table);
      scheduler.note("after", rows);
      expected.check(expected.before(), rows, lost);
      if (settle) {
        expected.settle(rows);
      }
    }
  }
}
