package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.util.Optional;

/** What a line of a file means; knows what the lines before it said. */
interface LineFormat {
  /**
   * The transaction of a line.
   *
   * @return nothing where the line holds none by right, as a header does
   * @throws IllegalArgumentException with the reason why it is not valid
   */
  Optional<Transaction> read(String line);
}
