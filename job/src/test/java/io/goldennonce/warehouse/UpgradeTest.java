package io.goldennonce.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.ColumnType;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warehouses as version 0.1.0 left them, and such of later formats. */
class UpgradeTest {
  private static final TableSchema<Long> NUMBERS =
      TableSchema.<Long>named("t").required("n", ColumnType.LONG, number -> number);
  private static final TableSchema<Long> VERSIONS =
      TableSchema.<Long>versioned("v").required("n", ColumnType.LONG, number -> number);

  private final MemoryStorage storage = new MemoryStorage();

  UpgradeTest() {
    storage.put(Format.MARKER, new byte[0]);
  }

  private void file(String name, Long... numbers) {
    storage.publish("t/" + name + ".parquet", NUMBERS.write(Arrays.asList(numbers)));
    storage.put("t/." + name + ".parquet.crc", new byte[] {1});
  }

  private void damaged(String name, Long... numbers) {
    byte[] content = NUMBERS.write(Arrays.asList(numbers));
    Arrays.fill(content, 4, 36, (byte) 0);
    storage.publish("t/" + name + ".parquet", content);
  }

  private void note(String merged, String... replaced) {
    String names = String.join(".parquet\n", replaced) + ".parquet";
    storage.publish("t/_replaced-by-" + merged + ".parquet", names.getBytes(UTF_8));
  }

  private List<Long> upgradeAndRead() throws IOException {
    Warehouse.open("w", storage);
    assertThat(storage.read(Format.MARKER)).asString().isEqualTo("2\n");
    assertThat(storage.names("t")).allMatch(name -> name.matches("[a-z]\\w*\\.parquet"));
    return numbers();
  }

  private List<Long> numbers() {
    return new RecordTable<>(storage, NUMBERS)
        .read(row -> row.getLong("n")).stream().sorted().toList();
  }

  @Test
  void open_replacedFiles_goAndTheMergedOneStays() throws IOException {
    file("a", 1L);
    file("b", 2L);
    file("m", 1L, 2L);
    note("m", "a", "b");
    file("new", 3L);

    assertThat(upgradeAndRead()).containsExactly(1L, 2L, 3L);
    assertThat(storage.names("t")).containsExactly("m.parquet", "new.parquet");
  }

  @Test
  void open_noteWithoutItsFile_replacesNothing() throws IOException {
    file("a", 1L);
    note("m", "a", "b");

    assertThat(upgradeAndRead()).containsExactly(1L);
  }

  @Test
  void open_damagedMergedFileThatNobodyNeeds_goes() throws IOException {
    file("a", 1L);
    file("b", 2L);
    damaged("m", 1L, 2L);
    note("m", "a", "b");

    assertThat(upgradeAndRead()).containsExactly(1L, 2L);
    assertThat(storage.names("t")).containsExactly("a.parquet", "b.parquet");
  }

  @Test
  void open_damagedMergedFileOfWhichSomeAreGone_staysForWhoeverCanMendIt() throws IOException {
    file("a", 1L);
    damaged("m", 1L, 2L);
    note("m", "a", "b");

    assertThat(upgradeAndRead()).containsExactly(1L);
    assertThat(storage.names("t")).containsExactly("a.parquet", "m.parquet");
  }

  @Test
  void open_mergedAgain_lastFileStays() throws IOException {
    file("a", 1L);
    file("b", 2L);
    file("c", 3L);
    file("m1", 1L, 2L);
    file("m2", 1L, 2L, 3L);
    note("m1", "a", "b");
    note("m2", "m1", "c");

    assertThat(upgradeAndRead()).containsExactly(1L, 2L, 3L);
    assertThat(storage.names("t")).containsExactly("m2.parquet");
  }

  /** Its rows were read when they could be. */
  @Test
  void open_mergedAgainAndDamagedSince_lastFileStays() throws IOException {
    file("a", 1L);
    damaged("m1", 1L, 2L);
    file("m2", 1L, 2L, 3L);
    note("m1", "a", "b");
    note("m2", "m1", "c");

    assertThat(upgradeAndRead()).containsExactly(1L, 2L, 3L);
    assertThat(storage.names("t")).containsExactly("m2.parquet");
  }

  @Test
  void open_mergedTwiceAtOnce_oneStays() throws IOException {
    file("m1", 1L, 2L);
    file("m2", 1L, 2L);
    note("m1", "a", "b");
    note("m2", "a", "b");

    assertThat(upgradeAndRead()).containsExactly(1L, 2L);
  }

  @Test
  void open_mergedAtOnceAndOneHasMore_thatStays() throws IOException {
    file("m1", 1L, 2L);
    file("m2", 1L, 2L, 3L);
    file("m3", 2L, 3L);
    note("m1", "a", "b");
    note("m2", "a", "b", "c");
    note("m3", "b", "c");

    assertThat(upgradeAndRead()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void open_mergedAtOnceAndEachHasMore_isRefusedAndNothingIsLost() {
    file("a", 1L);
    file("b", 2L);
    file("m1", 1L, 2L);
    file("m2", 2L, 3L);
    note("m1", "a", "b");
    note("m2", "b", "c");
    List<String> before = storage.names("t");

    assertThatThrownBy(() -> Warehouse.open("w", storage))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "no row may be in two files, got some in both memory://t/m1.parquet and"
                + " memory://t/m2.parquet; if the files in the note of one are there, move it and"
                + " its note _replaced-by-… out of the warehouse");
    assertThat(storage.names("t")).isEqualTo(before);
  }

  @Test
  void open_mergedFileWithFewerRows_isRefusedAndNothingIsLost() {
    file("b", 2L);
    file("c", 3L);
    file("m", 2L);
    note("m", "a", "b", "c");
    List<String> before = storage.names("t");

    assertThatThrownBy(() -> Warehouse.open("w", storage))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "a merged file must have the rows of the files it replaces, 2, got 1 in"
                + " memory://t/m.parquet; move it and its note _replaced-by-m.parquet out of the"
                + " warehouse");
    assertThat(storage.names("t")).isEqualTo(before);
  }

  @Test
  void open_stoppedAtAnyStep_nextRunEndsIt() throws IOException {
    for (int stop = 0; ; stop++) {
      file("a", 1L);
      file("b", 2L);
      file("c", 3L);
      file("m1", 1L, 2L);
      file("m2", 1L, 2L, 3L);
      file("m3", 1L, 2L, 3L);
      note("m1", "a", "b");
      note("m2", "m1", "c");
      note("m3", "m1", "c");
      storage.put(Format.MARKER, new byte[0]);
      boolean ended = upgradeUntil(stop);
      assertThat(upgradeAndRead()).containsExactly(1L, 2L, 3L);
      storage.names("t").forEach(name -> storage.delete("t/" + name));
      if (ended) {
        assertThat(stop).isGreaterThan(10);
        return;
      }
    }
  }

  private boolean upgradeUntil(int stop) {
    int[] steps = {0};
    Storage stopping =
        new ForwardingStorage(storage) {
          private void step() throws IOException {
            if (steps[0]++ >= stop) {
              throw new IOException("stopped");
            }
          }

          @Override
          public void put(String path, byte[] content) throws IOException {
            step();
            super.put(path, content);
          }

          @Override
          public void delete(String path) throws IOException {
            step();
            super.delete(path);
          }
        };
    try {
      Warehouse.open("w", stopping);
      return true;
    } catch (IOException | WarehouseException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000002", "0000000002-v01234567", "2-judged"})
  void names_ofVersions_areUnderstood(String newest) throws IOException {
    String before = newest.endsWith("d") ? "1-pending" : "0000000001";
    storage.publish("v/k-" + before + ".parquet", VERSIONS.write(List.of(1L)));
    storage.publish("v/k-" + newest + ".parquet", VERSIONS.write(List.of(2L)));
    Warehouse warehouse = Warehouse.open("w", storage);
    RecordTable<Long> table = warehouse.table(VERSIONS);

    assertThat(table.read(row -> row.getLong("n"))).containsExactly(2L);
    table.saver("k", table.snapshot().version("k")).accept(List.of(3L));
    assertThat(table.read(row -> row.getLong("n"))).containsExactly(3L);
    table.compact(Duration.ZERO);
    assertThat(table.read(row -> row.getLong("n"))).containsExactly(3L);
  }

  @Test
  void open_blockThatWasStarted_hasItsTimeInItsName() throws IOException {
    storage.put("_pending/0a1b", new byte[0]);
    storage.put("_pending/0c-5-6", new byte[0]);
    long micros = storage.now("").getEpochSecond() * 1_000_000;

    Warehouse.open("w", storage);

    assertThat(storage.names("_pending")).containsExactly("0a1b-" + micros + "-0", "0c-5-6");
  }

  @Test
  void open_oldOneThatCannotBeWritten_saysWhoMustUpgradeIt() {
    Storage readOnly =
        new ForwardingStorage(storage) {
          @Override
          public void put(String path, byte[] content) throws IOException {
            throw new IOException("Permission denied");
          }
        };
    assertThatThrownBy(() -> Warehouse.open("w", readOnly))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "a warehouse of format 1 must be upgraded before it is read, which failed at w"
                + " (Permission denied); run compact once as a user who can write to it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3\n", "10\nsince 0.9.0\n"})
  void open_newerFormat_isRefused(String marker) {
    storage.put(Format.MARKER, marker.getBytes(UTF_8));
    assertThatThrownBy(() -> Warehouse.open("w", storage))
        .isInstanceOf(WarehouseException.class)
        .hasMessage(
            "the warehouse's format must be 2 or older, got %s in memory://_golden_nonce; use the program that made it or a later one, or choose another with --warehouse"
                .formatted(marker.lines().findFirst().orElseThrow()));
  }

  @Test
  void open_thisFormat_writesNothing() throws IOException {
    storage.put(Format.MARKER, Format.marker());
    Storage readOnly =
        new ForwardingStorage(storage) {
          @Override
          public void put(String path, byte[] content) throws IOException {
            throw new FileNotFoundException(path);
          }

          @Override
          public List<StoredFile> list(String directory) throws IOException {
            throw new FileNotFoundException(directory);
          }
        };
    assertThat(Warehouse.open("w", readOnly).location()).isEqualTo("memory:/");
  }
}
