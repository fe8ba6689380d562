package io.goldennonce.work;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Difficulty;
import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome of delivering a search's result.
 *
 * @param facts what to print: values by the tables' column names, in order; empty for nothing
 * @param goesOn whether to ask the source for more work
 */
public record Delivery(Map<String, Object> facts, boolean goesOn) {
  public Delivery {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** After a solution, and after outdated work, the next work is requested. */
  public static Delivery of(SearchResult result, Map<String, Object> facts) {
    return new Delivery(
        facts, result.outcome() == Outcome.FOUND || result.outcome() == Outcome.OUTDATED);
  }

  /** Adds the printed fields of a block's header. */
  public static void putHeader(Map<String, Object> facts, BlockHeader header, long extraNonce) {
    facts.put("previous_hash", header.previousHash().toDisplay());
    facts.put("merkle_root", header.merkleRoot().toDisplay());
    facts.put("version", header.version());
    facts.put("time", header.time());
    facts.put("bits", header.bits().toString());
    facts.put("nonce", header.nonce());
    facts.put("extra_nonce", extraNonce);
    facts.put("header", header.toHex());
    facts.put("difficulty", Difficulty.ofTarget(header.target()).value());
  }

  /**
   * Stores a solution.
   *
   * @param facts what to print, whether it is stored or not
   * @throws DeliveryFailedException if {@code store} fails
   */
  public static Delivery stored(SearchResult result, Map<String, Object> facts, Runnable store) {
    try {
      store.run();
    } catch (RuntimeException e) {
      throw new DeliveryFailedException(facts, e);
    }
    return of(result, facts);
  }
}
