package io.goldennonce.proof.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.pow.Hash256;
import io.goldennonce.proof.LogTree;
import io.goldennonce.proof.TreeHead;
import java.util.List;

/** Hashes in JSON, in digest order. */
final class Proofs {
  private Proofs() {}

  /** Adds an earlier head and the proof that the tree continues it. */
  static void head(ObjectNode json, TreeHead head, LogTree tree) {
    json.put("tree_size", head.size()).put("root", head.root().toHex());
    hashes(json.putArray("consistency"), tree.consistency((int) head.size()));
  }

  static void hashes(ArrayNode json, List<Hash256> hashes) {
    hashes.forEach(hash -> json.add(hash.toHex()));
  }
}
