package io.goldennonce.puzzle;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unsigned Nostr event. Its id is the SHA-256 of a JSON array that NIP-01 defines byte by byte;
 * NIP-13 adds the work as a tag, {@code ["nonce", NONCE, TARGET]}.
 *
 * @param pubkey 64 lower-case hex digits
 * @param createdAt seconds since 1970-01-01T00:00Z
 * @param kind 0 to 65535
 * @param tags all tags except the nonce's
 * @see <a href="https://github.com/nostr-protocol/nips/blob/master/01.md">NIP-01</a> and <a
 *     href="https://github.com/nostr-protocol/nips/blob/master/13.md">NIP-13</a>
 */
public record NostrEvent(
    String pubkey, long createdAt, int kind, List<List<String>> tags, String content) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> FIELDS =
      Set.of("pubkey", "created_at", "kind", "tags", "content");

  /** The largest exact integer in JavaScript, which most Nostr programs use. */
  private static final long MAX_TIME = (1L << 53) - 1;

  private static final int MAX_KIND = 65_535;
  private static final String NONCE_TAG = "nonce";

  public NostrEvent {
    tags = tags.stream().map(List::copyOf).toList();
  }

  /**
   * Parses an event.
   *
   * @throws IllegalArgumentException if it is invalid or signed, has a nonce, or has characters
   *     that programs serialize differently
   */
  public static NostrEvent parse(String json) {
    JsonNode event;
    try {
      event = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "an event must be a JSON object, got other text at line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    }
    if (!event.isObject()) {
      throw new IllegalArgumentException("an event must be a JSON object, got another value");
    }
    requireFields(event);
    String pubkey = text(event.get("pubkey"), "pubkey");
    if (!KEY.matcher(pubkey).matches()) {
      throw new IllegalArgumentException(
          "an event's pubkey must be 64 lower-case hex digits, got " + pubkey);
    }
    return new NostrEvent(
        pubkey,
        whole(event.get("created_at"), "created_at", MAX_TIME),
        (int) whole(event.get("kind"), "kind", MAX_KIND),
        tags(event.get("tags")),
        text(event.get("content"), "content"));
  }

  /** Returns this event with another time, in seconds since 1970-01-01T00:00Z. */
  public NostrEvent at(long time) {
    return new NostrEvent(pubkey, time, kind, tags, content);
  }

  /** Returns the hashed message, with a placeholder for the nonce in decimal. */
  NonceTemplate template(int difficulty) {
    String before =
        "[0,%s,%s,%s,[%s".formatted(quoted(pubkey), createdAt, kind, tagsAnd("[\"nonce\",\""));
    String after = "\",\"" + difficulty + "\"]]," + quoted(content) + "]";
    return NonceTemplate.of(
        before.getBytes(StandardCharsets.UTF_8),
        after.getBytes(StandardCharsets.UTF_8),
        NonceEncoding.DECIMAL,
        HashFunction.SHA256,
        HashOrder.BIG_ENDIAN);
  }

  /**
   * Returns the event with its nonce and id, in JSON, to be signed.
   *
   * @param id 64 hex digits
   */
  String solved(long nonce, int difficulty, String id) {
    String tag = "[\"nonce\",\"%s\",\"%s\"]".formatted(nonce, difficulty);
    return json("\"id\":\"" + id + "\",", tagsAnd(tag));
  }

  /** Returns the event in JSON, as {@link #parse} reads it. */
  public String toJson() {
    return json("", tagsAnd());
  }

  private String json(String id, String allTags) {
    return "{%s\"pubkey\":\"%s\",\"created_at\":%s,\"kind\":%s,\"tags\":[%s],\"content\":%s}"
        .formatted(id, pubkey, createdAt, kind, allTags, quoted(content));
  }

  /** Returns the tags and a further one in JSON, separated by commas. */
  private String tagsAnd(String... more) {
    Stream<String> own =
        tags.stream()
            .map(tag -> tag.stream().map(NostrEvent::quoted).collect(joining(",", "[", "]")));
    return Stream.concat(own, Stream.of(more)).collect(joining(","));
  }

  /** Quotes a text as NIP-01 requires: only these seven characters are escaped. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static void requireFields(JsonNode event) {
    Set<String> given = new TreeSet<>();
    event.fieldNames().forEachRemaining(given::add);
    if (given.contains("sig") || given.contains("id")) {
      throw new IllegalArgumentException(
          "an event must have neither id nor sig, since the nonce changes both; mine it before it"
              + " is signed");
    }
    if (!given.equals(FIELDS)) {
      throw new IllegalArgumentException(
          "an event must have %s, got %s"
              .formatted(String.join(", ", new TreeSet<>(FIELDS)), String.join(", ", given)));
    }
  }

  private static List<List<String>> tags(JsonNode json) {
    if (!json.isArray()) {
      throw new IllegalArgumentException("an event's tags must be a list of lists of texts");
    }
    List<List<String>> tags = new ArrayList<>();
    for (JsonNode tag : json) {
      if (!tag.isArray()) {
        throw new IllegalArgumentException("an event's tags must be a list of lists of texts");
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode each : tag) {
        texts.add(text(each, "tags"));
      }
      if (!texts.isEmpty() && texts.get(0).equals(NONCE_TAG)) {
        throw new IllegalArgumentException(
            "an event must have no nonce tag, since this program adds it");
      }
      tags.add(texts);
    }
    return tags;
  }

  private static String text(JsonNode json, String what) {
    if (!json.isTextual()) {
      throw new IllegalArgumentException("an event's " + what + " must be text, got " + json);
    }
    String text = json.textValue();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isEscaped = "\n\"\\\r\t\b\f".indexOf(c) >= 0;
      if (c < ' ' && !isEscaped) {
        // NIP-01 leaves them unescaped, which JSON does not allow, and programs differ.
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "an event's %s must have no control character but line breaks and tabs, got U+%04X",
                what,
                (int) c));
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "an event's " + what + " must be Unicode, got half of a surrogate pair");
    }
    return text;
  }

  private static long whole(JsonNode json, String what, long max) {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw new IllegalArgumentException(
          "an event's " + what + " must be a whole number, got " + json);
    }
    long number = json.longValue();
    if (number < 0 || number > max) {
      throw new IllegalArgumentException(
          "an event's " + what + " must be from 0 to " + max + ", got " + number);
    }
    return number;
  }
}
