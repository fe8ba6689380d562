package io.goldennonce.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Copies;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockSearchTest {
  private static final long NONCES = 1L << 32;

  private static final BlockTemplate BLOCK =
      BlockTemplate.of(
          null,
          List.of(Transaction.ofText("hello")),
          CompactBits.ofHex("1f00ffff"),
          1_700_000_000,
          "me");

  @Test
  void variant_ofAnExtraNonce_isItsHeader() {
    BlockSearch search = new BlockSearch(BLOCK, 0);
    for (long extraNonce : new long[] {0, 1, (1L << 40) - 1}) {
      assertThat(search.variant(extraNonce).message(9))
          .isEqualTo(BLOCK.header(extraNonce).withNonce(9).toBytes());
    }
  }

  @Test
  void parts_ofOneBlock_areOtherSearchesForOtherHeaders() {
    BlockSearch first = new BlockSearch(BLOCK, 0);
    BlockSearch third = new BlockSearch(BLOCK, 2);
    assertThat(third.canonicalText()).isNotEqualTo(first.canonicalText());
    assertThat(third.variant(5).message(9))
        .isEqualTo(BLOCK.header((2L << 40) + 5).withNonce(9).toBytes());
    assertThat(BlockSearch.finding(BLOCK, (2L << 40) + 5)).isEqualTo(third);
    assertThat(BlockSearch.finding(BLOCK, (1L << 40) - 1)).isEqualTo(first);
  }

  @Test
  void position_ofARolledVersion_countsTheVersionsOfANonceFirst() {
    BlockSearch search = new BlockSearch(BLOCK, 0, 3);
    assertThat(search.canonicalText())
        .isEqualTo(new BlockSearch(BLOCK, 0).canonicalText() + " version mask e000");
    for (int version = 0; version < 8; version++) {
      BlockHeader rolled = BLOCK.header(5).withVersion(0x2000_0000 | version << 13).withNonce(9);
      long position = 5 * 8 * NONCES + 9 * 8 + version;
      assertThat(search.at(position)).isEqualTo(rolled);
      assertThat(SearchSpec.of(search, BLOCK.target(), ResultMode.ANY).hashAt(position))
          .isEqualTo(rolled.hash());
    }
  }

  @Test
  void finding_aVersion_areTheSearchesThatRollItsBits() {
    assertThat(BlockSearch.finding(BLOCK, 3L << 40, 0x2000_0000))
        .extracting(BlockSearch::versionBits)
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(BlockSearch.finding(BLOCK, 3L << 40, 0x2000_8000))
        .containsExactly(new BlockSearch(BLOCK, 3, 3), new BlockSearch(BLOCK, 3, 4));
    assertThat(BlockSearch.finding(BLOCK, 0, 0x3000_0000)).isEmpty();
  }

  @Test
  void keyspace_ofABlock_goesAsFarAsPositionsDo() {
    assertThat(new BlockSearch(BLOCK, 0).keyspace()).isEqualTo(new NonceRange(0, Long.MAX_VALUE));
  }

  @Test
  void search_pastTheFirst2To32Nonces_givesABlockWithExtraNonce() throws Exception {
    SearchSpec spec = SearchSpec.of(new BlockSearch(BLOCK, 0), BLOCK.target(), ResultMode.ANY);
    SearchSpec travelled = (SearchSpec) Copies.bySerialization(spec);
    NonceRange range = new NonceRange(NONCES - 10, 2 * NONCES);
    ScanResult result = new RangeSearcher(travelled, "auto").search(range, () -> false);
    assertThat(result.hit()).isTrue();
    Solution found = Solution.confirm(spec, result.end() - 1).orElseThrow();
    Block block = BLOCK.solve(found.variant(), found.nonce(), spec.id(), Instant.EPOCH);
    assertThat(block.extraNonce()).isEqualTo(1);
    assertThat(block.hash()).isEqualTo(found.hash());
  }
}
