package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.ChainWork;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Copies;
import io.goldennonce.pow.Hash256;
import io.goldennonce.testing.Blocks;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTemplateTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final CompactBits BITS = CompactBits.ofHex("1f00ffff");
  private static final ChainWork PARENT_WORK = ChainWork.ofHex("0".repeat(60) + "1234");
  private static final BlockIndexEntry PARENT =
      Blocks.entry(
          6,
          Hash256.ofDisplay("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
          PARENT_WORK);
  private static final List<Transaction> TRANSACTIONS =
      List.of(
          Transaction.ofText("a"),
          Transaction.ofText("b"),
          Transaction.ofText("c"),
          Transaction.ofBytes(new byte[] {0, (byte) 0xff}));
  private static final BlockTemplate TEMPLATE =
      BlockTemplate.of(PARENT, TRANSACTIONS, BITS, 1_700_000_000L, "gölden");

  /** Past 32 bits, so that its upper half counts. */
  private static final long EXTRA_NONCE = (1L << 32) + 5;

  /** The lowest nonce for that extra nonce. Header and nonce: a separate search in Python. */
  private static final long NONCE = 59199;

  private static final String HEADER =
      "000000206fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000077905e722bda27a"
          + "59c7839178e9df333b98b6159041fb9ccfc09a6e418482cd00f15365ffff001f3fe70000";

  @Test
  void header_extraNonce_isThePythonOne() {
    BlockHeader header = TEMPLATE.header(EXTRA_NONCE);
    assertThat(header.nonce()).isZero();
    assertThat(header.withNonce(NONCE).toHex()).isEqualTo(HEADER);
  }

  @Test
  void header_otherExtraNonce_differsInTheMerkleRootOnly() {
    BlockHeader first = TEMPLATE.header(0);
    BlockHeader second = TEMPLATE.header(1);
    assertThat(first.merkleRoot()).isNotEqualTo(second.merkleRoot());
    assertThat(first).usingRecursiveComparison().ignoringFields("merkleRoot").isEqualTo(second);
  }

  @Test
  void header_negativeExtraNonce_isRefused() {
    assertThatThrownBy(() -> TEMPLATE.header(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an extra nonce must be at least 0, got -1");
  }

  @Test
  void of_parent_buildsOnIt() {
    assertThat(TEMPLATE.height()).isEqualTo(7);
    assertThat(TEMPLATE.target()).isEqualTo(BITS.toTarget());
    BlockHeader header = TEMPLATE.header(0);
    assertThat(header.previousHash()).isEqualTo(PARENT.hash());
    assertThat(header.bits()).isEqualTo(BITS);
    assertThat(header.time()).isEqualTo(1_700_000_000L);
  }

  @Test
  void of_noParent_isAFirstBlock() {
    BlockTemplate first = BlockTemplate.of(null, List.of(), BITS, 0, "");
    assertThat(first.height()).isZero();
    assertThat(first.header(1).previousHash()).isEqualTo(Hash256.ZERO);
    // The coinbase record is its one leaf: height 0, extra nonce 1, no miner.
    assertThat(first.header(1).merkleRoot())
        .isEqualTo(Hash256.sha256d(new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
  }

  @Test
  void of_callersListChanges_templateDoesNot() {
    List<Transaction> list = new ArrayList<>(TRANSACTIONS);
    CompactBits easy = CompactBits.ofHex("2100ffff");
    BlockTemplate template = BlockTemplate.of(PARENT, list, easy, 0, "m");
    list.clear();
    Block block = template.solve(0, 0, "search", NOW);
    assertThat(block.transactions()).hasSize(4).isUnmodifiable();
  }

  @Test
  void of_equalTransactions_areRefused() {
    List<Transaction> twice =
        List.of(Transaction.ofText("a"), Transaction.ofText("b"), Transaction.ofText("a"));
    assertThatThrownBy(() -> BlockTemplate.of(null, twice, BITS, 0, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block's transactions must all differ, got number 3 equal to number 1");
  }

  @Test
  void of_past32Bits_isRefused() {
    assertThatThrownBy(() -> BlockTemplate.of(null, List.of(), BITS, 1L << 32, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header's time must be from 0 to 4294967295, got 4294967296");
    BlockIndexEntry last = Blocks.entry(0xffff_ffffL, Hash256.ZERO, ChainWork.ZERO);
    assertThatThrownBy(() -> BlockTemplate.of(last, List.of(), BITS, 0, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a height must be from 0 to 4294967295, got 4294967296");
  }

  @Test
  void solve_rightNonce_isTheBlock() {
    Block block = TEMPLATE.solve(EXTRA_NONCE, NONCE, "search", NOW);
    assertThat(block.height()).isEqualTo(7);
    assertThat(block.header().toHex()).isEqualTo(HEADER);
    assertThat(block.hash())
        .hasToString("0000242bf8909230f7b99a402217b3158325247f4779bf2bfda851c79db33d2d");
    assertThat(block.extraNonce()).isEqualTo(EXTRA_NONCE);
    assertThat(block.transactions()).isEqualTo(TRANSACTIONS);
    assertThat(block.miner()).isEqualTo("gölden");
    assertThat(block.searchId()).isEqualTo("search");
    assertThat(block.minedAt()).isEqualTo(NOW);
    // 2^256 / (0xffff · 2^224 + 1), rounded down, on top of the parent's.
    assertThat(block.chainWork().number()).isEqualTo(BigInteger.valueOf(0x1234 + 0x10001));
    assertThat(block.indexEntry())
        .isEqualTo(
            new BlockIndexEntry(
                7, block.hash(), PARENT.hash(), 1_700_000_000L, BITS, block.chainWork(), NOW));
    assertThat(block).hasToString("7 " + block.hash());
  }

  @Test
  void solve_wrongNonce_isRefused() {
    assertThatThrownBy(() -> TEMPLATE.solve(EXTRA_NONCE, NONCE + 1, "search", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a block's hash must be at most its target 0000ffff00")
        .hasMessageEndingWith(
            "got " + TEMPLATE.header(EXTRA_NONCE).withNonce(NONCE + 1).hash().toDisplay());
    assertThatThrownBy(() -> TEMPLATE.solve(EXTRA_NONCE, 1L << 32, "search", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonce must be from 0 to 4294967295");
  }

  @Test
  void solve_version_mayHaveFreeBitsOnly() {
    BlockTemplate easy =
        BlockTemplate.of(PARENT, TRANSACTIONS, CompactBits.ofHex("2100ffff"), 0, "m");
    Block block = easy.solve(0x3fff_e000, 1, 2, "search", NOW);
    assertThat(block.header()).isEqualTo(easy.header(1).withVersion(0x3fff_e000).withNonce(2));
    assertThat(BlockCheck.of(BlockRow.of(block)).faults())
        .extracting(Violation::rule)
        .doesNotContain("version");
    for (int version : new int[] {0x2000_1000, 0x6000_0000, 0x0000_e000, 4}) {
      assertThatThrownBy(() -> easy.solve(version, 1, 2, "search", NOW))
          .hasMessage(
              "a block's version must be 0x20000000, with any bits of 0x1fffe000 set, got 0x%08x"
                  .formatted(version));
    }
  }

  @Test
  void serialization_templateAndBlock_areTheSameAfterIt() throws Exception {
    Block block = TEMPLATE.solve(EXTRA_NONCE, NONCE, "search", NOW);
    assertThat(Copies.bySerialization(block)).isEqualTo(block).hasSameHashCodeAs(block);
    BlockTemplate copy = (BlockTemplate) Copies.bySerialization(TEMPLATE);
    assertThat(copy.solve(EXTRA_NONCE, NONCE, "search", NOW)).isEqualTo(block);
  }

  @Test
  void of_negativeHeight_isRefused() {
    BlockIndexEntry wrong = Blocks.entry(-2, Hash256.ZERO, ChainWork.ZERO);
    assertThatThrownBy(() -> BlockTemplate.of(wrong, List.of(), BITS, 0, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a height must be from 0 to 4294967295, got -1");
  }
}
