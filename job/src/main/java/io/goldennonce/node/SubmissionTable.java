package io.goldennonce.node;

import static io.goldennonce.table.parquet.ColumnType.BINARY;
import static io.goldennonce.table.parquet.ColumnType.LONG;
import static io.goldennonce.table.parquet.ColumnType.STRING;
import static io.goldennonce.table.parquet.ColumnType.TIMESTAMP;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.table.KeyedTable;
import io.goldennonce.table.RecordTable;
import io.goldennonce.table.parquet.StoredRow;
import io.goldennonce.table.parquet.TableSchema;
import io.goldennonce.work.remote.FindStore;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The table {@code submissions}: blocks found for Bitcoin nodes, and the nodes' verdicts. Each
 * block is saved before it is submitted, and again with the verdict.
 */
public final class SubmissionTable implements FindStore<Submission> {
  /** Its columns. A block is identified by {@code hash}. */
  public static final TableSchema<Submission> SCHEMA =
      TableSchema.<Submission>versioned("submissions")
          .required("network", STRING, submission -> submission.network().chain())
          .required("height", LONG, Submission::height)
          .required("hash", STRING, submission -> submission.header().hash().toDisplay())
          .required("header", BINARY, submission -> submission.header().toBytes())
          .required("block", STRING, Submission::block)
          .optional("work_id", STRING, Submission::workId)
          .required("search_id", STRING, Submission::searchId)
          .required("found_at", TIMESTAMP, Submission::foundAt)
          .required("verdict", STRING, submission -> submission.verdict().label())
          .optional("reason", STRING, Submission::reason);

  private final KeyedTable<Submission> table;

  /**
   * @param table opens the table at its first use
   */
  public SubmissionTable(Supplier<RecordTable<Submission>> table) {
    this.table =
        new KeyedTable<>(
            table,
            submission ->
                String.format(
                    Locale.ROOT,
                    "%010d-%s",
                    submission.height(),
                    submission.header().hash().toDisplay()),
            submission -> submission.verdict() != Verdict.PENDING);
  }

  @Override
  public void save(Submission submission) {
    table.save(submission);
  }

  @Override
  public List<Submission> pending() {
    return table.unsettled(SubmissionTable::submission, Submission::foundAt);
  }

  private static Submission submission(StoredRow row) {
    return new Submission(
        Network.of(row.getString("network")).orElseThrow(),
        row.getLong("height"),
        BlockHeader.parse(row.getBytes("header")),
        row.getString("block"),
        row.optional("work_id", StoredRow::getString).orElse(null),
        row.getString("search_id"),
        row.getInstant("found_at"),
        Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
        row.optional("reason", StoredRow::getString).orElse(null));
  }
}
