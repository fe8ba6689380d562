package io.goldennonce.sql;

import io.goldennonce.chain.BestChain;
import io.goldennonce.chain.BestChain.Link;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import io.goldennonce.table.Part;
import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.parquet.ParquetFile.Selection;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
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

/** Which rows of some parts hold blocks on the branch with the most work. */
final class ChainIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ChainIndex.class);

  private static final List<String> COLUMNS =
      List.of("hash", "previous_hash", "height", "chain_work", "mined_at");

  /** Fewer files than this, and fewer bytes, are read sooner here than a Spark job starts. */
  private static final int FEW_FILES = 200;

  private static final long FEW_BYTES = 256L << 20;

  private record Located(StoredFile file, long position, Link link) implements Serializable {}

  private ChainIndex() {}

  /**
   * The rows on the chain, by file; a file without any is left out. Few files are read here, many
   * in a Spark job.
   */
  static Map<StoredFile, RowSet> of(
      List<Part> parts, String location, Configuration hadoop, JavaSparkContext context)
      throws IOException {
    long bytes = parts.stream().mapToLong(part -> part.file().length()).sum();
    List<Located> blocks;
    if (parts.size() <= FEW_FILES && bytes <= FEW_BYTES) {
      blocks = links(Storage.at(location, hadoop), parts);
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
                      links(
                              Storage.at(location, settings.value()),
                              bundle.items().stream().map(FileBundle.Item::part).toList())
                          .iterator())
              .collect();
    }
    Map<Link, Located> located = new IdentityHashMap<>();
    blocks.forEach(block -> located.put(block.link(), block));
    Map<StoredFile, RowSet> onChain = new HashMap<>();
    for (Link link : BestChain.of(located.keySet())) {
      Located block = Objects.requireNonNull(located.get(link));
      onChain.computeIfAbsent(block.file(), file -> new RowSet()).add(block.position());
    }
    return onChain;
  }

  private static List<Located> links(Storage storage, List<Part> parts) throws IOException {
    Function<@Nullable Object[], StoredRow> rows = StoredRow.of(COLUMNS);
    List<Located> links = new ArrayList<>();
    for (Part part : parts) {
      for (StoredParquet.Row row : StoredParquet.read(storage, part, Selection.of(COLUMNS))) {
        try {
          Link link = link(rows.apply(row.values()));
          links.add(new Located(row.file(), row.position(), link));
        } catch (InvalidRecordException | IllegalArgumentException e) {
          LOG.warn("a row of {} is left out: {}", row.file().path(), e.getMessage());
        }
      }
    }
    return links;
  }

  private static Link link(StoredRow row) {
    return new Link(
        Hash256.ofDisplay(row.getString("hash")),
        Hash256.ofDisplay(row.getString("previous_hash")),
        row.getLong("height"),
        ChainWork.ofHex(row.getString("chain_work")),
        row.getInstant("mined_at"));
  }
}
