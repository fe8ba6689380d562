package io.goldennonce.server;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.ChainTip;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.work.BlockHistory;
import io.goldennonce.work.BlockSearch;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the block after the tip, to each who asks with an extra nonce of its own, so that no
 * two try the same headers, and appends the first solution.
 */
final class BlockDesk {
  /** How far a block's time may be ahead of the clock, as {@code verify} has it. */
  private static final long MAX_AHEAD_SECONDS = 7200;

  /** Who asks for so many without a solution has forgotten the first of them. */
  private static final int MAX_OFFERS = 50_000;

  private static final int ACCEPTED = 200;
  private static final int WRONG = 422;

  private final BlockStore blocks;
  private final Function<@Nullable ChainTip, List<Transaction>> contents;
  private final CompactBits bits;
  private final BlockHistory history;
  private final Clock clock;
  private final String instance = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, Offered> offers = bounded();
  private final Map<String, Taken> taken = bounded();
  private long offered;

  /** A block to be, as one miner knows it. */
  private record Offered(
      @Nullable ChainTip parent,
      List<Transaction> transactions,
      CompactBits bits,
      String miner,
      long extraNonce,
      long time) {
    BlockTemplate at(long timestamp) {
      return BlockTemplate.of(parent, transactions, bits, timestamp, miner);
    }
  }

  /** A solution that was accepted. */
  private record Taken(long nonce, long timestamp, long height, Hash256 hash) {}

  /**
   * @param contents the transactions of the block after a parent
   * @param bits the target of each block, where the chain's rules don't give it
   * @param log keeps what happens to the chain
   */
  BlockDesk(
      BlockStore blocks,
      Function<@Nullable ChainTip, List<Transaction>> contents,
      CompactBits bits,
      EventLog log,
      Clock clock) {
    this.blocks = blocks;
    this.contents = contents;
    this.bits = bits;
    this.history = new BlockHistory(blocks, log);
    this.clock = clock;
  }

  /**
   * The next block.
   *
   * @param miner who shall have mined it
   * @param known the tag of what the miner has, if it has any
   */
  synchronized Reply offer(String miner, @Nullable String known) {
    @Nullable ChainTip parent = blocks.look().orElse(null);
    Hash256 previous = parent == null ? Hash256.ZERO : parent.hash();
    String tag = '"' + previous.toDisplay() + '"';
    if (tag.equals(known)) {
      return new Reply(304, null, tag);
    }
    long time = Math.max(clock.instant().getEpochSecond(), parent == null ? 0 : parent.time());
    Offered offer =
        new Offered(
            parent,
            contents.apply(parent),
            Optional.ofNullable(parent).flatMap(blocks::demandedBits).orElse(bits),
            miner,
            offered,
            time);
    String id = instance + "-" + offered;
    offered++;
    offers.put(id, offer);
    BlockTemplate template = offer.at(time);
    BlockHeader header = template.header(offer.extraNonce());
    return new Reply(
        200,
        Reply.object()
            .put("id", id)
            .put("previous_hash", previous.toDisplay())
            .put("bits", header.bits().toString())
            .put("header", header.toHex())
            .put("max_timestamp", time + MAX_AHEAD_SECONDS)
            .put("height", template.height()),
        tag);
  }

  /** Judges a solution, and appends the block that it makes. */
  synchronized Reply take(String id, long nonce, long timestamp) {
    @Nullable Taken before = taken.get(id);
    if (before != null && before.nonce() == nonce && before.timestamp() == timestamp) {
      return accepted(before); // the answer was lost, and the solution sent again
    }
    @Nullable Offered offer = offers.get(id);
    if (offer == null) {
      return wrong("this service has no work " + id);
    }
    Instant now = clock.instant();
    long last = Math.max(now.getEpochSecond(), offer.time()) + MAX_AHEAD_SECONDS;
    if (timestamp < offer.time() || timestamp > last) {
      return wrong(
          "the timestamp must be from " + offer.time() + " to " + last + ", got " + timestamp);
    }
    Block block;
    try {
      block = solve(offer, nonce, timestamp, now);
    } catch (IllegalArgumentException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
    @Nullable ChainTip tip = blocks.look().orElse(null);
    // It may be there already: it was appended, and then something failed.
    boolean isAppended = tip != null && tip.hash().equals(block.hash());
    if (!isAppended) {
      if (tip != null && (offer.parent() == null || !tip.hash().equals(offer.parent().hash()))) {
        return wrong("another block came first: " + tip.height() + " " + tip.hash().toDisplay());
      }
      history.append(block);
    }
    Taken solution = new Taken(nonce, timestamp, block.height(), block.hash());
    taken.put(id, solution);
    return accepted(solution);
  }

  private static Block solve(Offered offer, long nonce, long timestamp, Instant now) {
    BlockTemplate template = offer.at(timestamp);
    BlockSearch search = BlockSearch.finding(template, offer.extraNonce());
    String searchId = SearchSpec.of(search, template.target(), ResultMode.FIRST).id();
    return template.solve(offer.extraNonce(), nonce, searchId, now);
  }

  private static Reply accepted(Taken solution) {
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

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_OFFERS;
      }
    };
  }
}
