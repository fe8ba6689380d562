package io.goldennonce.server;

import io.goldennonce.base.LatestMap;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockCheck;
import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.work.BlockHistory;
import io.goldennonce.work.BlockSearch;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Issues work on the block after the tip, each with its own extranonce, so that no two miners try
 * the same headers, and appends the first solution. Thread-safe.
 */
final class WorkIssuer {
  /** Accepted solutions to remember, as their miners may submit them again. */
  private static final int MAX_ACCEPTED = 10_000;

  private static final int ACCEPTED = 200;
  private static final int WRONG = 422;
  private static final int UNAVAILABLE = 503;

  private final ServerBackend backend;
  private final BlockTemplates templates;
  private final BlockHistory history;
  private final Clock clock;
  private final Consumer<String> report;
  private final WorkId.Sealer sealer = new WorkId.Sealer();
  private final Map<String, Accepted> accepted = new LatestMap<>(MAX_ACCEPTED);

  /** Starts at random, so that services that share a chain do not issue the same headers. */
  private long nextExtraNonce = (long) new SecureRandom().nextInt(1 << 30) << 8;

  /** An accepted solution. */
  private record Accepted(long nonce, long timestamp, long height, Hash256 hash) {}

  /**
   * @param report receives lines for the operator
   */
  WorkIssuer(ServerBackend backend, Clock clock, Consumer<String> report) {
    this.backend = backend;
    this.templates = new BlockTemplates(backend);
    this.history = new BlockHistory(backend.blocks(), backend.log());
    this.clock = clock;
    this.report = report;
  }

  /**
   * Issues work on the next block.
   *
   * @param known ETag of the miner's current work, if it has any
   */
  synchronized Reply offer(String miner, @Nullable String known) {
    Instant now = clock.instant();
    BlockTemplates.Numbered template = templates.current(now);
    @Nullable BlockIndexEntry parent = template.parent();
    Hash256 previous = parent == null ? Hash256.ZERO : parent.hash();
    String tag = '"' + previous.toDisplay() + '"';
    if (tag.equals(known)) {
      return new Reply(304, null, tag);
    }
    long last = lastTime(now);
    // A chain's clock never runs backwards, even where a machine's does.
    long time = Math.max(now.getEpochSecond(), parent == null ? 0 : parent.time());
    Optional<String> refusal = BlockCheck.whyNoneFollows(time, now);
    if (refusal.isPresent()) {
      return Reply.error(UNAVAILABLE, refusal.get());
    }
    WorkId id = new WorkId(template.number(), nextExtraNonce++, time, miner);
    BlockTemplate block = template.at(time, miner);
    BlockHeader header = block.header(id.extraNonce());
    return new Reply(
        200,
        Reply.object()
            .put("id", sealer.seal(id))
            .put("previous_hash", previous.toDisplay())
            .put("bits", header.bits().toString())
            .put("header", header.toHex())
            .put("max_timestamp", last)
            .put("height", block.height()),
        tag);
  }

  /** Judges a solution, and appends its block if it is the first. */
  synchronized Reply take(String id, long nonce, long timestamp) {
    @Nullable Accepted before = accepted.get(id);
    if (before != null && before.nonce() == nonce && before.timestamp() == timestamp) {
      return reply(before); // the answer was lost, and the solution is sent again
    }
    WorkId work = sealer.open(id).orElse(null);
    if (work == null) {
      return wrong("this service has no such work");
    }
    BlockTemplates.Numbered template = templates.get(work.template()).orElse(null);
    if (template == null) {
      return wrong("another block came first");
    }
    Instant now = clock.instant();
    long last = lastTime(now);
    if (timestamp < work.time() || timestamp > last) {
      return wrong(
          "the timestamp must be from %s to %s, got %s".formatted(work.time(), last, timestamp));
    }
    Block block;
    try {
      block = solve(template.at(timestamp, work.miner()), work.extraNonce(), nonce, now);
    } catch (IllegalArgumentException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
    // Only a valid solution is worth a listing of the storage.
    @Nullable BlockIndexEntry tip = backend.blocks().look().orElse(null);
    if (!isTip(block, tip)) {
      if (tip != null && !template.isOn(tip)) {
        return wrong("another block came first: " + tip.height() + " " + tip.hash().toDisplay());
      }
      append(block);
    }
    templates.refresh();
    Accepted solution = new Accepted(nonce, timestamp, block.height(), block.hash());
    accepted.put(id, solution);
    return reply(solution);
  }

  /** Number of transactions that wait for a block. */
  synchronized int waiting() {
    templates.current(clock.instant());
    return backend.waiting().getAsInt();
  }

  /** Lets the next work include the transactions added since. */
  synchronized void poolChanged() {
    templates.refresh();
  }

  /** Depends on the clock alone: a limit relative to the parent would advance with each block. */
  private static long lastTime(Instant now) {
    return now.getEpochSecond() + BlockCheck.MAX_AHEAD_SECONDS;
  }

  /** Appends a block. A failure after that, for example of the log, is not the miner's problem. */
  private void append(Block block) {
    try {
      history.append(block);
    } catch (RuntimeException e) {
      if (!isTip(block, backend.blocks().look().orElse(null))) {
        throw e;
      }
      report.accept("block " + block.height() + " is appended, but not logged: " + e);
    }
  }

  private static boolean isTip(Block block, @Nullable BlockIndexEntry tip) {
    return tip != null && tip.hash().equals(block.hash());
  }

  private static Block solve(BlockTemplate template, long extraNonce, long nonce, Instant now) {
    BlockSearch search = BlockSearch.finding(template, extraNonce);
    String searchId = SearchSpec.of(search, template.target(), ResultMode.ANY).id();
    return template.solve(extraNonce, nonce, searchId, now);
  }

  private static Reply reply(Accepted solution) {
    return Reply.of(
        ACCEPTED,
        Reply.object()
            .put("answer", "accepted")
            .put("height", solution.height())
            .put("hash", solution.hash().toDisplay()));
  }

  private static Reply wrong(String reason) {
    return Reply.answer(WRONG, "wrong", reason);
  }
}
