package io.goldennonce.proof.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.MerkleTree;
import io.goldennonce.chain.Transaction;
import io.goldennonce.work.BlockSearch;
import java.util.HexFormat;

/**
 * How the extranonce of a search for a block gets into its header: the block's first leaf is before
 * ‖ extranonce as u64le ‖ after, and the branch leads from there to the merkle root.
 */
final class Coinbase {
  private Coinbase() {}

  static ObjectNode of(BlockRow block, ObjectMapper mapper) {
    byte[] leaf = BlockTemplate.coinbase(block.height(), 0, block.miner()).payload();
    HexFormat hex = HexFormat.of();
    ObjectNode json =
        mapper
            .createObjectNode()
            .put("before", hex.formatHex(leaf, 0, Integer.BYTES))
            .put("extra_nonce", BlockSearch.firstExtraNonce(block.extraNonce()))
            .put("after", hex.formatHex(leaf, Integer.BYTES + Long.BYTES, leaf.length));
    Proofs.hashes(
        json.putArray("branch"),
        MerkleTree.branch(
            block.transactions().stream()
                .map(payload -> Transaction.ofBytes(payload).id())
                .toList()));
    return json;
  }
}
