package io.goldennonce.puzzle;

import static io.goldennonce.puzzle.PuzzleField.DATA;
import static io.goldennonce.puzzle.PuzzleField.DATE;
import static io.goldennonce.puzzle.PuzzleField.EVENT;
import static io.goldennonce.puzzle.PuzzleField.ID;
import static io.goldennonce.puzzle.PuzzleField.INDEX;
import static io.goldennonce.puzzle.PuzzleField.PREVIOUS_HASH;
import static io.goldennonce.puzzle.PuzzleField.TIMESTAMP;
import static io.goldennonce.puzzle.PuzzleField.TRANSACTION;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Solution;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A named puzzle format: how its message is built and what a difficulty means. Numbers are ASCII
 * decimal, texts UTF-8, with nothing between them.
 */
public enum PuzzleFormat {
  /**
   * {@code data ‖ nonce} as four bytes, most significant first; double SHA-256; leading zero bits.
   */
  POW(Rule.ZERO_BITS, DATA) {
    @Override
    SearchTemplate template(PuzzleInput input, int difficulty) {
      return new MessageTemplate(
          NonceTemplate.of(
              utf8(input.text(DATA)),
              new byte[0],
              NonceEncoding.U32_BE,
              HashFunction.SHA256D,
              HashOrder.BIG_ENDIAN));
    }
  },

  /**
   * {@code index ‖ timestamp ‖ data ‖ previous hash ‖ nonce} in decimal; SHA-256; leading hex
   * zeros; hashes in upper-case hex.
   */
  BEAMCHAIN(Rule.ZERO_HEX, INDEX, TIMESTAMP, DATA, PREVIOUS_HASH) {
    @Override
    SearchTemplate template(PuzzleInput input, int difficulty) {
      return decimal(
          input.number(INDEX)
              + ""
              + input.number(TIMESTAMP)
              + input.text(DATA)
              + input.hash(PREVIOUS_HASH),
          "");
    }
  },

  /**
   * {@code previous hash ‖ difficulty ‖ timestamp ‖ nonce} in decimal, the nonce from 1 to 2·10⁹,
   * then the next timestamp; double SHA-256; leading zero bits.
   */
  LEADER(Rule.ZERO_BITS, PREVIOUS_HASH, TIMESTAMP) {
    @Override
    SearchTemplate template(PuzzleInput input, int difficulty) {
      return new TimedTemplate(input.hash(PREVIOUS_HASH) + difficulty, input.number(TIMESTAMP));
    }
  },

  /**
   * {@code transaction hashes ‖ id ‖ nonce ‖ difficulty ‖ previous hash ‖ difficulty ‖ date},
   * hashes in hex, the nonce in decimal, the date in milliseconds; SHA-256; leading hex zeros.
   */
  TRANSFER(Rule.ZERO_HEX, TRANSACTION, ID, PREVIOUS_HASH, DATE) {
    @Override
    SearchTemplate template(PuzzleInput input, int difficulty) {
      String hashes =
          input.all(TRANSACTION).stream()
              .map(text -> Transfer.parse(text).hash())
              .collect(Collectors.joining());
      return decimal(
          hashes + input.text(ID),
          difficulty + input.hash(PREVIOUS_HASH) + difficulty + input.number(DATE));
    }
  },

  /**
   * A Nostr event with nonce and difficulty in a tag ({@link NostrEvent}); SHA-256; leading zero
   * bits.
   */
  NOSTR(Rule.ZERO_BITS, EVENT) {
    @Override
    SearchTemplate template(PuzzleInput input, int difficulty) {
      return new MessageTemplate(NostrEvent.parse(input.text(EVENT)).template(difficulty));
    }

    @Override
    Map<String, Object> more(PuzzleInput input, int difficulty, Solution found) {
      return Map.of(
          "event",
          NostrEvent.parse(input.text(EVENT))
              .solved(found.nonce(), difficulty, found.hash().toDisplay()));
    }
  };

  private final Rule rule;
  private final Set<PuzzleField> fields;

  PuzzleFormat(Rule rule, PuzzleField... fields) {
    this.rule = rule;
    this.fields = EnumSet.copyOf(List.of(fields));
  }

  /**
   * Creates a puzzle of this format.
   *
   * @param difficulty leading zeros: bits or hex digits, as the format counts them
   * @throws IllegalArgumentException if the format has no such difficulty, or a field is missing,
   *     does not belong to the format, or is invalid; the message names its option
   */
  public Puzzle puzzle(PuzzleInput input, int difficulty) {
    input.requireOnly(label(), fields);
    Target target = target(difficulty);
    return new Puzzle(
        template(input, difficulty),
        Optional.of(target),
        this == BEAMCHAIN,
        found -> more(input, difficulty, found));
  }

  /**
   * The target of a difficulty.
   *
   * @throws IllegalArgumentException if the format has no such difficulty
   */
  public Target target(int difficulty) {
    return rule.target(difficulty);
  }

  abstract SearchTemplate template(PuzzleInput input, int difficulty);

  /** Returns the further fields of a solution. */
  Map<String, Object> more(PuzzleInput input, int difficulty, Solution found) {
    return Map.of();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PuzzleFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.label().equals(name)).findFirst();
  }

  private static MessageTemplate decimal(String prefix, String suffix) {
    return new MessageTemplate(
        NonceTemplate.of(
            utf8(prefix),
            utf8(suffix),
            NonceEncoding.DECIMAL,
            HashFunction.SHA256,
            HashOrder.BIG_ENDIAN));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
