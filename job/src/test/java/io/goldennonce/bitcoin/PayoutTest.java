package io.goldennonce.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayoutTest {
  private static final EnumSet<Network> TESTS =
      EnumSet.of(Network.TESTNET3, Network.TESTNET4, Network.SIGNET);

  /**
   * BIP 350, "Test vectors for v0-v16 native segregated witness addresses"; the first two and the
   * sixth are BIP 173's, too.
   */
  @ParameterizedTest
  @CsvSource({
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, 0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7,"
        + "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y,"
        + "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
    "BC1SW50QGDZ25J, 6002751e",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs, 5210751e76e8199196d454941c45d1b3a323",
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy,"
        + "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c,"
        + "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0,"
        + "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
  })
  void parse_segwitAddress_isItsScript(String address, String script) {
    Payout payout = Payout.parse(address);
    assertThat(payout.script()).hasToString(script);
    assertThat(payout.networks())
        .isEqualTo(address.startsWith("tb") ? TESTS : EnumSet.of(Network.MAINNET));
  }

  /** BIP 350's list of invalid addresses, whole. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "bc1pw5dgrnzv",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
        "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
        "bc1gmk9yu",
      })
  void parse_invalidSegwitAddress_isRefused(String address) {
    assertThatThrownBy(() -> Payout.parse(address)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Bitcoin Core, src/test/data/base58_keys_valid.json of v0.13: the first four addresses. */
  @ParameterizedTest
  @CsvSource({
    "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i, 76a914, 65a16059864a2fdbc7c99a4723a8395bc6f188eb, 88ac",
    "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou, a914, 74f209f6ea907e2ea48f74fae05782ae8a665257, 87",
    "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs, 76a914, 53c0307d6851aa0ce7825ba883c6bd9ad242b486, 88ac",
    "2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br, a914, 6349a418fc4578d10a372b54b45c280cc8c4382f, 87",
  })
  void parse_base58Address_isItsScript(String address, String head, String hash, String tail) {
    Payout payout = Payout.parse(address);
    assertThat(payout.script()).hasToString(head + hash + tail);
    assertThat(payout.networks())
        .isEqualTo(
            address.matches("[13].*")
                ? EnumSet.of(Network.MAINNET)
                : EnumSet.complementOf(EnumSet.of(Network.MAINNET)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j | checksum must match",
        "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW6I  | of Base58 characters, got 'I' at character 33",
        "hello                              | of Base58 characters, got 'l' at character 3",
        "''                                 | 1 to 128 characters, got 0",
        // A private key: BIP 38's tools and Core write its version as 0x80.
        "5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf | a Bitcoin address or an output"
            + " script",
        "abc                                | checksum",
        // Litecoin's, as in issue 174 of pooler's cpuminer; eCash's; a URI of a wallet.
        "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9 | must be a Bitcoin address or an output"
            + " script",
        "ecash:qrvgcnrey8uh2jdwvww3exjyu4ecywfkrv3pacgzfm | must not have a scheme, got 'ecash:'",
        "bitcoin:1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i | must not have a scheme, got 'bitcoin:'",
      })
  void parse_noPayout_isRefusedWithTheRule(String text, String rule) {
    assertThatThrownBy(() -> Payout.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(rule.strip());
  }

  /** README.md's example: the program of BIP 173's first address. */
  @Test
  void parse_regtestAddress_isRegtestsAlone() {
    Payout payout = Payout.parse("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080");
    assertThat(payout.script()).hasToString("0014751e76e8199196d454941c45d1b3a323f1433bd6");
    assertThat(payout.networks()).containsExactly(Network.REGTEST);
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void requireOn_script_isGoodAnywhere(Network network) {
    Payout payout = Payout.parse("51");
    assertThat(payout.script()).hasToString("51");
    assertThatCode(() -> payout.requireOn(network)).doesNotThrowAnyException();
  }

  @Test
  void requireOn_addressOfAnotherNetwork_isRefusedWithBothNames() {
    Payout payout = Payout.parse("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i");
    assertThatThrownBy(() -> payout.requireOn(Network.REGTEST))
        .hasMessage(
            "an address must be of the node's network, regtest, got"
                + " 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i of main");
  }

  @Test
  void parse_scriptTooLong_isRefused() {
    assertThatThrownBy(() -> Payout.parse("51".repeat(521)))
        .hasMessage("a script must have 1 to 520 bytes, got 521");
  }
}
