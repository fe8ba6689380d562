package io.goldennonce.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Target;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example is that of the protocol's first description (Slush's pool, "Stratum mining protocol",
 * and the Bitcoin wiki's page of that name): a real job and a real share of it. Nothing but the
 * right order of every byte gives a hash with 32 zero bits.
 */
class StratumJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NOTIFY =
      """
      ["bf", "4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000",
       "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff20020862062f503253482f04b8864e5008",
       "072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef9903327048ed988ac00000000",
       [], "00000002", "1c2ac4af", "504e86b9", false]
      """;

  /** What it answers to {@code mining.subscribe}. */
  private static final String SUBSCRIBED =
      """
      [["mining.notify", "ae6812eb4cd7735a302a8a9dd95cf71f"], "08000002", 4]
      """;

  @Test
  void example_shareOfTheDescription_hasAHashOfDifficulty1() throws IOException {
    JobSearch headers = new JobSearch("pool", example());

    BlockHeader first = BlockHeader.parse(headers.variant(1).message(0xb2957c02L));
    // The share's time is later than the job's by 0x34 seconds.
    BlockHeader share = first.withTime(0x504e86ed);

    assertThat(headers.extranonce2(1)).isEqualTo("00000001");
    assertThat(first.time()).isEqualTo(0x504e86b9);
    assertThat(share.previousHash().toDisplay())
        .isEqualTo("00000000440b921e1b77c6c0487ae5616de67f788f44ae2a5af6e2194d16b6f8");
    assertThat(share.hash().toDisplay())
        .isEqualTo("000000002076870fe65a2b6eeed84fa892c0db924f1482243a6247d931dcab32");
    assertThat(Target.ofDifficulty(1).isMetBy(share.hash())).isTrue();
    assertThat(example().isBlock(share)).as("it was a block of the test network, too").isTrue();
    assertThat(example().isBlock(first)).isFalse();
  }

  @Test
  void keyspace_extranonceOf4Bytes_rollsTheTimeAfterAllOfThem() throws IOException {
    JobSearch headers = new JobSearch("pool", example());
    long all = 1L << 32;
    assertThat(headers.variants()).isEqualTo(all * JobSearch.MAX_ROLL_SECONDS);
    assertThat(BlockHeader.parse(headers.variant(all - 1).message(0)).time()).isEqualTo(0x504e86b9);
    assertThat(BlockHeader.parse(headers.variant(all).message(0)).time()).isEqualTo(0x504e86ba);
    assertThat(headers.extranonce2(all)).isEqualTo("00000000");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, ''", "0, 3, ''", "1, 255, ff", "1, 256, 00", "2, 65535, ffff"})
  void extranonce2_fewBytes_wrapsAround(int bytes, long variant, String hex) throws IOException {
    JobSearch headers = new JobSearch("pool", example(new Extranonce("08000002", bytes)));
    assertThat(headers.extranonce2(variant)).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"8, 00000000000000ff", "10, 000000000000000000ff"})
  void extranonce2_manyBytes_isFilledUpInFront(int bytes, String hex) throws IOException {
    JobSearch headers = new JobSearch("pool", example(new Extranonce("08000002", bytes)));
    assertThat(headers.extranonce2(255)).isEqualTo(hex);
    assertThat(headers.variants()).isEqualTo(Long.MAX_VALUE);
  }

  /** A job that comes again must not be searched at the same headers again. */
  @Test
  void parts_ofAKeyspace_areDisjointAndWithinIt() throws IOException {
    for (int bytes : List.of(0, 1, 4, 8)) {
      JobSearch headers = new JobSearch("pool", example(new Extranonce("08000002", bytes)));
      for (int part = 1; part < JobSearch.PARTS; part++) {
        assertThat(headers.part(part).from()).isEqualTo(headers.part(part - 1).to());
      }
      assertThat(headers.part(0).from()).isZero();
      assertThat(headers.part(JobSearch.PARTS - 1).to())
          .isLessThanOrEqualTo(headers.keyspace().to());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 7                 | the job's id must be a text of 1 to 200 characters",
        "0 | ``                | the job's id must be a text of 1 to 200 characters",
        "1 | `00`              | the previous hash must have 64 hex digits, got 2",
        "1 | null              | the previous hash must be bytes in hex",
        "2 | `abc`             | the coinbase's first part must be bytes in hex",
        "2 | `zz`              | the coinbase's first part must be bytes in hex",
        "3 | {}                | the coinbase's second part must be bytes in hex",
        "4 | `ab`              | the merkle branch must be a list of at most 20 hashes",
        "4 | [`ab`]            | a hash must have 32 bytes (64 hex digits), got 1",
        "4 | [1]               | a hash of the merkle branch must be bytes in hex",
        "5 | `02`              | the version must have 8 hex digits, got 2",
        "5 | 2                 | the version must be bytes in hex",
        "6 | `ffffffff`        | a compact target must not be negative",
        "7 | `fffffff0`        | the time must be before 2106, got 4294967280",
        "8 | `true`            | clean_jobs must be true or false",
        "8 | null              | clean_jobs must be true or false",
      })
  void of_oneParameterWrong_isRefusedWithItsName(int index, String value, String rule)
      throws IOException {
    ArrayNode parameters = (ArrayNode) JSON.readTree(NOTIFY);
    parameters.set(index, JSON.readTree(value.replace('`', '"')));
    assertThatThrownBy(() -> StratumJob.of(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                   | extranonce1 must be bytes in hex",
        "[0,`0g`,4]           | extranonce1 must be bytes in hex",
        "[0,`08`,-1]          | extranonce2_size must be from 0 to 16, got -1",
        "[0,`08`,17]          | extranonce2_size must be from 0 to 16, got 17",
        "[0,`08`,4.5]         | extranonce2_size must be a whole number",
        "[0,`08`,`4`]         | extranonce2_size must be a whole number",
        "[0,`08`,99999999999] | extranonce2_size must be a whole number",
      })
  void extranonce_wrong_isRefusedWithItsName(String json, String rule) throws IOException {
    JsonNode list = JSON.readTree(json.replace('`', '"'));
    assertThatThrownBy(() -> Extranonce.of(list, 1)).hasMessage(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[21,`Job not found`,null]               | 21 | Job not found",
        "{`code`:22,`message`:`Duplicate share`} | 22 | Duplicate share",
        "`nope`                                  | 0  | nope",
        "[]                                      | 0  | no reason given",
        "[23]                                    | 23 | no reason given",
        "false                                   | 0  | no reason given",
        "[24,{`a`:1}]                            | 24 | no reason given",
      })
  void error_inAnyForm_hasItsCodeAndWords(String json, int code, String words) throws IOException {
    StratumError error = StratumError.of(JSON.readTree(json.replace('`', '"')));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(words);
  }

  private static PoolJob example() throws IOException {
    return example(Extranonce.of(JSON.readTree(SUBSCRIBED), 1));
  }

  private static PoolJob example(Extranonce extranonce) throws IOException {
    return new PoolJob(StratumJob.of(JSON.readTree(NOTIFY)), extranonce, 1, 1, 0, 0);
  }
}
