package io.goldennonce.chain.table;

import static io.goldennonce.testing.Blocks.EASY;
import static io.goldennonce.testing.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BranchBlock;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.LogTree;
import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.testing.Chains;
import io.goldennonce.warehouse.Warehouse;
import io.goldennonce.warehouse.WarehouseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseChainTest {
  private static final Instant NOON = Instant.parse("2026-05-06T12:00:00Z");

  private final Path directory;
  private final CountingStorage storage;

  WarehouseChainTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.storage = new CountingStorage(Storage.at(directory.toString(), new Configuration(false)));
  }

  @Test
  void append_atAnyHeight_costsOneFileAndNoListing() {
    WarehouseChain chain = open();
    mine(chain, 3);
    storage.calls();
    mine(chain, 1);
    Map<String, Integer> calls = storage.calls();
    assertThat(calls).isEqualTo(Map.of("publish", 1, "read", 1));
    mine(chain, 100);
    storage.calls();
    mine(chain, 1);
    assertThat(storage.calls()).isEqualTo(calls);
  }

  /** Whoever mines, from whatever on: after a start, on another's block, on a branch. */
  @Test
  void append_anyBlock_hasTheRootOverTheHashesUpToIt() {
    WarehouseChain one = open();
    List<Block> all = new ArrayList<>(List.of(Chains.GENESIS));
    all.addAll(mine(one, 3));
    WarehouseChain other = open();
    all.addAll(mine(other, 2));
    one.look();
    all.addAll(mine(one, 1));
    Block stale = block(all.get(2).indexEntry(), "a branch", EASY, NOON);
    one.append(stale);

    LogTree tree = LogTree.of(all.stream().map(block -> block.hash().toBytes()).toList());
    for (int height = 0; height < all.size(); height++) {
      assertThat(root(all.get(height))).isEqualTo(tree.head(height + 1).root().toHex());
    }
    List<byte[]> branch = new ArrayList<>();
    all.subList(0, 3).forEach(block -> branch.add(block.hash().toBytes()));
    branch.add(stale.hash().toBytes());
    assertThat(root(stale)).isEqualTo(LogTree.of(branch).head().root().toHex());
  }

  /** A block must not be lost because of its root. */
  @Test
  void append_aBlockWhoseParentIsMissing_isSavedWithoutARoot() {
    WarehouseChain chain = open();
    Block lost = block(mine(chain, 1).get(0).indexEntry(), "lost", EASY, NOON);
    Block block = block(lost.indexEntry(), "next", EASY, NOON);
    chain.append(block);
    assertThat(root(block)).isNull();
  }

  private @Nullable String root(Block block) {
    BlockTable table = new BlockTable(warehouse());
    return table.with("hash", block.hash().toDisplay()).get(0).chainRoot();
  }

  @Test
  void look_whereNothingIsNew_isOnePassOverNames() {
    WarehouseChain chain = open();
    mine(chain, 20);
    storage.calls();
    chain.look();
    assertThat(storage.calls()).isEqualTo(Map.of("names", 1));
  }

  @Test
  void look_afterAnotherMinerAppended_readsTheNewestBlockOnly() {
    WarehouseChain chain = open();
    mine(chain, 5);
    List<Block> others = mine(open(), 4);
    storage.calls();
    assertThat(chain.look()).contains(others.get(3).indexEntry());
    assertThat(storage.calls()).isEqualTo(Map.of("names", 1, "list", 1, "read", 1));
  }

  @Test
  void block_allOfAChain_areReadOnceAndListedOnce() {
    List<Block> mined = mine(open(), 60);
    WarehouseChain chain = open();
    storage.calls();
    Hash256 hash = mined.get(59).hash();
    int blocks = 0;
    while (!hash.equals(Hash256.ZERO)) {
      BranchBlock block = chain.block(hash);
      hash = block.previousHash();
      blocks++;
    }
    assertThat(blocks).isEqualTo(61);
    assertThat(storage.calls()).isEqualTo(Map.of("list", 1, "read", 60));
  }

  /** The merged file is read a few times, whatever is in it. */
  @Test
  void open_aCompactedChain_costsTheSameHoweverLongItIs() {
    mine(open(), 10);
    warehouse().table(BlockTable.SCHEMA).compact(Duration.ZERO);
    storage.calls();
    open();
    Map<String, Integer> calls = storage.calls();
    mine(open(), 200);
    warehouse().table(BlockTable.SCHEMA).compact(Duration.ZERO);
    storage.calls();
    WarehouseChain chain = open();
    assertThat(storage.calls()).isEqualTo(calls);
    assertThat(chain.tip()).map(BlockIndexEntry::height).contains(210L);
  }

  /** As on S3 where a listing is retried while the miner finds a block. */
  @Test
  void tip_aLookThatBeganBeforeAnAppend_doesNotGoBack() throws Exception {
    mine(open(), 2);
    CountDownLatch listed = new CountDownLatch(1);
    CountDownLatch appended = new CountDownLatch(1);
    boolean[] slow = {false};
    Storage slowly =
        new ForwardingStorage(storage) {
          @Override
          public List<String> names(String path) throws IOException {
            List<String> names = super.names(path);
            if (slow[0] && Thread.currentThread().getName().equals("slow")) {
              listed.countDown();
              try {
                appended.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
            return names;
          }
        };
    WarehouseChain chain = new WarehouseChain(new Warehouse(slowly), Chains.RULES);
    slow[0] = true;
    ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "slow"));
    try {
      Future<?> look = thread.submit(chain::look);
      listed.await();
      Block own = mine(chain, 1).get(0);
      appended.countDown();
      look.get();
      assertThat(chain.tip()).contains(own.indexEntry());
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void open_aBranchOfWhichABlockIsMissing_saysWhich() throws IOException {
    List<Block> mined = mine(open(), 5);
    Block lost = mined.get(1);
    Files.delete(directory.resolve("blocks/" + BlockTable.name(lost) + ".parquet"));
    assertThatThrownBy(this::open)
        .isInstanceOf(WarehouseException.class)
        .hasMessageStartingWith("block 2 " + lost.hash().toDisplay() + " is missing")
        .hasMessageContaining("after block 5 would not be on the chain");
  }

  private WarehouseChain open() {
    return new WarehouseChain(warehouse(), Chains.RULES);
  }

  private Warehouse warehouse() {
    return new Warehouse(storage);
  }

  private static List<Block> mine(WarehouseChain chain, int count) {
    List<Block> mined = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BlockIndexEntry tip = chain.tip().orElseThrow();
      Block block = block(tip, "block " + tip.height(), EASY, NOON.plusSeconds(tip.height()));
      chain.append(block);
      mined.add(block);
    }
    return mined;
  }
}
