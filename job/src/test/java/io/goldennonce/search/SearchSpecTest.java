package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Copies;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSpecTest {
  private static final BlockHeader HEADER =
      BlockHeader.of(
          1,
          Hash256.ZERO,
          Hash256.ZERO,
          1_231_006_505,
          CompactBits.ofHex("1d00ffff"),
          2_083_236_893L);
  private static final Target TARGET = HEADER.target();

  /** A restart recognises a search by its id, so ids outlive versions of the program. */
  @Test
  void id_ofKnownSearches_isAsItEverWas() {
    assertThat(spec(new HeaderTemplate(HEADER, 0), TARGET).id()).isEqualTo("5549cde70177b1fc");
    assertThat(spec(message("ab", "c", NonceEncoding.U32_BE), Target.ofZeroBits(20)).id())
        .isEqualTo("db193ee1d258c91b");
  }

  @Test
  void id_ofAnotherNonceModeOrKeyspace_isTheSame() {
    String id = spec(new HeaderTemplate(HEADER, 0), TARGET).id();
    assertThat(spec(new HeaderTemplate(HEADER.withNonce(5), 0), TARGET).id()).isEqualTo(id);
    assertThat(
            new SearchSpec(
                    new HeaderTemplate(HEADER, 0),
                    TARGET,
                    new NonceRange(7, 9),
                    ResultMode.LOWEST_NONCE)
                .id())
        .isEqualTo(id);
  }

  @Test
  void id_ofAnotherTemplateOrTarget_isAnother() {
    List<String> ids = new ArrayList<>();
    ids.add(spec(new HeaderTemplate(HEADER, 0), TARGET).id());
    ids.add(spec(new HeaderTemplate(HEADER, 0), Target.ofZeroBits(33)).id());
    ids.add(spec(new HeaderTemplate(HEADER.withTime(1), 0), TARGET).id());
    ids.add(spec(message("ab", "c", NonceEncoding.U32_BE), TARGET).id());
    ids.add(spec(message("a", "bc", NonceEncoding.U32_BE), TARGET).id());
    ids.add(spec(message("abc", "", NonceEncoding.U32_BE), TARGET).id());
    ids.add(spec(message("ab", "c", NonceEncoding.U32_LE), TARGET).id());
    ids.add(spec(message("ab", "c", NonceEncoding.DECIMAL), TARGET).id());
    ids.add(spec(message("ab", "c", HashFunction.SHA256, HashOrder.BIG_ENDIAN), TARGET).id());
    ids.add(spec(message("ab", "c", HashFunction.SHA256D, HashOrder.LITTLE_ENDIAN), TARGET).id());
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
  }

  @Test
  void spec_keyspacePastTheTemplates_isRefused() {
    HeaderTemplate template = new HeaderTemplate(HEADER, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SearchSpec(template, TARGET, new NonceRange(0, (1L << 32) + 1), ResultMode.ANY))
        .withMessage("the keyspace must end at 4294967296 or before, got 4294967297");
  }

  @Test
  void keyspace_moreThanALongHolds_isCutOff() {
    assertThat(message("a", "", NonceEncoding.U64_BE).keyspace())
        .isEqualTo(new NonceRange(0, Long.MAX_VALUE));
  }

  @Test
  void spec_sentToATask_isTheSame() throws Exception {
    SearchSpec spec = spec(new HeaderTemplate(HEADER, 3), TARGET);
    assertThat(Copies.bySerialization(spec)).isEqualTo(spec);
    SearchSpec puzzle = spec(message("ab", "c", NonceEncoding.U32_BE), TARGET);
    assertThat(Copies.bySerialization(puzzle))
        .isInstanceOfSatisfying(
            SearchSpec.class, copy -> assertThat(copy.id()).isEqualTo(puzzle.id()));
  }

  @Test
  void confirm_genesisNonce_isTheBlocksHash() {
    BlockHeader genesis =
        BlockHeader.ofHex(
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12"
                + "b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000");
    SearchSpec spec = spec(new HeaderTemplate(genesis, 0), genesis.target());
    assertThat(Solution.confirm(spec, 2_083_236_893L))
        .contains(
            new Solution(
                2_083_236_893L,
                0,
                2_083_236_893L,
                Hash256.ofDisplay(
                    "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f")));
    assertThat(Solution.confirm(spec, 2_083_236_892L)).isEmpty();
  }

  @Test
  void confirm_hashAtTheTarget_isMetAndOneBelowItIsNot() {
    MessageTemplate template = message("ab", "c", HashFunction.SHA256, HashOrder.BIG_ENDIAN);
    Hash256 digest = Hash256.sha256(template.message().message(7));
    Target exact = Target.ofHex(digest.toHex());
    Target under = Target.of(exact.toNumber().subtract(BigInteger.ONE));
    assertThat(Solution.confirm(spec(template, exact), 7))
        .contains(new Solution(7, 0, 7, digest.reversed()));
    assertThat(Solution.confirm(spec(template, under), 7)).isEmpty();
  }

  @Test
  void confirm_positionOfALaterVariant_namesVariantAndNonce() {
    SearchSpec spec = spec(new HeaderTemplate(HEADER, 3), Target.ofZeroBits(0));
    long position = 3 * (1L << 32) + 42;
    assertThat(Solution.confirm(spec, position))
        .contains(
            new Solution(position, 3, 42, HEADER.withTime(HEADER.time() + 3).withNonce(42).hash()));
  }

  private static SearchSpec spec(SearchTemplate template, Target target) {
    return SearchSpec.of(template, target, ResultMode.ANY);
  }

  private static MessageTemplate message(String prefix, String suffix, NonceEncoding encoding) {
    return message(prefix, suffix, encoding, HashFunction.SHA256D, HashOrder.BIG_ENDIAN);
  }

  private static MessageTemplate message(
      String prefix, String suffix, HashFunction function, HashOrder order) {
    return message(prefix, suffix, NonceEncoding.U32_BE, function, order);
  }

  private static MessageTemplate message(
      String prefix,
      String suffix,
      NonceEncoding encoding,
      HashFunction function,
      HashOrder order) {
    return new MessageTemplate(
        NonceTemplate.of(
            prefix.getBytes(StandardCharsets.UTF_8),
            suffix.getBytes(StandardCharsets.UTF_8),
            encoding,
            function,
            order));
  }
}
