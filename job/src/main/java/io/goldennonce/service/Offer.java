package io.goldennonce.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.PuzzleField;
import io.goldennonce.puzzle.PuzzleFormat;
import io.goldennonce.puzzle.PuzzleInput;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Solution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work that a service offers. If it has a header, the header is hashed and its time may roll. If
 * not, the message has the format {@link PuzzleFormat#LEADER}.
 *
 * @param id the service's id of the work
 * @param previousHash hash of the block before it, as the service writes it
 * @param template the messages: variant {@code v} has the timestamp {@code firstTimestamp + v}
 * @param target the greatest hash that is a solution
 * @param firstTimestamp in seconds since 1970-01-01T00:00Z
 * @param tag the work's ETag, if the service sent one
 */
record Offer(
    String id,
    String previousHash,
    SearchTemplate template,
    Target target,
    long firstTimestamp,
    Optional<String> tag) {
  /** Blockchains accept a block's time up to this far ahead of the clock. */
  private static final long ROLL_SECONDS = 7200;

  private static final int MAX_TEXT = 200;

  /**
   * Reads an offer.
   *
   * @param tag its ETag
   * @param now the first timestamp if the work has no header
   * @throws IllegalArgumentException if a field is missing or invalid
   */
  static Offer of(JsonNode json, Optional<String> tag, Instant now) {
    String id = text(json, "id");
    String previousHash = text(json, "previous_hash");
    if (json.hasNonNull("header")) {
      return ofHeader(id, previousHash, json, tag);
    }
    int zeros = zeros(json);
    long first = now.getEpochSecond();
    PuzzleInput input =
        PuzzleInput.of(
            Map.of(
                PuzzleField.PREVIOUS_HASH,
                List.of(previousHash),
                PuzzleField.TIMESTAMP,
                List.of(String.valueOf(first))));
    SearchTemplate template = PuzzleFormat.LEADER.puzzle(input, zeros).template();
    return new Offer(id, previousHash, template, PuzzleFormat.LEADER.target(zeros), first, tag);
  }

  private static Offer ofHeader(
      String id, String previousHash, JsonNode json, Optional<String> tag) {
    BlockHeader header = BlockHeader.ofHex(text(json, "header"));
    if (!header.previousHash().equals(Hash256.ofDisplay(previousHash))) {
      throw new IllegalArgumentException(
          "'previous_hash' must be the header's, %s, got %s"
              .formatted(header.previousHash().toDisplay(), previousHash));
    }
    Target target =
        json.hasNonNull("bits")
            ? CompactBits.ofHex(text(json, "bits")).toTarget()
            : PuzzleFormat.LEADER.target(zeros(json));
    JsonNode last = json.path("max_timestamp");
    long roll = last.isMissingNode() || last.isNull() ? ROLL_SECONDS : number(last) - header.time();
    return new Offer(
        id, previousHash, new HeaderTemplate(header, roll), target, header.time(), tag);
  }

  /** The timestamp of a solution. */
  long timestamp(Solution found) {
    return firstTimestamp + found.variant();
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()
        || value.textValue().isEmpty()
        || value.textValue().length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "'" + name + "' must be a text of 1 to " + MAX_TEXT + " characters");
    }
    return value.textValue();
  }

  private static int zeros(JsonNode json) {
    JsonNode value = json.path("zeros");
    if (!value.isInt()) {
      throw new IllegalArgumentException(
          "'zeros' must be a number of bits, or 'bits' a compact target beside a 'header'");
    }
    return value.intValue();
  }

  private static long number(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("'max_timestamp' must be a number of seconds");
    }
    return value.longValue();
  }
}
