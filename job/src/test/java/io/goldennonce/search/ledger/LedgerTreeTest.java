package io.goldennonce.search.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.LogTree;
import io.goldennonce.search.LowestHash;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.Shares;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes that docs/proof.md states. */
class LedgerTreeTest {
  private static final String HASH = "00" + "ab".repeat(31);

  private static final LedgerRow ROW =
      new LedgerRow(
          new NonceRange(3, 9),
          new LowestHash(Hash256.ofDisplay(HASH), 5),
          null,
          Shares.of(4, List.of(5L, 7L)),
          "h\"1\\/\u0001\u001f\n\tä\u007f\uD83D\uDE00",
          "2",
          "vector-512",
          null,
          Instant.parse("1970-01-01T00:00:01.000002999Z"),
          Instant.parse("2026-11-28T00:00:00Z"));

  @Test
  void leaf_ofARow_isJsonWithoutSpaces() {
    assertThat(LedgerTree.leaf(ROW))
        .isEqualTo(
            "[3,9,\""
                + HASH
                + "\",5,null,4,[5,7],\"h\\\"1\\\\/\\u0001\\u001f\\n\\tä\u007f\uD83D\uDE00\",\"2\","
                + "\"vector-512\",null,1000002,1795824000000000]");
  }

  @Test
  void leaf_ofARowWithoutShares_claimsNone() {
    LedgerRow row =
        new LedgerRow(
            new NonceRange(0, 1),
            null,
            0L,
            Shares.NONE,
            "h",
            "1",
            "k",
            "GPU",
            Instant.EPOCH,
            Instant.EPOCH);
    assertThat(LedgerTree.leaf(row))
        .isEqualTo("[0,1,null,null,0,0,[],\"h\",\"1\",\"k\",\"GPU\",0,0]");
  }

  @Test
  void tree_ofASearch_beginsWithIt() {
    Target target = Target.ofZeroBits(252);
    String search = "[\"search\",\"message {U32_BE}\",\"" + "0".repeat(63) + "f\"]";
    LogTree expected =
        LogTree.of(
            Stream.of(search, LedgerTree.leaf(ROW))
                .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                .toList());
    assertThat(LedgerTree.of("message {U32_BE}", target, List.of(ROW)).head())
        .isEqualTo(expected.head());
  }
}
