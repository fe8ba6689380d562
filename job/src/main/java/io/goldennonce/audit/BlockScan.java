package io.goldennonce.audit;

import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockFault;
import io.goldennonce.chain.ChainLink;
import io.goldennonce.chain.Genesis;
import io.goldennonce.chain.StoredBlock;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.warehouse.BlockFile;
import io.goldennonce.work.BlockSearch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Checks the blocks of one file, each by itself: what a task does. */
final class BlockScan {
  private final String path;
  private final Hash256 genesis;
  private final List<BlockFault> faults = new ArrayList<>();
  private final List<ChainLink> links = new ArrayList<>();
  private String greatestWork = "";

  private BlockScan(String path, Hash256 genesis) {
    this.path = path;
    this.genesis = genesis;
  }

  /**
   * What is in a file.
   *
   * @param gone whether the file is not there any more: the listing is old
   */
  record Result(List<BlockFault> faults, List<ChainLink> links, boolean gone)
      implements Serializable {}

  /**
   * Scans a file.
   *
   * @param genesis the hash of the block that no search has found
   */
  static Result of(String path, Configuration hadoop, Hash256 genesis) {
    return new BlockScan(path, genesis).scan(hadoop);
  }

  private Result scan(Configuration hadoop) {
    boolean gone = false;
    try {
      BlockFile.read(path, hadoop, this::check);
      String name = new Path(path).getName();
      if (!name.startsWith(greatestWork)) {
        fileFault("a name that begins with its greatest work, " + greatestWork, name);
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      // The second from a local disk, where a file is opened once more to read parts of it.
      gone = true;
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      fileFault("a Parquet file of blocks", path + ": " + reason.lines().findFirst().orElse(""));
    }
    return new Result(faults, links, gone);
  }

  private void check(StoredBlock block) {
    BlockCheck.Result result = BlockCheck.of(block);
    faults.addAll(result.faults());
    result.link().ifPresent(links::add);
    if (block.chainWork().compareTo(greatestWork) > 0) {
      greatestWork = block.chainWork();
    }
    result
        .template()
        .ifPresent(
            template -> {
              String hash = result.link().map(link -> link.hash().toDisplay()).orElse("");
              String id =
                  hash.equals(genesis.toDisplay())
                      ? Genesis.SEARCH_ID
                      : SearchSpec.of(
                              BlockSearch.finding(template, block.extraNonce()),
                              template.target(),
                              ResultMode.FIRST)
                          .id();
              if (!id.equals(block.searchId())) {
                faults.add(new BlockFault(block.height(), hash, "search_id", id, block.searchId()));
              }
            });
  }

  private void fileFault(String expected, String found) {
    faults.add(new BlockFault(null, "", "file", expected, found));
  }
}
