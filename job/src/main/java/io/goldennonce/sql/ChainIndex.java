package io.goldennonce.sql;

import io.goldennonce.chain.BestChain;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.table.BlockTable;
import io.goldennonce.table.Part;
import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the rows that hold blocks on the branch with the most work. */
final class ChainIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ChainIndex.class);

  /** Up to this many files and bytes, reading them here is faster than starting a Spark job. */
  private static final int FEW_FILES = 200;

  private static final long FEW_BYTES = 256L << 20;

  private record Located(StoredFile file, long position, BlockIndexEntry entry)
      implements Serializable {}

  private ChainIndex() {}

  /** Positions of the rows on the chain, by file; files without any are left out. */
  static Map<StoredFile, BitSet> of(
      List<Part> parts, String location, Configuration hadoop, JavaSparkContext context)
      throws IOException {
    long bytes = parts.stream().mapToLong(part -> part.file().length()).sum();
    List<Located> blocks;
    if (parts.size() <= FEW_FILES && bytes <= FEW_BYTES) {
      blocks = located(Storage.at(location, hadoop), parts);
    } else {
      List<FileBundle> bundles =
          FileBundle.of(
              parts.stream().map(part -> new FileBundle.Item(part, Map.of())).toList(),
              context.defaultParallelism());
      SerializableConfiguration settings = new SerializableConfiguration(hadoop);
      blocks =
          context
              .parallelize(bundles, bundles.size())
              .flatMap(
                  bundle ->
                      located(
                              Storage.at(location, settings.value()),
                              bundle.items().stream().map(FileBundle.Item::part).toList())
                          .iterator())
              .collect();
    }
    Map<BlockIndexEntry, Located> located = new IdentityHashMap<>();
    blocks.forEach(block -> located.put(block.entry(), block));
    Map<StoredFile, BitSet> onChain = new HashMap<>();
    for (BlockIndexEntry entry : BestChain.of(located.keySet())) {
      Located block = Objects.requireNonNull(located.get(entry));
      onChain
          .computeIfAbsent(block.file(), file -> new BitSet())
          .set(Math.toIntExact(block.position()));
    }
    return onChain;
  }

  private static List<Located> located(Storage storage, List<Part> parts) throws IOException {
    Function<@Nullable Object[], StoredRow> rows = StoredRow.of(BlockTable.INDEX_COLUMNS);
    List<Located> located = new ArrayList<>();
    for (Part part : parts) {
      for (StoredParquet.Row row :
          StoredParquet.read(storage, part, Selection.of(BlockTable.INDEX_COLUMNS))) {
        try {
          BlockIndexEntry entry = BlockTable.indexEntry(rows.apply(row.values()));
          located.add(new Located(row.file(), row.position(), entry));
        } catch (InvalidRecordException | IllegalArgumentException e) {
          LOG.warn("a row of {} is left out: {}", row.file().path(), e.getMessage());
        }
      }
    }
    return located;
  }
}
