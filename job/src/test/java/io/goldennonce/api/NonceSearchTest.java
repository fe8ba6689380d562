package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Searches in the calling thread. */
class NonceSearchTest {
  /** Bitcoin's mainnet block 8451, whose nonce is an early one: 102331. */
  private static final String BLOCK_8451 =
      "0100000044024bc63493f8d96723cd193bcd8d888b64260061dd1d632e844ae7000000003f3664cda5b0e39b"
          + "580a9ef37b8e6c718b3894885e69ed0be736d093cc2cdc5e30c8c749ffff001dbb8f0100";

  private static final NonceSearch EASY =
      NonceSearch.of(Template.text("hello {nonce}!"), Target.ofZeroBits(10));
  private static final NonceSearch HOPELESS =
      NonceSearch.of(Template.text("hello {nonce}!"), Target.ofZeroBits(256));

  @Test
  void run_text_isTheLowestNonceOfSha256() {
    SearchResult result = EASY.run();
    long lowest = solutions(1_000_000).findFirst().orElseThrow();
    Solution solution = result.solution().orElseThrow();
    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(solution.nonce()).isEqualTo(lowest);
    assertThat(solution.hash()).isEqualTo(sha256(message(lowest)));
    assertThat(new String(solution.message(), StandardCharsets.UTF_8)).isEqualTo(message(lowest));
    assertThat(result.hashes()).isEqualTo(result.hashesAtMost()).isEqualTo(lowest + 1);
    assertThat(result.kernel()).isPresent();
  }

  /** The header's nonce, and no other byte of it, is found again. */
  @Test
  void run_realHeader_isTheRealHeader() {
    SearchResult result = NonceSearch.ofHeader(BLOCK_8451.substring(0, 152) + "00000000").run();
    Solution solution = result.solution().orElseThrow();
    assertThat(solution.nonce()).isEqualTo(102331);
    assertThat(HexFormat.of().formatHex(solution.message())).isEqualTo(BLOCK_8451);
    assertThat(solution.hash()).startsWith("00000000");
    assertThat(result.hashes()).isEqualTo(102332);
  }

  /** The first nonce of the second second. */
  @Test
  void run_headerWhoseTimeMoves_continuesInTheNextSecond() {
    byte[] header = HexFormat.of().parseHex(BLOCK_8451);
    Solution solution =
        NonceSearch.of(Template.header(header, 1), Target.ofZeroBits(0))
            .withRange(1L << 32, (1L << 32) + 1)
            .run()
            .solution()
            .orElseThrow();
    assertThat(solution.nonce()).isZero();
    assertThat(solution.message()[68]).isEqualTo((byte) (header[68] + 1));
  }

  /** The nonce of the tests of the command {@code solve --format pow}. */
  @Test
  void run_bytes_areAsTheFormatSays() {
    byte[] data = "COMSM0010cloud".getBytes(StandardCharsets.US_ASCII);
    Template template = Template.bytes(data, new byte[0], NonceFormat.U32_BE, HashFunction.SHA256D);
    SearchResult result = NonceSearch.of(template, Target.ofZeroBits(16)).run();
    assertThat(result.solution().orElseThrow().nonce()).isEqualTo(133_050);
  }

  @Test
  void run_outOfTimeAtOnce_stillTellsWhereItEnded() {
    List<Long> told = new ArrayList<>();
    SearchListener listener =
        Listeners.progress(
            progress -> {
              told.add(progress.hashes());
            });
    EASY.withTimeout(Duration.ZERO).run(listener);
    assertThat(told).containsExactly(0L);
  }

  @Test
  void run_allOfARange_findsEachAndTriesEachOnce() {
    List<Long> found = new ArrayList<>();
    SearchResult result =
        EASY.withRange(1000, 50_000)
            .withAllSolutions()
            .run(
                Listeners.found(
                    solution -> {
                      found.add(solution.nonce());
                    }));
    List<Long> expected = solutions(50_000).filter(nonce -> nonce >= 1000).boxed().toList();
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(result.solutions()).extracting(Solution::nonce).isEqualTo(expected);
    assertThat(found).isEqualTo(expected);
    assertThat(result.hashes()).isEqualTo(49_000);
  }

  @Test
  void run_forThree_endsWithTheLowestThree() {
    SearchResult result = EASY.withSolutions(3).run();
    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(result.solutions())
        .extracting(Solution::nonce)
        .isEqualTo(solutions(1_000_000).limit(3).boxed().toList());
  }

  @Test
  void run_rangeWithoutSolution_isExhausted() {
    SearchResult result = HOPELESS.withRange(0, 10_000).run();
    assertThat(result.outcome()).isEqualTo(Outcome.EXHAUSTED);
    assertThat(result.solution()).isEmpty();
    assertThat(result.hashes()).isEqualTo(10_000);
  }

  @Test
  void run_outOfTime_endsWithTheDeadline() {
    SearchResult result = HOPELESS.withTimeout(Duration.ofMillis(1)).run();
    assertThat(result.outcome()).isEqualTo(Outcome.DEADLINE);
    assertThat(result.hashes()).isEqualTo(result.hashesAtMost());
    assertThat(HOPELESS.withTimeout(Duration.ZERO).run().hashes()).isZero();
  }

  @Test
  void run_threadIsInterrupted_stopsAndSaysHowMuchWasTried() {
    List<SearchProgress> seen = new ArrayList<>();
    SearchResult result =
        HOPELESS
            .withSetting("report-interval", "1ms")
            .run(
                Listeners.progress(
                    progress -> {
                      seen.add(progress);
                      if (progress.hashes() > 0 && seen.size() > 3) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(result.hashes()).isPositive().isEqualTo(seen.get(seen.size() - 1).hashes());
    assertThat(seen).extracting(SearchProgress::hashes).isSorted().hasSizeGreaterThan(3);
    assertThat(seen).extracting(SearchProgress::slots).containsOnly(1);
  }

  @Test
  void run_listenerThatFails_failsWithItsException() {
    RuntimeException own = new IllegalStateException("full");
    assertThatThrownBy(
            () ->
                EASY.run(
                    Listeners.found(
                        solution -> {
                          throw own;
                        })))
        .isInstanceOf(SearchFailedException.class)
        .hasMessageContaining("full")
        .hasCause(own);
  }

  @Test
  void with_anything_leavesTheOriginalAsItWas() {
    EASY.withSolutions(3);
    EASY.withRange(0, 1);
    EASY.withTimeout(Duration.ZERO);
    assertThat(EASY.run().solutions()).hasSize(1);
  }

  @Test
  void values_wrongOnes_areRefusedWithTheRuleAndTheValue() {
    refused(() -> Template.text("hello"), "{nonce} in it once, got hello");
    refused(() -> Template.text("{nonce}{nonce}"), "once");
    refused(() -> Template.header(new byte[79]), "80 bytes (160 hex digits), got 79");
    refused(() -> Template.header(HexFormat.of().parseHex(BLOCK_8451), -1), "got -1");
    refused(() -> NonceSearch.ofHeader("00"), "80 bytes");
    refused(() -> Target.ofZeroBits(257), "0 to 256 leading zero bits, got 257");
    refused(() -> Target.ofHex("g"), "hex");
    refused(() -> Target.ofBits("ffffffff"), "ffffffff");
    refused(() -> Target.ofDifficulty(0), "got 0");
    refused(() -> Target.of(BigInteger.valueOf(-1)), "got -1");
    refused(() -> EASY.withSolutions(0), "1 or more solutions");
    refused(() -> EASY.withRange(2, 1), "[2, 1)");
    refused(() -> EASY.withRange(-1, 1), "[-1, 1)");
    refused(() -> EASY.withTimeout(Duration.ofNanos(-1)), "0 or more");
    refused(() -> EASY.withSetting("speed", "1"), "unknown key golden-nonce.search.speed");
    refused(() -> EASY.withSetting("range-time", "soon"), "range-time");
    refused(() -> EASY.withSetting("kernel", "abacus"), "got abacus");
  }

  private static void refused(Runnable call, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void target_ofAnyForm_isThatNumber() {
    assertThat(Target.ofBits("1d00ffff")).isEqualTo(Target.ofDifficulty(1));
    assertThat(Target.ofBits("1d00ffff").toString()).isEqualTo("00000000ffff" + "0".repeat(52));
    assertThat(Target.ofZeroBits(248)).isEqualTo(Target.ofHex("ff"));
    assertThat(Target.of(BigInteger.TEN))
        .isEqualTo(Target.ofHex("a"))
        .hasSameHashCodeAs(Target.ofHex("a"));
  }

  /** Every name of the API has its counterpart. */
  @Test
  void enums_allNames_areThoseOfTheKernels() {
    assertThat(NonceFormat.values())
        .allSatisfy(format -> assertThat(format.encoding()).isNotNull());
    assertThat(NonceFormat.values()).hasSameSizeAs(io.goldennonce.kernel.NonceEncoding.values());
    assertThat(HashFunction.values()).hasSameSizeAs(io.goldennonce.kernel.HashFunction.values());
    assertThat(HashFunction.values()).allSatisfy(hash -> assertThat(hash.function()).isNotNull());
  }

  /** By the JDK alone. */
  private static LongStream solutions(long end) {
    return LongStream.range(0, end)
        .filter(nonce -> new BigInteger(sha256(message(nonce)), 16).bitLength() <= 246);
  }

  private static String message(long nonce) {
    return "hello " + nonce + "!";
  }

  private static String sha256(String message) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(message.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
