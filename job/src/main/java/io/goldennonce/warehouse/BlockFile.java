package io.goldennonce.warehouse;

import io.goldennonce.chain.StoredBlock;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Reads a file of the table {@code blocks} as it is, on whichever machine: nothing is left out and
 * nothing is believed.
 */
public final class BlockFile {
  private BlockFile() {}

  /**
   * Reads all rows.
   *
   * @param path the file
   * @param hadoop the application's Hadoop settings
   * @throws IOException if the file can't be read; rows before the damage have been given out
   * @throws RuntimeException if it is no Parquet, or lacks a column or a value
   */
  public static void read(String path, Configuration hadoop, Consumer<StoredBlock> reader)
      throws IOException {
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), new Path(path)).withConf(hadoop).build()) {
      for (Group row = rows.read(); row != null; row = rows.read()) {
        reader.accept(block(row));
      }
    }
  }

  static StoredBlock block(Group row) {
    return new StoredBlock(
        row.getLong("height", 0),
        row.getString("hash", 0),
        row.getString("previous_hash", 0),
        row.getString("merkle_root", 0),
        row.getInteger("version", 0),
        row.getLong("time", 0),
        row.getString("bits", 0),
        row.getLong("nonce", 0),
        row.getLong("extra_nonce", 0),
        row.getBinary("header", 0).getBytes(),
        row.getDouble("difficulty", 0),
        row.getString("chain_work", 0),
        payloads(row.getGroup("transactions", 0)),
        row.getString("miner", 0),
        row.getString("search_id", 0),
        Instant.EPOCH.plus(row.getLong("mined_at", 0), ChronoUnit.MICROS));
  }

  /** A list in Parquet is a repeated group with an element in it. */
  private static List<byte[]> payloads(Group list) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      payloads.add(list.getGroup(0, i).getBinary(0, 0).getBytes());
    }
    return payloads;
  }
}
