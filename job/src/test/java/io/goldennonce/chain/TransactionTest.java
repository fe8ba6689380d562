package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Copies;
import io.goldennonce.pow.Hash256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TransactionTest {
  /** The one transaction of Bitcoin's genesis block; its id is that block's merkle root. */
  private static final String GENESIS_COINBASE =
      "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff"
          + "001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272"
          + "696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a010000"
          + "00434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38"
          + "c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

  @Test
  void id_genesisCoinbase_isTheGenesisMerkleRoot() {
    assertThat(Transaction.ofBytes(HexFormat.of().parseHex(GENESIS_COINBASE)).id())
        .hasToString("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
  }

  @Test
  void ofText_text_isItsUtf8() {
    Transaction transaction = Transaction.ofText("gölden");
    assertThat(transaction.payload()).isEqualTo("gölden".getBytes(StandardCharsets.UTF_8));
    assertThat(transaction.id()).isEqualTo(Hash256.sha256d(transaction.payload()));
  }

  @Test
  void ofBytes_callersArrayChanges_transactionDoesNot() throws Exception {
    byte[] bytes = {1, 2};
    Transaction transaction = Transaction.ofBytes(bytes);
    bytes[0] = 9;
    transaction.payload()[1] = 9;
    assertThat(transaction).isEqualTo(Transaction.ofBytes(new byte[] {1, 2}));
    assertThat(Copies.bySerialization(transaction))
        .isEqualTo(transaction)
        .hasSameHashCodeAs(transaction);
  }
}
