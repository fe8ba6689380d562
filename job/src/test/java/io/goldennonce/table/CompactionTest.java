package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.parquet.ParquetFile;
import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir Path root = Path.of("set by JUnit");
  private Storage storage = new MemoryStorage();
  private Table table = new Table(storage, "t", false);

  @BeforeEach
  void open() throws IOException {
    storage = Storage.at(root.toString(), new Configuration(false));
    table = new Table(storage, "t", false);
  }

  private void append(long... numbers) throws IOException {
    for (long number : numbers) {
      table.append("row-" + number, Numbers.file(number));
    }
  }

  private List<Long> read() throws IOException {
    // A reader of its own, which has seen nothing before.
    return Numbers.read(storage, new Table(storage, "t", false));
  }

  private List<StoredFile> merged() throws IOException {
    return storage.list("t").stream().filter(file -> FileName.isMerged(file.name())).toList();
  }

  @Test
  void run_onSmallFiles_leavesOneWithAllRows() throws IOException {
    append(1, 2, 3, 4);

    Compaction.Result done = table.compaction(GRACE).run();

    assertThat(done).isEqualTo(new Compaction.Result(4, 1, 4, 0));
    assertThat(read()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(storage.list("t"))
        .extracting(StoredFile::name)
        .filteredOn(FileName::isData)
        .singleElement()
        .satisfies(name -> assertThat(name).startsWith("row-4-merged-"));
  }

  @Test
  void run_onNothing_doesNothing() throws IOException {
    assertThat(table.compaction(GRACE).run()).isEqualTo(new Compaction.Result(0, 0, 0, 0));
    append(1);
    assertThat(table.compaction(GRACE).run()).isEqualTo(new Compaction.Result(0, 1, 0, 0));
  }

  @Test
  void run_again_mergesMergedAndNewOnes() throws IOException {
    append(1, 2);
    table.compaction(GRACE).run();
    append(3, 4);
    table.compaction(GRACE).run();

    assertThat(read()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(merged()).hasSize(1);
  }

  @Test
  void run_onOtherColumns_mergesThoseThatAreAlike() throws IOException {
    append(1, 3);
    byte[] other =
        ParquetFile.write(
            MessageTypeParser.parseMessageType(
                "message spark_schema { required int64 n; optional int64 m; }"),
            Map.of(),
            List.<Object[]>of(new Object[] {2L, 5L}));
    table.append("row-2", other);
    table.append("row-4", other);

    table.compaction(GRACE).run();

    assertThat(merged()).hasSize(2);
    assertThat(read()).containsExactly(1L, 2L, 2L, 3L);
  }

  @Test
  void run_withADamagedFile_leavesItAndMergesTheRest() throws IOException {
    append(1, 2, 3);
    Files.write(root.resolve("t/row-2.parquet"), new byte[] {1, 2, 3});

    table.compaction(Duration.ZERO).run();

    assertThat(read()).containsExactly(1L, 3L);
    assertThat(storage.names("t")).contains("row-2.parquet");
  }

  @Test
  void run_twoAtOnce_eachRowCountsOnceDuringAndAfter() throws IOException {
    append(0, 1, 2, 3);
    Storage second =
        new ForwardingStorage(storage) {
          private boolean done;

          @Override
          public void publish(String path, byte[] content) throws IOException {
            if (!done) {
              done = true;
              new Table(storage, "t", false).compaction(GRACE).run();
              assertThat(CompactionTest.this.read()).containsExactly(0L, 1L, 2L, 3L);
            }
            super.publish(path, content);
            assertThat(CompactionTest.this.read()).containsExactly(0L, 1L, 2L, 3L);
          }
        };

    new Table(second, "t", false).compaction(GRACE).run();

    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
    table.compaction(Duration.ZERO).run();
    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(merged()).hasSize(1);
  }

  @Test
  void run_twoThatOverlapInPart_skipsTheDoubledRowsOfOne() throws IOException {
    append(1, 2, 3);
    Snapshot before = table.snapshot();
    append(4);
    // Holds 1 to 4 and retires them; then one that began before holds 1 to 3 again.
    table.compaction(GRACE).run();
    append(5);
    Table late = new Table(storage, "t", false);
    late.compaction(GRACE).merge(before);

    assertThat(merged()).hasSize(2);
    assertThat(read()).containsExactly(1L, 2L, 3L, 4L, 5L);
    late.compaction(GRACE).sweep();
    assertThat(merged()).hasSize(1);
    assertThat(read()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void run_mergedFileThatIsEmptyAfterAPowerCut_hidesAndDeletesNothing() throws IOException {
    append(0, 1, 2, 3);
    // Killed between the merged file and the retirement of the small ones.
    table.compaction(GRACE).merge(table.snapshot());
    Files.write(root.resolve(merged().get(0).path()), new byte[0]);

    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
    Compaction.Result next = new Table(storage, "t", false).compaction(Duration.ZERO).run();

    assertThat(next.rows()).isEqualTo(4);
    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void run_mergedFileWhoseRowsAreDamaged_hidesAndDeletesNothing() throws IOException {
    append(0, 1, 2, 3);
    table.compaction(GRACE).merge(table.snapshot());
    Path merged = root.resolve(merged().get(0).path());
    byte[] content = Files.readAllBytes(merged);
    content[content.length / 64] ^= 1;
    Files.write(merged, content);

    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
    new Table(storage, "t", false).compaction(Duration.ZERO).run();

    assertThat(storage.list("t")).extracting(StoredFile::name).contains("row-0.parquet");
    assertThat(read()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void run_storageThatStoresOtherBytes_failsAndRetiresNothing() throws IOException {
    append(1, 2);
    Storage lying =
        new ForwardingStorage(storage) {
          @Override
          public void publish(String path, byte[] content) throws IOException {
            byte[] other = content.clone();
            other[other.length / 64] ^= 1;
            super.publish(path, other);
          }
        };

    assertThatThrownBy(() -> new Table(lying, "t", false).compaction(GRACE).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reads otherwise");
    assertThat(read()).containsExactly(1L, 2L);
    assertThat(storage.names("t")).contains("row-1.parquet", "row-2.parquet");
  }

  @Test
  void run_afterOneThatWasKilledBeforeItRetired_endsItsWork() throws IOException {
    append(1, 2);
    table.compaction(GRACE).merge(table.snapshot());
    assertThat(storage.list("t")).hasSize(3);

    new Table(storage, "t", false).compaction(GRACE).run();

    assertThat(storage.list("t")).filteredOn(file -> FileName.isData(file.name())).hasSize(1);
    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void run_readerThatListedBefore_readsOn() throws IOException {
    append(1, 2);
    List<Part> listed = table.snapshot().parts();
    table.compaction(GRACE).run();

    for (Part part : listed) {
      try (ParquetFile file = StoredParquet.open(storage, part.file(), null)) {
        assertThat(file.readAll()).hasSize(1);
      }
    }
  }

  @Test
  void run_onVersions_keepsTheFallbackOfALiveKey() throws IOException {
    Table versioned = new Table(storage, "v", true);
    Versions key = versioned.versions("k", 0);
    key.save(Numbers.file(1));
    key.save(Numbers.file(2));
    versioned.compaction(GRACE).run();

    assertThat(storage.list("v")).filteredOn(file -> FileName.isData(file.name())).hasSize(2);
    versioned.versions("other", 0).save(Numbers.file(9));
    versioned.compaction(GRACE).run();

    assertThat(storage.list("v")).filteredOn(file -> FileName.isData(file.name())).hasSize(1);
    assertThat(Numbers.read(storage, new Table(storage, "v", true))).containsExactly(2L, 9L);
  }

  @Test
  void run_onVersionsThatAKilledWriterLeft_retiresThem() throws IOException {
    Table versioned = new Table(storage, "v", true);
    for (int version = 1; version <= 4; version++) {
      versioned.versions("k", version - 1).save(Numbers.file(version));
    }
    assertThat(storage.list("v")).hasSize(4);

    versioned.compaction(GRACE).run();

    assertThat(storage.list("v")).filteredOn(file -> FileName.isData(file.name())).hasSize(2);
    assertThat(Numbers.read(storage, versioned)).containsExactly(4L);
  }

  @Test
  void run_onManyRowsPerFile_keepsTheirOrder() throws IOException {
    table.append("a", Numbers.file(LongStream.range(0, 1000).toArray()));
    table.append("b", Numbers.file(LongStream.range(1000, 1500).toArray()));
    table.compaction(GRACE).run();

    try (ParquetFile file = StoredParquet.open(storage, merged().get(0), null)) {
      assertThat(file.readAll())
          .extracting(row -> row[0])
          .containsExactlyElementsOf(LongStream.range(0, 1500).mapToObj(n -> (Object) n).toList());
    }
  }
}
