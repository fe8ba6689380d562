package io.goldennonce.pool;

import io.goldennonce.chain.Transaction;
import java.util.Optional;

/** What a line of a file means; knows what the lines before it said. */
interface LineFormat {
  /**
   * The transaction of a line.
   *
   * @return nothing for a line that holds no transaction, such as a header
   * @throws IllegalArgumentException with the reason why it is not valid
   */
  Optional<Transaction> read(String line);
}
