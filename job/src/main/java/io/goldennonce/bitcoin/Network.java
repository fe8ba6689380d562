package io.goldennonce.bitcoin;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Bitcoin's networks and their address prefixes.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/v28.0/src/kernel/chainparams.cpp">Bitcoin
 *     Core, base58Prefixes and bech32_hrp; the names are those of src/util/chaintype.cpp</a>
 */
public enum Network {
  MAINNET("main", 0x00, 0x05, "bc"),
  TESTNET3("test", 0x6f, 0xc4, "tb"),
  TESTNET4("testnet4", 0x6f, 0xc4, "tb"),
  SIGNET("signet", 0x6f, 0xc4, "tb"),
  REGTEST("regtest", 0x6f, 0xc4, "bcrt");

  private final String chain;
  private final int keyHash;
  private final int scriptHash;
  private final String prefix;

  Network(String chain, int keyHash, int scriptHash, String prefix) {
    this.chain = chain;
    this.keyHash = keyHash;
    this.scriptHash = scriptHash;
    this.prefix = prefix;
  }

  /**
   * Finds a network by name.
   *
   * @param chain as {@code getblockchaininfo} names it
   * @return empty for a name unknown to Bitcoin Core
   */
  public static Optional<Network> of(String chain) {
    return Arrays.stream(values()).filter(network -> network.chain.equals(chain)).findFirst();
  }

  /** The names of all networks, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(Network::chain).collect(Collectors.joining(", "));
  }

  /** The name in {@code getblockchaininfo}. */
  public String chain() {
    return chain;
  }

  /** The version byte of an address that pays to a public key's hash, 0 to 255. */
  int keyHash() {
    return keyHash;
  }

  /** The version byte of an address that pays to a script's hash, 0 to 255. */
  int scriptHash() {
    return scriptHash;
  }

  /** The human-readable part of its segwit addresses. */
  String prefix() {
    return prefix;
  }
}
