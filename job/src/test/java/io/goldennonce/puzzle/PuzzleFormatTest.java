package io.goldennonce.puzzle;

import static io.goldennonce.puzzle.PuzzleField.DATA;
import static io.goldennonce.puzzle.PuzzleField.DATE;
import static io.goldennonce.puzzle.PuzzleField.ID;
import static io.goldennonce.puzzle.PuzzleField.INDEX;
import static io.goldennonce.puzzle.PuzzleField.PREVIOUS_HASH;
import static io.goldennonce.puzzle.PuzzleField.TIMESTAMP;
import static io.goldennonce.puzzle.PuzzleField.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.kernel.ScanResult;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.RangeSearcher;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each format's lowest nonces. Where no other origin is named, Python 3's hashlib found them. */
class PuzzleFormatTest {
  private static final String HASH =
      "00000000000000000000000000000000000000000000000000000000deadbeef";

  private static final String BEAMCHAIN_GENESIS =
      "00000E6BD724E993F81C288688C738D2BC5CF74FF72A6145E29C91BCEAE14833";

  private static final List<String> TRANSACTIONS =
      List.of("bob,alice,25,1,1508004991000", "carol,bob,10.5,2,1508004992000");

  /** From the full scan of all 2³² nonces whose table the README of the puzzle has. */
  @ParameterizedTest
  @CsvSource({"0, 0", "5, 54", "7, 311", "15, 89253", "16, 133050", "19, 1027827"})
  void pow_ofTheOraclesMessage_hasItsNonces(int difficulty, long nonce) {
    Puzzle puzzle = PuzzleFormat.POW.puzzle(input(DATA, "COMSM0010cloud"), difficulty);
    assertThat(lowest(puzzle).nonce()).isEqualTo(nonce);
  }

  /**
   * The nonces at 5 and 6 are those of Beamchain's own genesis block; the others are Python's. Each
   * is the lowest there is.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 055C390796EF575EE9F7BEF8BC6310860A532AB9AE72DE669FC54D03EF52BDB8",
    "4, 92268, 00002BBD21667B8FC9670951E6D4D76DEB80D240CF7E4A247C2CF5EC391AC12F",
    "5, 268731, " + BEAMCHAIN_GENESIS,
    "6, 9645352, 000000ACE80A32E8D2794D2F1321994391356B8492B200946527D3153EA39ECA",
  })
  void beamchain_ofTheGenesisBlock_hasItsNonces(int difficulty, long nonce, String hash) {
    Puzzle puzzle =
        PuzzleFormat.BEAMCHAIN.puzzle(
            beamchain("0", "1508004991", "Genesis block", "0"), difficulty);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("nonce", nonce, "hash", hash, "message", "01508004991Genesis block0" + nonce));
  }

  @Test
  void beamchain_ofTheNextBlock_hasThePreviousHashAsItIsShown() {
    Puzzle puzzle =
        PuzzleFormat.BEAMCHAIN.puzzle(
            beamchain("1", "1508005000", "Second block", BEAMCHAIN_GENESIS), 4);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsEntry("nonce", 71_283L)
        .containsEntry("hash", "000072460968492917EC92403D86151BEE3775B2CAE6B4E24CBF881A693D0E25");
  }

  @ParameterizedTest
  @CsvSource({
    "8, 101, 002b62828de9c47f8dac3988cd6c1b463560e38c137b661e5ba137f18b38a220",
    "12, 3180, 0005ede91c71ac57f8c43cf9feae7eca89bec572c0132b072bd552c5663778e2",
    "16, 10187, 00003a92b2fef8c76c688b0bcacba6a32bb71ac098e5cdb24578f6833f86065e",
  })
  void leader_ofATimestamp_hasTheseNonces(int difficulty, long nonce, String hash) {
    Puzzle puzzle = leader(difficulty);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "nonce",
                nonce,
                "timestamp",
                1_700_000_000L,
                "hash",
                hash,
                "message",
                HASH + difficulty + "1700000000" + nonce));
  }

  @Test
  void leader_whenATimestampIsExhausted_goesOnFromOneWithTheNext() {
    Puzzle puzzle = leader(12);
    long border = 2_000_000_000L;
    assertThat(puzzle.solution(Solution.at(spec(puzzle), 0))).containsEntry("nonce", 1L);
    assertThat(puzzle.solution(Solution.at(spec(puzzle), border - 1)))
        .containsEntry("nonce", border)
        .containsEntry("timestamp", 1_700_000_000L);
    assertThat(puzzle.solution(lowest(puzzle, border)))
        .containsEntry("nonce", 19L)
        .containsEntry("timestamp", 1_700_000_001L)
        .containsEntry("hash", "0003c58e595c6e6478b739bb3a3f17bfd78c9c1a7dc79a223de63f5510816a51");
    assertThat(
            new RangeSearcher(spec(puzzle), "auto")
                .search(range(border - 5, border + 30), () -> false))
        .isEqualTo(new ScanResult(border + 19, true));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 01a1235218b1e80f6b124cb5eed03b8c305730a884de941a3025c02b0c55b344",
    "2, 271, 000f4a92ac5a5d25d63995c47fb893e20ae36e5ceb85b301a312b28d6f2aa4fc",
    "3, 1953, 000899009005059575b18da5d4365a9b5c8448ba609d212ff4e0db1fbdaef0eb",
    "4, 14384, 000058118486cb4b6e569e1d73f0cc1589cc99b1339af65abf66b684a9179998",
  })
  void transfer_ofTwoTransactions_hasTheseNonces(int difficulty, long nonce, String hash) {
    Puzzle puzzle = PuzzleFormat.TRANSFER.puzzle(transfer(TRANSACTIONS), difficulty);
    assertThat(puzzle.solution(lowest(puzzle)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "nonce",
                nonce,
                "hash",
                hash,
                "message",
                "749e51ba3bff9f54a26083029ac9e1ade760c4709aa216a89d0142b5507ca958"
                    + "f557cbb388219de82c0e79a893af0d13a8df6c1fb559da232110018f9d3c7657"
                    + ("7" + nonce + difficulty + HASH + difficulty + "1508004993000")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bob,alice,25,1 | --transaction must be TO,FROM,AMOUNT,ID,DATE, got 4 parts",
        "bob,bob,25,1,9 | --transaction must have different sender and receiver, got 'bob' to"
            + " 'bob'",
        "bob,,25,1,9 | --transaction must have different sender and receiver",
        "bob,alice,0,1,9 | --transaction: its amount must be above 0, got 0",
        "bob,alice,much,1,9 | --transaction: its amount must be above 0, got much",
        "bob,alice,1,1,now | --transaction: its date must be a whole number",
      })
  void transfer_ofATransactionThatCantBe_isRefused(String transaction, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PuzzleFormat.TRANSFER.puzzle(transfer(List.of(transaction)), 1))
        .withMessageContaining(message);
  }

  @Test
  void puzzle_ofFieldsThatDontFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PuzzleFormat.POW.puzzle(input(INDEX, "1"), 1))
        .withMessage("--index does not apply to the format pow, which takes --data");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PuzzleFormat.LEADER.puzzle(input(PREVIOUS_HASH, "0"), 1))
        .withMessage("--timestamp must be given");
    for (String number : List.of("-1", "1000000000000000001", "9999999999999999999", "1e3", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PuzzleFormat.BEAMCHAIN.puzzle(beamchain(number, "1", "", "0"), 1))
          .withMessage("--index must be a whole number from 0 to 10^18, got " + number);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PuzzleFormat.BEAMCHAIN.puzzle(beamchain("0", "1", "", "0x1"), 1))
        .withMessage("--previous-hash must be 1 to 64 hex digits, got 0x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PuzzleFormat.BEAMCHAIN.puzzle(beamchain("0", "1", "", "0"), 65))
        .withMessage("a difficulty must be from 0 to 64 leading hex zeros, got 65");
  }

  private static Puzzle leader(int difficulty) {
    EnumMap<PuzzleField, List<String>> fields = new EnumMap<>(PuzzleField.class);
    fields.put(PREVIOUS_HASH, List.of(HASH));
    fields.put(TIMESTAMP, List.of("1700000000"));
    return PuzzleFormat.LEADER.puzzle(PuzzleInput.of(fields), difficulty);
  }

  private static PuzzleInput transfer(List<String> transactions) {
    EnumMap<PuzzleField, List<String>> fields = new EnumMap<>(PuzzleField.class);
    fields.put(TRANSACTION, transactions);
    fields.put(ID, List.of("7"));
    fields.put(PREVIOUS_HASH, List.of(HASH));
    fields.put(DATE, List.of("1508004993000"));
    return PuzzleInput.of(fields);
  }

  private static PuzzleInput beamchain(String index, String timestamp, String data, String hash) {
    EnumMap<PuzzleField, List<String>> fields = new EnumMap<>(PuzzleField.class);
    fields.put(INDEX, List.of(index));
    fields.put(TIMESTAMP, List.of(timestamp));
    fields.put(DATA, List.of(data));
    fields.put(PREVIOUS_HASH, List.of(hash));
    return PuzzleInput.of(fields);
  }

  private static PuzzleInput input(PuzzleField field, String value) {
    return PuzzleInput.of(Map.of(field, List.of(value)));
  }

  private static Solution lowest(Puzzle puzzle) {
    return lowest(puzzle, 0);
  }

  private static Solution lowest(Puzzle puzzle, long from) {
    SearchSpec spec = spec(puzzle);
    ScanResult result =
        new RangeSearcher(spec, "message-digest")
            .search(range(from, from + 20_000_000), () -> false);
    return Solution.confirm(spec, result.end() - 1).orElseThrow();
  }

  private static SearchSpec spec(Puzzle puzzle) {
    return puzzle.search(puzzle.template().keyspace(), ResultMode.LOWEST_NONCE);
  }

  private static NonceRange range(long from, long to) {
    return new NonceRange(from, to);
  }
}
