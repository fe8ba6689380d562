package io.goldennonce.proof.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.LogTree;
import io.goldennonce.proof.TreeHead;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.search.ledger.LedgerTree;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The proof file of a search: all rows of its ledger, and the tree over them. Immutable. */
public final class SearchProofFile {
  private static final String VERSION_MASK = " version mask ";

  private final String searchId;
  private final String template;
  private final Target target;
  private final List<LedgerRow> rows;
  private final List<TreeHead> told;
  private final Optional<BlockRow> block;
  private final LogTree tree;

  /**
   * Checks that others can hash the messages, and that something was tried.
   *
   * @param searchId its id, the fingerprint of template and target
   * @param template the template's canonical text
   * @param rows at least one; those of an earlier run before those of a later one
   * @param told the tree heads that runs reported at their ends
   * @param block the block that it found, if it was for one
   */
  public SearchProofFile(
      String searchId,
      String template,
      Target target,
      List<LedgerRow> rows,
      List<TreeHead> told,
      Optional<BlockRow> block) {
    String kind = template.split(" ", 2)[0];
    if (!List.of("header", "block", "message", "timed").contains(kind)) {
      throw new ProofException(
          "a proof file has the template of mine, grind or solve, got " + template);
    }
    if (rows.isEmpty()) {
      throw new ProofException(
          "a search must have rows in its ledger, got none of search " + searchId);
    }
    boolean isBeyond = rows.stream().anyMatch(row -> row.range().to() > nonces(template));
    if (kind.equals("block") && block.isEmpty() && isBeyond) {
      throw new ProofException(
          "search "
              + searchId
              + " went on with other extranonces, and no block has its transactions: there is a"
              + " proof once it has found one");
    }
    this.searchId = searchId;
    this.template = template;
    this.target = target;
    this.rows = List.copyOf(rows);
    this.told = List.copyOf(told);
    this.block = block;
    this.tree = LedgerTree.of(template, target, rows);
  }

  /** Of a search for a block, the positions of the first extranonce. */
  private static long nonces(String template) {
    int at = template.indexOf(VERSION_MASK);
    String mask = at < 0 ? "0" : template.substring(at + VERSION_MASK.length());
    return 1L << (Integer.SIZE + Integer.bitCount(Integer.parseInt(mask, 16)));
  }

  public List<LedgerRow> rows() {
    return rows;
  }

  /** Returns the tree over the search and all of its rows. */
  public LogTree tree() {
    return tree;
  }

  /** Returns the heads that runs reported and this tree does not continue. */
  public List<TreeHead> apart() {
    return told.stream().filter(head -> !isContinued(head)).toList();
  }

  /** Returns the content. */
  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode json =
        mapper
            .createObjectNode()
            .put("golden_nonce_proof", "search")
            .put("search_id", searchId)
            .put("text", template)
            .put("target", target.toString());
    json.set("coinbase", block.map(found -> Coinbase.of(found, mapper)).orElse(null));
    NonceRange complete = complete();
    json.putArray("complete").add(complete.from()).add(complete.to());
    json.put("tree_size", tree.size()).put("root", tree.head().root().toHex());
    ArrayNode heads = json.putArray("heads");
    told.stream()
        .filter(this::isContinued)
        .distinct()
        .forEach(head -> Proofs.head(heads.addObject(), head, tree));
    ArrayNode solutions = json.putArray("solutions");
    LedgerTree.COLUMNS.forEach(json.putArray("columns")::add);
    ArrayNode lines = json.putArray("rows");
    for (int i = 0; i < rows.size(); i++) {
      lines.add(parsed(LedgerTree.leaf(rows.get(i)), mapper));
      Long solution = rows.get(i).solution();
      if (solution != null) {
        ObjectNode found = solutions.addObject().put("leaf", i + 1).put("position", solution);
        Proofs.hashes(found.putArray("inclusion"), tree.inclusion(i + 1));
      }
    }
    return json;
  }

  /** Returns what was tried from the lowest position on without a gap. */
  private NonceRange complete() {
    List<NonceRange> ranges =
        rows.stream()
            .map(LedgerRow::range)
            .sorted(Comparator.comparingLong(NonceRange::from))
            .toList();
    long reached = ranges.get(0).from();
    for (NonceRange range : ranges) {
      reached = range.from() == reached ? range.to() : reached;
    }
    return new NonceRange(ranges.get(0).from(), reached);
  }

  private static JsonNode parsed(String leaf, ObjectMapper mapper) {
    try {
      return mapper.readTree(leaf);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a leaf is JSON", e);
    }
  }

  private boolean isContinued(TreeHead head) {
    return head.size() <= tree.size() && tree.head((int) head.size()).equals(head);
  }
}
