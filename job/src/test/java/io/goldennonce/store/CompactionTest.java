package io.goldennonce.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.StoredBlock;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Chains;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final Duration LONG = Duration.ofHours(1);

  private static final List<Block> CHAIN = Chains.chain(12, Blocks.EASY);

  private final Path directory;
  private final BlockTable table;

  CompactionTest(@TempDir Path directory) {
    this.directory = directory;
    this.table = new BlockTable(warehouse());
    CHAIN.forEach(table::append);
  }

  @Test
  void run_manyFiles_areOneWithTheSameBlocks() throws IOException {
    Compacted done = compact(LONG);
    assertThat(done).isEqualTo(new Compacted(13, 1, 13, 0));
    assertBlocks(CHAIN);
    assertThat(table.files()).hasSize(1);
    assertThat(table.tip()).contains(CHAIN.get(12).tip());
    assertThat(files()).as("the small ones stay a while").hasSize(15);

    assertThat(compact(Duration.ZERO)).isEqualTo(new Compacted(0, 1, 0, 13));
    assertThat(files()).hasSize(1);
    assertBlocks(CHAIN);
  }

  @Test
  void run_againAndAgainWithAppendsBetween_keepsAllAndNothingTwice() throws IOException {
    List<Block> all = new ArrayList<>(CHAIN);
    for (int i = 0; i < 4; i++) {
      compact(i == 2 ? Duration.ZERO : LONG);
      Block next =
          Chains.block(all.get(all.size() - 1).tip(), Blocks.EASY, 1L << 31, List.of(), "");
      table.append(next);
      all.add(next);
      assertBlocks(all);
    }
    compact(Duration.ZERO);
    assertBlocks(all);
    assertThat(files()).hasSize(1);
  }

  @Test
  void run_damagedFile_isLeftAsItIs() throws IOException {
    Path bad = directory.resolve("blocks/fffe-bad.parquet");
    Files.write(bad, new byte[100]);
    compact(Duration.ZERO);
    assertThat(bad).exists();
    assertThat(table.files()).hasSize(2);
    Files.delete(bad);
    assertBlocks(CHAIN);
  }

  @Test
  void run_noTable_doesNothing() {
    Warehouse empty = Warehouse.openOrCreate(directory + "/empty", new Configuration(false));
    try (Compactor compactor = Compactor.of(empty)) {
      assertThat(compactor.run("blocks", LONG)).isEqualTo(new Compacted(0, 0, 0, 0));
    }
  }

  @Test
  void of_anotherIsAtWork_isRefused() {
    try (Compactor first = Compactor.of(warehouse())) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> Compactor.of(warehouse()))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining("another process compacts");
    }
    compact(LONG);
  }

  /** Dies before each of its changes to the file system in turn; another ends what it began. */
  @Test
  void run_crashAtEachStep_losesAndDoublesNothing() throws IOException {
    boolean survived = false;
    int step = 0;
    for (; !survived; step++) {
      Path copy = directory.resolve("crash-" + step);
      Warehouse sound = Warehouse.openOrCreate(copy.toString(), new Configuration(false));
      BlockTable blocks = new BlockTable(sound);
      List<Block> chain = CHAIN.subList(0, 4);
      chain.forEach(blocks::append);
      try {
        Warehouse mortal = Warehouse.open("known://" + copy, mortal(step));
        mortal.table("blocks").compaction(Duration.ZERO).run(() -> {});
        survived = true;
      } catch (RuntimeException e) {
        assertThat(e).hasStackTraceContaining("crash");
      }
      assertBlocks(blocks, chain);
      assertThat(blocks.tip()).contains(chain.get(3).tip());
      sound.table("blocks").compaction(Duration.ZERO).run(() -> {});
      assertBlocks(blocks, chain);
      assertThat(files(copy.resolve("blocks"))).as("step %d", step).hasSize(1);
    }
    // A staging file, a note, a rename, a deletion of each small file, and of the note.
    assertThat(step).isGreaterThan(7);
  }

  @Test
  void run_whileAMinerAppendsAndAReaderReads_losesAndDoublesNothing() throws Exception {
    AtomicBoolean mined = new AtomicBoolean();
    List<Block> all = new ArrayList<>(CHAIN);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> miner =
          threads.submit(
              () -> {
                BlockTable own = new BlockTable(warehouse());
                for (int i = 0; i < 25; i++) {
                  Block next =
                      Chains.block(own.tip().orElseThrow(), Blocks.EASY, 1L << 31, List.of(), "");
                  own.append(next);
                  all.add(next);
                }
                mined.set(true);
                return null;
              });
      Future<?> reader =
          threads.submit(
              () -> {
                BlockTable own = new BlockTable(warehouse());
                while (!mined.get()) {
                  // Each block is built on the one before, so the newest tells how many there are.
                  long least = own.tip().orElseThrow().height();
                  List<StoredBlock> read = readPatiently(own);
                  assertThat(read).extracting(StoredBlock::hash).doesNotHaveDuplicates();
                  assertThat(read.size()).isGreaterThan((int) least);
                }
                return null;
              });
      while (!mined.get() && !miner.isDone()) {
        compact(Duration.ZERO);
      }
      miner.get();
      reader.get();
    } finally {
      threads.shutdownNow();
    }
    assertBlocks(all);
    compact(Duration.ZERO);
    assertBlocks(all);
    assertThat(files()).hasSize(1);
  }

  private Compacted compact(Duration grace) {
    try (Compactor compactor = Compactor.of(warehouse())) {
      return compactor.run("blocks", grace);
    }
  }

  private Warehouse warehouse() {
    return Warehouse.openOrCreate(directory.toString(), new Configuration(false));
  }

  private void assertBlocks(List<Block> blocks) throws IOException {
    assertBlocks(table, blocks);
  }

  private static void assertBlocks(BlockTable table, List<Block> blocks) throws IOException {
    assertThat(read(table))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(blocks.stream().map(Chains::stored).toList());
  }

  /** With no grace, what is listed may be deleted before it is read. */
  private static List<StoredBlock> readPatiently(BlockTable table) throws IOException {
    while (true) {
      try {
        return read(table);
      } catch (FileNotFoundException | NoSuchFileException e) {
        // The second from a local disk, where a file is opened once more to read parts of it.
        Thread.onSpinWait();
      }
    }
  }

  private static List<StoredBlock> read(BlockTable table) throws IOException {
    List<StoredBlock> blocks = new ArrayList<>();
    for (org.apache.hadoop.fs.Path file : table.files()) {
      table.forEachBlock(file, blocks::add);
    }
    return blocks;
  }

  private List<String> files() throws IOException {
    return files(directory.resolve("blocks"));
  }

  /** All files but check sums, hidden by a leading dot. */
  private static List<String> files(Path blocks) throws IOException {
    try (Stream<Path> entries = Files.list(blocks)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private static Configuration mortal(int changes) {
    Configuration conf = new Configuration(false);
    conf.setClass("fs.known.impl", MortalFileSystem.class, LocalFileSystem.class);
    conf.setBoolean("fs.known.impl.disable.cache", true);
    conf.setInt("mortal.changes", changes);
    return conf;
  }

  /** The local file system, until so many changes are made: then it makes no more. */
  public static final class MortalFileSystem extends BlockTableTest.KnownFileSystem {
    private int left;

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      super.initialize(name, conf);
      left = conf.getInt("mortal.changes", 0);
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      change();
      return super.create(
          file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      change();
      return super.rename(from, to);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path file, boolean recursive) throws IOException {
      change();
      return super.delete(file, recursive);
    }

    private void change() throws IOException {
      if (left-- <= 0) {
        throw new IOException("crash");
      }
    }
  }
}
