package io.goldennonce.work;

import io.goldennonce.search.Outcome;
import io.goldennonce.search.SearchResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has become of a search's result.
 *
 * @param facts what to print: values by the tables' column names, in the order to show them; empty
 *     where there is nothing to print
 * @param goesOn whether the source is to be asked for more work
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

  /**
   * Stores a solution.
   *
   * @param facts what to print of it in any case
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
