package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferTest {
  @Test
  void transaction_ofATransfer_isItsCanonicalJson() {
    Transfer transfer = new Transfer("bob", "a\"l\\ice", Long.MAX_VALUE, "größer/😀", 0);
    assertThat(transfer.transaction())
        .isEqualTo(
            Transaction.ofText(
                "{\"amount\":9223372036854775807,\"date\":0,\"from\":\"a\\\"l\\\\ice\","
                    + "\"id\":\"größer/😀\",\"to\":\"bob\"}"));
  }

  /** The hash by Python: sha256(sha256(text).digest()).digest()[::-1].hex(). */
  @Test
  void id_ofATransfer_isTheDoubleHashOfThatText() {
    Transfer transfer = new Transfer("bob", "alice", 5, "1", 1_700_000_000_000L);
    assertThat(transfer.canonicalText())
        .isEqualTo(
            "{\"amount\":5,\"date\":1700000000000,\"from\":\"alice\",\"id\":\"1\",\"to\":\"bob\"}");
    assertThat(transfer.transaction().id().toDisplay())
        .isEqualTo("bdaac9625cf09518f1caa20de92b72c7334714b9521b4767b6d01aaeb397e8ea");
  }

  @ParameterizedTest
  @CsvSource({
    "'', b, 1, i, 0, must have 1 to 256 characters",
    "a, '', 1, i, 0, must have 1 to 256 characters",
    "a, b, 1, '', 0, must have 1 to 256 characters",
    "a, a, 1, i, 0, 'sender and receiver must differ, got a twice'",
    "a, b, 0, i, 0, 'an amount must be at least 1, got 0'",
    "a, b, -5, i, 0, 'an amount must be at least 1, got -5'",
    "a, b, 1, i, -1, a date must be from 0",
    "a, b, 1, i, 253402300800000, a date must be from 0",
  })
  void create_ofABadOne_namesTheRule(
      String to, String from, long amount, String id, long date, String message) {
    assertThatThrownBy(() -> new Transfer(to, from, amount, id, date))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void create_ofWhatIsNoText_isRefused() {
    assertThatThrownBy(() -> new Transfer("a", "b\n", 1, "i", 0))
        .hasMessage("'from' must not hold control characters");
    assertThatThrownBy(() -> new Transfer("a", "b", 1, "\ud83d", 0))
        .hasMessage("'id' must be text, got half a character");
  }

  @Test
  void create_ofALongName_isRefusedPastItsLimit() {
    String longest = "x".repeat(Transfer.MAX_NAME);
    assertThat(new Transfer(longest, "b", 1, "i", 0).to()).isEqualTo(longest);
    assertThatThrownBy(() -> new Transfer(longest + "x", "b", 1, "i", 0))
        .hasMessageContaining("got 257");
  }
}
