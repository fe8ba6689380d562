package io.goldennonce.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.bitcoin.RawBlock.RawOutput;
import io.goldennonce.bitcoin.RawBlock.RawTransaction;
import io.goldennonce.chain.MerkleTree;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real blocks are those of bitcoinjs-lib's test/fixtures/block.json ("Block (~3 KiB)" and
 * "Block with witness commit"): testnet3's at height 301,322, with ten transactions, and mainnet's
 * at 542,213, with four, one of them with a witness.
 */
class BlockPlanTest {
  private static final RawBlock TESTNET3 = RawBlock.resource("testnet3-301322");
  private static final RawBlock MAINNET = RawBlock.resource("mainnet-542213");

  private static final Payout PAYOUT = Payout.parse("51");

  @Test
  void realBlocks_takenApart_haveTheirHashAndMerkleRoot() {
    assertThat(TESTNET3.header().hash().toDisplay())
        .isEqualTo("000000005ee8f3674748276fdc56a0202714d94bde87cd943195cc84cf57caf0");
    assertThat(MAINNET.header().hash().toDisplay())
        .isEqualTo("000000000000000000143a2c56c0214236dadfd30df41d4a0345492ad6d861ec");
    for (RawBlock block : List.of(TESTNET3, MAINNET)) {
      assertThat(MerkleTree.root(block.transactions().stream().map(RawTransaction::id).toList()))
          .isEqualTo(block.header().merkleRoot());
    }
  }

  /** The real coinbases begin with their height, as BIP 34 asks. */
  @Test
  void heightPush_realBlocks_isWhatTheyBeginWith() {
    assertThat(TESTNET3.transactions().get(0).inputScript())
        .startsWith(Coinbase.heightPush(301_322));
    assertThat(MAINNET.transactions().get(0).inputScript())
        .startsWith(Coinbase.heightPush(542_213));
  }

  /** As Bitcoin Core's {@code CScript() << n} pushes numbers: small ones are opcodes. */
  @ParameterizedTest
  @CsvSource({
    "1, 51",
    "16, 60",
    "17, 0111",
    "127, 017f",
    "128, 028000",
    "255, 02ff00",
    "256, 020001",
    "32767, 02ff7f",
    "32768, 03008000",
    "8388607, 03ffff7f",
    "8388608, 0400008000",
    "2147483647, 04ffffff7f",
    "4294967295, 05ffffffff00"
  })
  void heightPush_anyHeight_isMinimal(long height, String push) {
    assertThat(HexFormat.of().formatHex(Coinbase.heightPush(height))).isEqualTo(push);
  }

  /** BIP 141; the real coinbase's second output, and its reserved 32 bytes are zero as ours. */
  @Test
  void commitment_realBlock_isTheCoinbasesOutput() {
    BlockPlan plan = plan(MAINNET, 542_213, true);
    assertThat(plan.commitment()).contains(MAINNET.transactions().get(0).outputs().get(1).script());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void block_ofRealTransactions_isWholeAndItsHeaderCommitsToIt(boolean segwit) {
    BlockPlan plan = plan(segwit ? MAINNET : TESTNET3, 200, segwit);
    long extraNonce = 0x0102030405060708L;
    BlockHeader header = plan.headers(PAYOUT).header(extraNonce).withNonce(99);

    RawBlock block = RawBlock.parse(plan.block(header, extraNonce, PAYOUT));

    assertThat(block.header()).isEqualTo(header);
    assertThat(header.version()).isEqualTo(0x2000_0004);
    assertThat(header.time()).isEqualTo(1_700_000_000);
    List<RawTransaction> transactions = block.transactions();
    assertThat(transactions.stream().skip(1).map(RawTransaction::asInTemplate))
        .isEqualTo(plan.transactions());
    assertThat(MerkleTree.root(transactions.stream().map(RawTransaction::id).toList()))
        .isEqualTo(header.merkleRoot());

    RawTransaction coinbase = transactions.get(0);
    assertThat(HexFormat.of().formatHex(coinbase.inputScript()))
        .isEqualTo("02c800" + "080807060504030201" + "03aabbcc");
    assertThat(coinbase.outputs().get(0)).isEqualTo(new RawOutput(5_000_000_123L, "51"));
    if (segwit) {
      assertThat(coinbase.outputs().get(1))
          .isEqualTo(new RawOutput(0, plan.commitment().orElseThrow()));
      assertThat(coinbase.witnessId()).isNotEqualTo(coinbase.id());
    } else {
      assertThat(coinbase.outputs()).hasSize(1);
      assertThat(coinbase.witnessId()).isEqualTo(coinbase.id());
    }
  }

  @Test
  void header_otherExtraNonce_hasAnotherMerkleRootAndNothingElse() {
    HeaderFamily headers = plan(TESTNET3, 200, true).headers(PAYOUT);
    BlockHeader first = headers.header(0);
    BlockHeader second = headers.header(1);
    assertThat(second.merkleRoot()).isNotEqualTo(first.merkleRoot());
    assertThat(second.withTime(first.time()).previousHash()).isEqualTo(first.previousHash());
    assertThat(second.time()).isEqualTo(first.time());
    assertThatThrownBy(() -> headers.header(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coinbase_moreAuxThanThereIsRoomFor_keepsTo100Bytes() {
    BlockPlan plan =
        new BlockPlan(
            840_000,
            header(),
            List.of(),
            List.of("aa".repeat(75), "bb".repeat(20), "cc".repeat(8), ""),
            1,
            true);
    BlockHeader header = plan.headers(PAYOUT).header(0);
    byte[] script =
        RawBlock.parse(plan.block(header, 0, PAYOUT)).transactions().get(0).inputScript();
    // 4 of the height, 9 of the extranonce, 76 of the first; the third still finds room.
    assertThat(script).hasSize(4 + 9 + 76 + 9);
  }

  @Test
  void block_of300Transactions_countsThemInThreeBytes() {
    RawTransaction one = TESTNET3.transactions().get(1);
    BlockPlan plan =
        new BlockPlan(
            1,
            header(),
            java.util.Collections.nCopies(300, one.asInTemplate()),
            List.of(),
            1,
            false);
    BlockHeader header = plan.headers(PAYOUT).header(0);
    assertThat(RawBlock.parse(plan.block(header, 0, PAYOUT)).transactions()).hasSize(301);
  }

  private static BlockPlan plan(RawBlock block, long height, boolean segwit) {
    return new BlockPlan(
        height,
        header(),
        block.transactions().stream().skip(1).map(RawTransaction::asInTemplate).toList(),
        List.of("aabbcc"),
        5_000_000_123L,
        segwit);
  }

  private static BlockPlan.Header header() {
    return new BlockPlan.Header(
        0x2000_0004, Hash256.ZERO, 1_700_000_000, CompactBits.ofHex("207fffff"));
  }
}
