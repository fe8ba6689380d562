package io.goldennonce.bitcoin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * The recipient of a block's reward.
 *
 * @param text as typed
 * @param networks the networks it is valid on
 */
public record Payout(String text, Script script, Set<Network> networks) {
  private static final int HASH = 20;

  /** As {@link #parse}. */
  public Payout {
    networks = Set.copyOf(networks);
  }

  /**
   * Parses an address (Base58Check, Bech32, Bech32m) or an output script in hex, which is valid on
   * any network.
   *
   * @throws IllegalArgumentException if it is neither, or an address of an unknown network
   */
  public static Payout parse(String text) {
    if (isHex(text)) {
      return new Payout(
          text, Script.of(HexFormat.of().parseHex(text)), EnumSet.allOf(Network.class));
    }
    int scheme = text.indexOf(':');
    if (scheme >= 0) {
      throw new IllegalArgumentException(
          "an address must not have a scheme, got '" + text.substring(0, scheme + 1) + "'");
    }
    return isSegwit(text) || isOfAnotherCoin(text) ? segwit(text) : base58(text);
  }

  /**
   * Returns this payout if it is valid on a network.
   *
   * @throws IllegalArgumentException if it is an address of other networks
   */
  public Payout requireOn(Network network) {
    if (!networks.contains(network)) {
      String others = String.join(", ", networks.stream().map(Network::chain).sorted().toList());
      throw new IllegalArgumentException(
          "an address must be of the node's network, %s, got %s of %s"
              .formatted(network.chain(), text, others));
    }
    return this;
  }

  private static boolean isHex(String text) {
    return !text.isEmpty()
        && text.length() % 2 == 0
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Base58 addresses of these networks never start like this. */
  private static boolean isSegwit(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(Network.values())
        .anyMatch(network -> lower.startsWith(network.prefix() + "1"));
  }

  /** Whether it is valid except for its prefix, such as Litecoin's {@code ltc1…}. */
  private static boolean isOfAnotherCoin(String text) {
    try {
      SegwitAddress.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Payout segwit(String text) {
    SegwitAddress address = SegwitAddress.parse(text);
    EnumSet<Network> networks = EnumSet.allOf(Network.class);
    networks.removeIf(network -> !network.prefix().equals(address.prefix()));
    if (networks.isEmpty()) {
      throw unknown(text);
    }
    return new Payout(text, address.script(), networks);
  }

  private static Payout base58(String text) {
    byte[] data = Base58Check.decode(text);
    if (data.length != 1 + HASH) {
      throw unknown(text);
    }
    int version = Byte.toUnsignedInt(data[0]);
    byte[] hash = Arrays.copyOfRange(data, 1, data.length);
    EnumSet<Network> keys = EnumSet.allOf(Network.class);
    keys.removeIf(network -> network.keyHash() != version);
    if (!keys.isEmpty()) {
      return new Payout(text, Script.ofKeyHash(hash), keys);
    }
    EnumSet<Network> scripts = EnumSet.allOf(Network.class);
    scripts.removeIf(network -> network.scriptHash() != version);
    if (scripts.isEmpty()) {
      throw unknown(text);
    }
    return new Payout(text, Script.ofScriptHash(hash), scripts);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "a payout must be a Bitcoin address or an output script in hex, got " + text);
  }
}
