package io.goldennonce.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables that version 0.1.0 has compacted. */
class LegacyNotesTest {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final MemoryStorage storage = new MemoryStorage();

  private List<Long> read() throws IOException {
    return Numbers.read(storage, new Table(storage, "t", false));
  }

  private void file(String name, long... numbers) {
    storage.publish("t/" + name + ".parquet", Numbers.file(numbers));
  }

  private void note(String merged, String... replaced) {
    String names = String.join(".parquet\n", replaced) + ".parquet";
    storage.publish("t/_replaced-by-" + merged + ".parquet", names.getBytes(UTF_8));
  }

  private Compacted compact() throws IOException {
    Compacted done = new Table(storage, "t", false).compaction(GRACE).run(() -> {});
    storage.pass(GRACE);
    return done;
  }

  @Test
  void read_replacedFiles_areHiddenByTheirNote() throws IOException {
    file("a", 1);
    file("b", 2);
    file("m", 1, 2);
    note("m", "a", "b");

    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void read_noteWithoutItsFile_hidesNothing() throws IOException {
    file("a", 1);
    note("m", "a", "b");

    assertThat(read()).containsExactly(1L);
  }

  @Test
  void read_noteOfADamagedFile_hidesNothing() throws IOException {
    file("a", 1);
    file("b", 2);
    storage.publish("t/m.parquet", new byte[0]);
    note("m", "a", "b");

    assertThat(read()).containsExactly(1L, 2L);
    compact();
    compact();
    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void read_filesMergedTwiceAtOnce_countOnceAlsoWhereTheyAreGone() throws IOException {
    file("m1", 1, 2);
    file("m2", 1, 2);
    note("m1", "a", "b");
    note("m2", "a", "b");

    assertThat(read()).containsExactly(1L, 2L);
    for (int i = 0; i < 4; i++) {
      compact();
      assertThat(read()).containsExactly(1L, 2L);
    }
    assertThat(storage.names("t")).containsExactly("_replaced-by-m1.parquet", "m1.parquet");
  }

  /** Two compactions had listed the table at different times. */
  @Test
  void read_filesOfWhichOneHasTheOthersRowsAndMore_countOnce() throws IOException {
    file("m1", 1, 2);
    file("m2", 1, 2, 3);
    note("m1", "a", "b");
    note("m2", "a", "b", "c");

    assertThat(read()).containsExactly(1L, 2L, 3L);
    compact();
    assertThat(read()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void read_rowsOfAMergedFileDamaged_areThoseOfTheFilesBefore() throws IOException {
    file("a", 1);
    file("b", 2);
    byte[] merged = Numbers.file(1, 2);
    merged[10] ^= 1;
    storage.publish("t/m.parquet", merged);
    note("m", "a", "b");

    assertThat(read()).containsExactly(1L, 2L);
    compact();
    compact();
    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void run_severalTimes_rewritesNotesAway() throws IOException {
    file("a", 1);
    file("b", 2);
    file("c", 3);
    file("m1", 1, 2);
    file("m2", 1, 2, 3);
    file("new", 4);
    note("m1", "a", "b");
    note("m2", "m1", "c");
    assertThat(read()).containsExactly(1L, 2L, 3L, 4L);

    for (int i = 0; i < 6; i++) {
      compact();
      assertThat(read()).containsExactly(1L, 2L, 3L, 4L);
    }

    assertThat(storage.names("t"))
        .filteredOn(name -> !name.equals("_sweep"))
        .singleElement()
        .satisfies(name -> assertThat(FileName.isMerged(name)).isTrue());
  }

  @Test
  void run_readerDuringIt_seesEachRowOnce() throws IOException {
    file("a", 1);
    file("b", 2);
    file("m", 1, 2);
    file("new", 3);
    note("m", "a", "b");
    Storage observed =
        new ForwardingStorage(storage) {
          @Override
          public void publish(String path, byte[] content) throws IOException {
            super.publish(path, content);
            assertThat(LegacyNotesTest.this.read()).containsExactly(1L, 2L, 3L);
          }

          @Override
          public void delete(String path) throws IOException {
            super.delete(path);
            assertThat(LegacyNotesTest.this.read()).containsExactly(1L, 2L, 3L);
          }
        };

    for (int i = 0; i < 5; i++) {
      new Table(observed, "t", false).compaction(GRACE).run(() -> {});
      storage.pass(GRACE);
    }

    assertThat(read()).containsExactly(1L, 2L, 3L);
  }
}
