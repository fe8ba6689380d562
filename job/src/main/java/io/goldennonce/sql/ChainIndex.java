package io.goldennonce.sql;

import io.goldennonce.chain.BestChain;
import io.goldennonce.chain.BestChain.Link;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Which of the blocks in some files are on the branch with the most work. */
final class ChainIndex {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "hash STRING NOT NULL, previous_hash STRING NOT NULL, height BIGINT NOT NULL,"
              + " chain_work STRING NOT NULL, mined_at TIMESTAMP NOT NULL");

  private record Located(String path, Link link) implements Serializable {}

  private ChainIndex() {}

  /**
   * The hashes on the chain, by file; a file without any is left out. Few files are read here, many
   * in a Spark job.
   */
  static Map<String, Set<String>> of(
      List<FileBundle> files, Configuration hadoop, JavaSparkContext context) {
    BundleReaderFactory readers =
        new BundleReaderFactory(new PlainRows(COLUMNS, false), List.of(), hadoop);
    List<Located> blocks =
        files.size() <= 1
            ? files.stream().flatMap(bundle -> links(readers, bundle).stream()).toList()
            : context
                .parallelize(files, files.size())
                .flatMap(bundle -> links(readers, bundle).iterator())
                .collect();
    Map<Link, String> paths = new IdentityHashMap<>();
    blocks.forEach(block -> paths.put(block.link(), block.path()));
    Map<String, Set<String>> onChain = new HashMap<>();
    for (Link link : BestChain.of(paths.keySet())) {
      onChain
          .computeIfAbsent(Objects.requireNonNull(paths.get(link)), path -> new HashSet<>())
          .add(link.hash().toDisplay());
    }
    return onChain;
  }

  private static List<Located> links(BundleReaderFactory readers, FileBundle bundle) {
    List<Located> links = new ArrayList<>();
    try (BundleReader reader = readers.reader(bundle)) {
      while (reader.next()) {
        links.add(new Located(reader.part().path(), link(reader.get())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return links;
  }

  private static Link link(InternalRow row) {
    return new Link(
        Hash256.ofDisplay(row.getString(0)),
        Hash256.ofDisplay(row.getString(1)),
        row.getLong(2),
        ChainWork.ofHex(row.getString(3)),
        Instant.EPOCH.plus(row.getLong(4), ChronoUnit.MICROS));
  }
}
