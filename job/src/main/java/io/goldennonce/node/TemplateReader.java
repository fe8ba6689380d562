package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.bitcoin.BlockTransaction;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.ServerText;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code getblocktemplate} answers.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0022.mediawiki">BIP 22, and BIPs 9,
 *     23 and 145 for rules, long polling and segwit</a>
 */
final class TemplateReader {
  /** What a block made here obeys; a rule with ! before it must be among them (BIP 9). */
  private static final Set<String> KNOWN_RULES = Set.of("csv", "segwit", "taproot", "testdummy");

  private static final String ALL_NONCES = "00000000ffffffff";
  private static final String SEGWIT = "segwit";
  private static final String COMMITMENT = "default_witness_commitment";

  private TemplateReader() {}

  /**
   * Reads one.
   *
   * @throws AwayException if something is missing or can't be: another may be better
   * @throws NodeException if it asks for what this program can't do
   */
  static Template read(JsonNode json, long receivedNanos) throws AwayException {
    requireKnownRules(json);
    try {
      BlockPlan plan = plan(json);
      requireCommitment(plan, json.path(COMMITMENT).asText(""));
      return new Template(
          plan, textIfThere(json, "workid"), textIfThere(json, "longpollid"), receivedNanos);
    } catch (IllegalArgumentException e) {
      throw AwayException.answered("the node's template can't be used: " + e.getMessage());
    }
  }

  private static void requireKnownRules(JsonNode json) {
    if (json.has("signet_challenge")) {
      throw NodeException.usage(
          "a signet block must be signed, which is the signet miner's business: let it call"
              + " `golden-nonce grind` (--grind-cmd) and take --node for other networks");
    }
    for (JsonNode rule : json.path("rules")) {
      String name = ServerText.line(rule.asText());
      if (name.startsWith("!") && !KNOWN_RULES.contains(name.substring(1))) {
        throw NodeException.failure(
            "the node's template demands the rule "
                + name
                + ", which this version does not know; known: "
                + String.join(", ", KNOWN_RULES.stream().sorted().toList()));
      }
    }
    if (!json.hasNonNull("coinbasevalue") && json.hasNonNull("coinbasetxn")) {
      throw NodeException.failure(
          "the node's template brings a coinbase of its own (coinbasetxn), but none can be paid"
              + " but by coinbasevalue");
    }
  }

  private static BlockPlan plan(JsonNode json) {
    long mintime = json.path("mintime").asLong(0);
    String nonces = json.path("noncerange").asText(ALL_NONCES);
    if (!nonces.equals(ALL_NONCES)) {
      throw new IllegalArgumentException(
          "its noncerange must be " + ALL_NONCES + ", got " + ServerText.line(nonces));
    }
    // Bitcoin Core 0.19.0 and Namecoin gave templates with a commitment but no rules; bcoin gives a
    // commitment before segwit is active, too, when blocks have no weight yet.
    boolean segwit = !json.path(COMMITMENT).asText("").isEmpty() && json.hasNonNull("weightlimit");
    for (JsonNode rule : json.path("rules")) {
      segwit |= rule.asText().equals(SEGWIT) || rule.asText().equals("!" + SEGWIT);
    }
    List<BlockTransaction> transactions = new ArrayList<>();
    for (JsonNode transaction : required(json, "transactions")) {
      transactions.add(transaction(transaction));
    }
    List<String> aux = new ArrayList<>();
    for (JsonNode value : json.path("coinbaseaux")) {
      aux.add(hex("coinbaseaux", value));
    }
    return new BlockPlan(
        whole(json, "height"),
        new BlockPlan.Header(
            (int) whole(json, "version"),
            Hash256.ofDisplay(required(json, "previousblockhash").asText()),
            Math.max(whole(json, "curtime"), mintime),
            CompactBits.ofHex(required(json, "bits").asText())),
        transactions,
        aux,
        whole(json, "coinbasevalue"),
        segwit);
  }

  private static BlockTransaction transaction(JsonNode json) {
    Hash256 id = Hash256.ofDisplay(required(json, "txid").asText());
    return new BlockTransaction(
        hex("data", required(json, "data")), id, Hash256.ofDisplay(json.path("hash").asText()));
  }

  /** The node has computed it too, which proves that both speak of the same transactions. */
  private static void requireCommitment(BlockPlan plan, String expected) {
    if (expected.isEmpty()) {
      return;
    }
    plan.commitment()
        .filter(ours -> !ours.equals(expected))
        .ifPresent(
            ours -> {
              throw new IllegalArgumentException(
                  "its default_witness_commitment must be "
                      + ours
                      + " by its transactions, got "
                      + ServerText.line(expected));
            });
  }

  private static JsonNode required(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new IllegalArgumentException("it must have " + name + ", got none");
    }
    return value;
  }

  private static long whole(JsonNode json, String name) {
    JsonNode value = required(json, name);
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
      throw new IllegalArgumentException(
          name + " must be a whole number, got " + ServerText.line(value.toString()));
    }
    return value.asLong();
  }

  private static String hex(String name, JsonNode value) {
    String text = value.asText();
    if (text.length() % 2 != 0 || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(name + " must be bytes in hex");
    }
    return text;
  }

  private static @Nullable String textIfThere(JsonNode json, String name) {
    return json.path(name).isTextual() ? json.path(name).asText() : null;
  }
}
