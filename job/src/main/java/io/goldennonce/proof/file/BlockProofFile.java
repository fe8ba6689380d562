package io.goldennonce.proof.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.LogTree;
import io.goldennonce.proof.TreeHead;
import java.util.HexFormat;
import java.util.List;

/**
 * The proof file of a block: its header and transactions, and that its hash is in the tree over the
 * hashes of the chain's blocks.
 *
 * @param tree over the hashes of all of the chain's blocks
 * @param block one of them
 */
public record BlockProofFile(LogTree tree, BlockRow block) {
  /**
   * @param chain the hashes of the chain's blocks, the first block's first
   */
  public BlockProofFile(List<Hash256> chain, BlockRow block) {
    this(LogTree.of(chain.stream().map(Hash256::toBytes).toList()), block);
  }

  /** Returns the content. */
  public ObjectNode json(ObjectMapper mapper) {
    int height = (int) block.height();
    TreeHead own = tree.head(height + 1);
    if (block.chainRoot() != null && !own.root().toHex().equals(block.chainRoot())) {
      throw new ProofException(
          "block %s has the chain_root %s, but the chain up to it has %s; see what verify says"
              .formatted(block.hash(), block.chainRoot(), own.root().toHex()));
    }
    HexFormat hex = HexFormat.of();
    ObjectNode json =
        mapper
            .createObjectNode()
            .put("golden_nonce_proof", "block")
            .put("height", block.height())
            .put("header", hex.formatHex(block.header()))
            .put("extra_nonce", block.extraNonce())
            .put("miner", block.miner());
    ArrayNode transactions = json.putArray("transactions");
    block.transactions().forEach(payload -> transactions.add(hex.formatHex(payload)));
    json.put("tree_size", tree.size()).put("root", tree.head().root().toHex());
    Proofs.hashes(json.putArray("inclusion"), tree.inclusion(height));
    Proofs.head(json.putArray("heads").addObject(), own, tree);
    return json;
  }
}
