package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.bitcoin.BlockTransaction;
import io.goldennonce.pow.BlockHeader;
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
 * Reads the answer to {@code getblocktemplate}.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0022.mediawiki">BIP 22, and BIPs 9,
 *     23 and 145 for rules, long polling and segwit</a>
 */
final class TemplateReader {
  /**
   * Rules that blocks made here obey. A template's rules marked with ! must be among them (BIP 9).
   */
  private static final Set<String> KNOWN_RULES = Set.of("csv", "segwit", "taproot", "testdummy");

  /** The first three bits, 001, of a version that signals with bits (BIP 9). */
  private static final int VERSION_OF_BITS = 1;

  private static final String ALL_NONCES = "00000000ffffffff";
  private static final String COMMITMENT = "default_witness_commitment";

  private TemplateReader() {}

  /**
   * Reads a template.
   *
   * @throws AwayException if a field is missing or invalid; the next template may be valid
   * @throws NodeException if it demands what this program can't do
   */
  static Template read(JsonNode json, long receivedNanos) throws AwayException {
    requireKnownRules(json);
    try {
      BlockPlan plan = plan(json);
      requireCommitment(plan, json.path(COMMITMENT).asText(""));
      return new Template(
          plan,
          textIfThere(json, "workid"),
          textIfThere(json, "longpollid"),
          freeVersionBits(json, plan.header().version()),
          receivedNanos);
    } catch (IllegalArgumentException e) {
      throw AwayException.answered("the node's template can't be used: " + e.getMessage());
    }
  }

  private static void requireKnownRules(JsonNode json) {
    if (json.has("signet_challenge")) {
      throw NodeException.signet();
    }
    for (JsonNode rule : json.path("rules")) {
      String name = ServerText.line(rule.asText());
      if (name.startsWith("!") && !KNOWN_RULES.contains(name.substring(1))) {
        throw NodeException.failure(
            "the node's template demands the rule %s, which this version does not know; known: %s"
                .formatted(name, String.join(", ", KNOWN_RULES.stream().sorted().toList())));
      }
    }
    if (!json.hasNonNull("coinbasevalue") && json.hasNonNull("coinbasetxn")) {
      throw NodeException.failure(
          "the node's template has its own coinbase (coinbasetxn); only coinbasevalue is"
              + " supported");
    }
  }

  private static BlockPlan plan(JsonNode json) {
    long mintime = json.path("mintime").asLong(0);
    String nonces = json.path("noncerange").asText(ALL_NONCES);
    if (!nonces.equals(ALL_NONCES)) {
      throw new IllegalArgumentException(
          "its noncerange must be " + ALL_NONCES + ", got " + ServerText.line(nonces));
    }
    // Bitcoin Core 0.19.0 and Namecoin gave templates with a commitment but no rules. bcoin gives a
    // commitment even before segwit is active, while blocks have no weight yet.
    boolean segwit = !json.path(COMMITMENT).asText("").isEmpty() && json.hasNonNull("weightlimit");
    for (JsonNode rule : json.path("rules")) {
      segwit |= rule.asText().matches("!?segwit");
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

  /** Version bits that neither the template's deployments nor the version itself use. */
  private static int freeVersionBits(JsonNode json, int version) {
    if (version >>> 29 != VERSION_OF_BITS) {
      return 0;
    }
    int used = json.path("vbrequired").asInt();
    for (JsonNode bit : json.path("vbavailable")) {
      used |= 1 << bit.asInt();
    }
    return BlockHeader.FREE_VERSION_BITS & ~used & ~version;
  }

  private static BlockTransaction transaction(JsonNode json) {
    Hash256 id = Hash256.ofDisplay(required(json, "txid").asText());
    return new BlockTransaction(
        hex("data", required(json, "data")), id, Hash256.ofDisplay(json.path("hash").asText()));
  }

  /** Compares the node's commitment with ours, which proves that the transactions are the same. */
  private static void requireCommitment(BlockPlan plan, String expected) {
    if (expected.isEmpty()) {
      return;
    }
    plan.commitment()
        .filter(ours -> !ours.equals(expected))
        .ifPresent(
            ours -> {
              throw new IllegalArgumentException(
                  "its default_witness_commitment must be %s by its transactions, got %s"
                      .formatted(ours, ServerText.line(expected)));
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
