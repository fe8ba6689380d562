package io.goldennonce.scripts;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.node.SubmissionTable;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.puzzle.CoinCount;
import io.goldennonce.puzzle.wallet.CoinTable;
import io.goldennonce.search.NonceRange;
import io.goldennonce.service.ServiceSolution;
import io.goldennonce.service.SolutionTable;
import io.goldennonce.stratum.Share;
import io.goldennonce.stratum.ShareTable;
import io.goldennonce.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables that miners of the own chain leave empty, as sources of work and wallets do:
 * each solution, submission and share is saved and saved again with its verdict, coins are
 * appended.
 */
final class FindingsWriter implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final Warehouse warehouse;
  private final SolutionTable solutions;
  private final SubmissionTable submissions;
  private final ShareTable shares;
  private final Map<String, Long> saved = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "findings");
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  FindingsWriter(Path directory) {
    warehouse = Warehouse.open(directory.toString(), new Configuration());
    solutions = new SolutionTable(() -> warehouse.table(SolutionTable.SCHEMA));
    submissions = new SubmissionTable(() -> warehouse.table(SubmissionTable.SCHEMA));
    shares = new ShareTable(() -> warehouse.table(ShareTable.SCHEMA));
    thread.setDaemon(true);
    thread.start();
  }

  /** How many rows of each table were acknowledged. */
  Map<String, Long> saved() {
    if (failure != null) {
      throw new AssertionError("findings could not be saved", failure);
    }
    return Map.copyOf(saved);
  }

  private void run() {
    try {
      for (long number = 1; !closed; number++) {
        save(solution(number, ServiceSolution.Verdict.PENDING), number);
        save(solution(number, ServiceSolution.Verdict.ACCEPTED), number);
        save(submission(number, Submission.Verdict.PENDING), number);
        save(submission(number, Submission.Verdict.ACCEPTED), number);
        save(share(number, Share.Verdict.PENDING), number);
        save(share(number, Share.Verdict.ACCEPTED), number);
        coins(number);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private void save(ServiceSolution solution, long number) {
    solutions.save(solution);
    saved.put("solutions", number);
  }

  private void save(Submission submission, long number) {
    submissions.save(submission);
    saved.put("submissions", number);
  }

  private void save(Share share, long number) {
    shares.save(share);
    saved.put("shares", number);
  }

  private void coins(long number) {
    CoinCount count = new CoinCount(new NonceRange(number, number + 1), 1, hash(number));
    CoinTable.Entry entry = new CoinTable.Entry(count, "findings", "run", 1, Instant.now());
    warehouse.table(CoinTable.SCHEMA).append("coins-" + number, List.of(entry));
    saved.put("coins", number);
  }

  private static ServiceSolution solution(long number, ServiceSolution.Verdict verdict) {
    Instant now = Instant.now();
    return new ServiceSolution(
        "service", "work" + number, "00", 1, 1, hash(number), "search", now, verdict, null);
  }

  private static Submission submission(long number, Submission.Verdict verdict) {
    return new Submission(
        Network.REGTEST,
        number,
        header(number),
        "00",
        null,
        "search",
        Instant.now(),
        verdict,
        null);
  }

  private static Share share(long number, Share.Verdict verdict) {
    Instant now = Instant.now();
    return new Share(
        "pool",
        "worker",
        "job",
        "00",
        "01",
        null,
        header(number),
        1,
        false,
        "search",
        now,
        verdict,
        null);
  }

  private static BlockHeader header(long number) {
    return new BlockHeader(
        1, Hash256.ZERO, hash(number), number, CompactBits.ofHex("207fffff"), number);
  }

  private static Hash256 hash(long number) {
    return Hash256.sha256d(Long.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  /** Ends with a whole round, so that all tables have as many rows. */
  void stop() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
