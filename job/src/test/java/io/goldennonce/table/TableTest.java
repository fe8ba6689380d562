package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir Path root = Path.of("set by JUnit");
  private Storage storage = new MemoryStorage();

  @BeforeEach
  void open() throws IOException {
    storage = Storage.at(root.toString(), new Configuration(false));
  }

  @Test
  void snapshot_ofATableThatIsNotThere_isEmpty() throws IOException {
    assertThat(appended().snapshot().parts()).isEmpty();
  }

  @Test
  void append_ofSeveralFiles_isReadInOrderOfNames() throws IOException {
    Table table = appended();
    table.append("b", Numbers.file(2, 3));
    table.append("a", Numbers.file(1));

    assertThat(table.snapshot().parts())
        .extracting(part -> part.file().name())
        .containsExactly("a.parquet", "b.parquet");
    assertThat(read(table)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void append_sameOriginTwice_countsOnce() throws IOException {
    Table table = appended();
    table.append("a", Numbers.file(1));
    table.append("a", Numbers.file(1));

    assertThat(read(table)).containsExactly(1L);
  }

  @Test
  void append_sameOriginAfterItWasMerged_countsOnce() throws IOException {
    Table table = appended();
    table.append("a", Numbers.file(1));
    table.append("b", Numbers.file(2));
    compact(table);
    table.append("a", Numbers.file(1));

    assertThat(read(table)).containsExactly(1L, 2L);
    assertThat(read(appended())).containsExactly(1L, 2L);
  }

  @Test
  void append_nameThatIsNoFileName_isRefused() {
    assertThatThrownBy(() -> appended().append("../a", Numbers.file(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got ../a");
    String merged = "a-merged-" + "0".repeat(32);
    assertThatThrownBy(() -> appended().append(merged, Numbers.file(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versions_ofATableWithout_areRefused() {
    assertThatThrownBy(() -> appended().versions("k", 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void save_ofSeveralVersions_countsTheHighestAndKeepsTheOneBefore() throws IOException {
    Table table = versioned();
    Versions key = table.versions("k", 0);
    for (long i = 1; i <= 5; i++) {
      key.save(Numbers.file(i, 10 + i));
    }

    assertThat(read(table)).containsExactly(5L, 15L);
    assertThat(table.snapshot().version("k")).isEqualTo(5);
    assertThat(table.snapshot().version("other")).isZero();
    assertThat(storage.list("t")).hasSize(2);
  }

  @Test
  void save_ofTwoKeys_countsBoth() throws IOException {
    Table table = versioned();
    table.versions("k", 0).save(Numbers.file(1));
    table.versions("k-2", 0).save(Numbers.file(2));

    assertThat(read(table)).containsExactly(1L, 2L);
  }

  @Test
  void save_byALaterProcess_goesOnFromTheHighestVersion() throws IOException {
    versioned().versions("k", 0).save(Numbers.file(1));
    Table later = versioned();

    later.versions("k", later.snapshot().version("k")).save(Numbers.file(2));

    assertThat(read(later)).containsExactly(2L);
  }

  @Test
  void save_ofNoRows_makesTheKeyEmptyForGood() throws IOException {
    Table table = versioned();
    Versions key = table.versions("k", 0);
    key.save(Numbers.file(1));
    table.versions("other", 0).save(Numbers.file(2));
    key.save(Numbers.file());

    assertThat(read(table)).containsExactly(2L);
    compact(table);
    assertThat(read(table)).containsExactly(2L);
    assertThat(table.snapshot().version("k")).isEqualTo(2);
  }

  /** The ledger of a search whose newest checkpoint a power cut has emptied. */
  @Test
  void read_newestVersionEmpty_countsTheOneBefore() throws IOException {
    Table table = versioned();
    Versions key = table.versions("search-run", 0);
    key.save(Numbers.file(1_000_000));
    key.save(Numbers.file(1_000_100));
    Path newest = root.resolve(table.snapshot().parts().get(0).file().path());
    assertThat(newest.getFileName().toString()).startsWith("search-run-0000000002-");
    Files.write(newest, new byte[0]);

    assertThat(read(table)).containsExactly(1_000_000L);
  }

  @Test
  void read_allVersionsDamaged_countsNone() throws IOException {
    Table table = versioned();
    Versions key = table.versions("k", 0);
    key.save(Numbers.file(1));
    key.save(Numbers.file(2));
    for (StoredFile file : storage.list("t")) {
      Files.write(root.resolve(file.path()), new byte[] {1, 2, 3});
    }

    assertThat(read(table)).isEmpty();
  }

  @Test
  void read_aBitFlippedInARow_isDamage() throws IOException {
    Table table = versioned();
    Versions key = table.versions("k", 0);
    key.save(Numbers.file(1));
    key.save(Numbers.file(2));
    Path newest = root.resolve(table.snapshot().parts().get(0).file().path());
    byte[] content = Files.readAllBytes(newest);
    content[content.length / 8] ^= 4; // in the first page
    Files.write(newest, content);

    assertThat(read(table)).containsExactly(1L);
  }

  @Test
  void snapshot_newerVersionBesideAMergedOne_countsTheNewer() throws IOException {
    Table table = versioned();
    Versions key = table.versions("k", 0);
    key.save(Numbers.file(1));
    table.versions("other", 0).save(Numbers.file(7, 8));
    compact(table);
    key.save(Numbers.file(2));

    assertThat(read(table)).containsExactly(2L, 7L, 8L);
    Part merged =
        table.snapshot().parts().stream()
            .filter(part -> FileName.isMerged(part.file().name()))
            .findFirst()
            .orElseThrow();
    assertThat(merged.rows()).isEqualTo(BitSet.valueOf(new long[] {0b110}));
  }

  @Test
  void snapshot_storageThatFails_throwsAndCallsNothingDamaged() throws IOException {
    Table table = appended();
    table.append("a", Numbers.file(1));
    table.append("b", Numbers.file(2));
    compact(table);
    Storage failing =
        new ForwardingStorage(storage) {
          @Override
          public byte[] read(String path, long from, int length) throws IOException {
            throw new IOException("503 slow down");
          }
        };

    assertThatThrownBy(() -> new Table(failing, "t", false).snapshot())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503 slow down");
  }

  private Table appended() {
    return new Table(storage, "t", false);
  }

  private Table versioned() {
    return new Table(storage, "t", true);
  }

  private static void compact(Table table) throws IOException {
    table.compaction(Duration.ZERO).run();
  }

  private List<Long> read(Table table) throws IOException {
    return Numbers.read(storage, table);
  }
}
