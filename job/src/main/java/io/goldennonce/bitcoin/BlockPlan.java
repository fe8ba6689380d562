package io.goldennonce.bitcoin;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A Bitcoin block without its proof of work.
 *
 * @param height 1 or more
 * @param header its version, previous hash, time and bits; the other fields are ignored
 * @param transactions all but the coinbase, in their order
 * @param aux data that the node asks to include in the coinbase
 * @param reward subsidy and fees, in satoshi
 * @param segwit whether it commits to witnesses
 */
public record BlockPlan(
    long height,
    Header header,
    List<BlockTransaction> transactions,
    List<String> aux,
    long reward,
    boolean segwit) {

  /** As {@link BlockHeader} has them. */
  public record Header(int version, Hash256 previousHash, long time, CompactBits bits) {}

  public BlockPlan {
    transactions = List.copyOf(transactions);
    aux = List.copyOf(aux);
  }

  BlockPlan withHeader(Header other) {
    return new BlockPlan(height, other, transactions, aux, reward, segwit);
  }

  public Target target() {
    return header.bits().toTarget();
  }

  /** The witness commitment's output script in hex; nothing before segwit. */
  public Optional<String> commitment() {
    return commitmentScript().map(HexFormat.of()::formatHex);
  }

  /** The headers of this block, one per extranonce. */
  public HeaderFamily headers(Payout payout) {
    return new HeaderFamily(
        coinbase(payout),
        transactions.stream().map(BlockTransaction::id).toList(),
        BlockHeader.of(
            header.version(),
            header.previousHash(),
            Hash256.ZERO,
            header.time(),
            header.bits(),
            0));
  }

  /**
   * The whole block on the wire, in hex.
   *
   * @param solved one of its headers, with a nonce
   * @param extraNonce that header's
   */
  public String block(BlockHeader solved, long extraNonce, Payout payout) {
    HexFormat hex = HexFormat.of();
    StringBuilder block =
        new StringBuilder(solved.toHex())
            .append(hex.formatHex(Wire.empty().compactSize(1L + transactions.size()).toBytes()))
            .append(hex.formatHex(coinbase(payout).onWire(extraNonce)));
    transactions.forEach(transaction -> block.append(transaction.data()));
    return block.toString();
  }

  private Coinbase coinbase(Payout payout) {
    return Coinbase.of(
        height,
        aux.stream().map(HexFormat.of()::parseHex).toList(),
        reward,
        payout.script(),
        commitmentScript());
  }

  private Optional<byte[]> commitmentScript() {
    return segwit
        ? Optional.of(
            WitnessCommitment.script(
                transactions.stream().map(BlockTransaction::witnessId).toList()))
        : Optional.empty();
  }
}
