package io.goldennonce.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NostrEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The example of NIP-13, without what its nonce made of it. */
  private static final String EXAMPLE =
      """
      {
        "pubkey": "a48380f4cfcc1ad5378294fcac36439770f9c878dd880ffa94bb74ea54a6f243",
        "created_at": 1651794653,
        "kind": 1,
        "tags": [],
        "content": "It's just me mining my own business"
      }
      """;

  private static final long EXAMPLE_NONCE = 776_797;
  private static final String EXAMPLE_ID =
      "000006d8c378af1779d2feebc7603a125d99eca0ccf1085959b307f64e5dd358";

  @Test
  void event_ofTheNip_hasItsIdWithItsNonce() throws IOException {
    Puzzle puzzle = puzzle(EXAMPLE, 20);
    SearchSpec search = puzzle.search(puzzle.template().keyspace(), ResultMode.ANY);
    Solution found = Solution.confirm(search, EXAMPLE_NONCE).orElseThrow();
    Map<String, Object> facts = puzzle.solution(found);
    assertThat(facts).containsEntry("hash", EXAMPLE_ID).containsEntry("nonce", EXAMPLE_NONCE);
    assertThat(JSON.readTree(String.valueOf(facts.get("event"))))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "id": "000006d8c378af1779d2feebc7603a125d99eca0ccf1085959b307f64e5dd358",
                  "pubkey": "a48380f4cfcc1ad5378294fcac36439770f9c878dd880ffa94bb74ea54a6f243",
                  "created_at": 1651794653,
                  "kind": 1,
                  "tags": [["nonce", "776797", "20"]],
                  "content": "It's just me mining my own business"
                }
                """));
  }

  /** The id of any event is that of the array which another program writes, Jackson. */
  @Property
  void message_ofAnyEvent_isNip01sArray(
      @ForAll @StringLength(max = 60) String content,
      @ForAll List<@StringLength(max = 5) String> tag,
      @ForAll @LongRange(min = 0, max = 1L << 40) long time,
      @ForAll @LongRange(min = 0) long nonce)
      throws IOException {
    NostrEvent event =
        new NostrEvent(
            "ab".repeat(32),
            time,
            30_023,
            List.of(tag.stream().map(t -> clean(t)).toList()),
            clean(content));
    ArrayNode array = JSON.createArrayNode().add(0).add(event.pubkey()).add(time).add(30_023);
    ArrayNode tags = array.addArray();
    ArrayNode own = tags.addArray();
    event.tags().get(0).forEach(own::add);
    long written = nonce % Long.MAX_VALUE;
    tags.addArray().add("nonce").add("" + written).add("8");
    array.add(event.content());
    assertThat(new String(event.template(8).message(written), StandardCharsets.UTF_8))
        .isEqualTo(JSON.writeValueAsString(array));

    String id = Hash256.sha256(event.template(8).message(written)).toHex();
    JsonNode solved = JSON.readTree(event.solved(written, 8, id));
    assertThat(solved.get("content").textValue()).isEqualTo(event.content());
    assertThat(solved.get("tags")).isEqualTo(tags);
    assertThat(solved.get("id").textValue()).isEqualTo(id);
    boolean hasNonce = !event.tags().get(0).isEmpty() && event.tags().get(0).get(0).equals("nonce");
    if (!hasNonce) {
      assertThat(NostrEvent.parse(event.toJson())).isEqualTo(event);
    }
  }

  @Test
  void event_atAnotherTime_isTheSameBesides() {
    NostrEvent event = NostrEvent.parse(EXAMPLE);
    assertThat(event.at(7).createdAt()).isEqualTo(7);
    assertThat(event.at(7).at(event.createdAt())).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`[]` | an event must be a JSON object, got another value",
        "`{\"pubkey\":` | an event must be a JSON object, got other text at line 1",
        "`{} {}` | an event must be a JSON object, got other text at line 1",
        "`{\"id\":\"00\"}` | must have neither id nor sig",
        "`{\"sig\":\"00\"}` | must have neither id nor sig",
        "`{\"kind\":1}` | an event must have content, created_at, kind, pubkey, tags, got kind",
        "`{\"pubkey\":\"AB\",\"created_at\":1,\"kind\":1,\"tags\":[],\"content\":\"\"}` | an"
            + " event's pubkey must be 64 lower-case hex digits, got AB",
        "`{\"pubkey\":\"K\",\"created_at\":1.5,\"kind\":1,\"tags\":[],\"content\":\"\"}` | an"
            + " event's created_at must be a whole number, got 1.5",
        "`{\"pubkey\":\"K\",\"created_at\":-1,\"kind\":1,\"tags\":[],\"content\":\"\"}` | an"
            + " event's created_at must be from 0 to 9007199254740991, got -1",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":65536,\"tags\":[],\"content\":\"\"}` | an"
            + " event's kind must be from 0 to 65535, got 65536",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":1,\"tags\":[1],\"content\":\"\"}` | an"
            + " event's tags must be a list of lists of texts",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":1,\"tags\":[[1]],\"content\":\"\"}` | an"
            + " event's tags must be text, got 1",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":1,\"tags\":[[\"nonce\",\"1\",\"2\"]],\"content\":\"\"}`"
            + " | an event must have no nonce tag",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":1,\"tags\":[],\"content\":\"\\u0001\"}` | no"
            + " control character but line breaks and tabs, got U+0001",
        "`{\"pubkey\":\"K\",\"created_at\":1,\"kind\":1,\"tags\":[],\"content\":\"\\ud800\"}` | an"
            + " event's content must be Unicode, got half of a surrogate pair",
      })
  void event_wrong_isRefusedWithTheRule(String json, String rule) {
    assertThatThrownBy(() -> NostrEvent.parse(json.replace("\"K\"", "\"" + "ab".repeat(32) + "\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }

  private static Puzzle puzzle(String event, int difficulty) {
    return PuzzleFormat.NOSTR.puzzle(
        PuzzleInput.of(Map.of(PuzzleField.EVENT, List.of(event))), difficulty);
  }

  /** Without what the format refuses, as programs write it in different ways. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= ' ' || "\n\r\t\b\f".indexOf(c) >= 0)
        .filter(c -> c < 0xd800 || c > 0xdfff)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
