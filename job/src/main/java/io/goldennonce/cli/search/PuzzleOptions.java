package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.puzzle.NostrEvent;
import io.goldennonce.puzzle.Puzzle;
import io.goldennonce.puzzle.PuzzleField;
import io.goldennonce.puzzle.PuzzleFormat;
import io.goldennonce.puzzle.PuzzleInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for a puzzle: a known format with its fields, or a template. */
final class PuzzleOptions {
  /** The format that counts coins and is not a search for one nonce. */
  static final String COINS = "coins";

  private final Map<PuzzleField, List<String>> fields = new EnumMap<>(PuzzleField.class);

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = {
        "A known format:",
        "pow: --data; zero bits.",
        "beamchain: --index, --timestamp, --data, --previous-hash; zero hex digits.",
        "leader: --previous-hash, --timestamp; zero bits.",
        "transfer: --transaction, --id, --previous-hash, --date; zero hex digits.",
        "nostr: --event, --created-at; zero bits (NIP-13).",
        "coins: --seed, and --coins, --limit or --timeout."
      })
  private @Nullable String format;

  @Option(
      names = "--difficulty",
      paramLabel = "N",
      description = "Difficulty: number of leading zero bits or hex digits.")
  private @Nullable Integer difficulty;

  @Option(
      names = "--event",
      paramLabel = "FILE",
      description = "The Nostr event to mine, in JSON, without id and sig.")
  private @Nullable Path event;

  @Option(
      names = "--created-at",
      paramLabel = "keep|now",
      description =
          "The time of a Nostr event: its own (default), or now, so that no run resumes another.")
  private @Nullable String createdAt;

  @Mixin private TemplateOptions template = new TemplateOptions();

  @Option(names = "--data", paramLabel = "TEXT", description = "The data of the format.")
  void data(String text) {
    fields.put(PuzzleField.DATA, List.of(text));
  }

  @Option(names = "--index", paramLabel = "N", description = "The block's number.")
  void index(String text) {
    fields.put(PuzzleField.INDEX, List.of(text));
  }

  @Option(names = "--timestamp", paramLabel = "N", description = "The block's timestamp, a number.")
  void timestamp(String text) {
    fields.put(PuzzleField.TIMESTAMP, List.of(text));
  }

  @Option(
      names = "--previous-hash",
      paramLabel = "HEX",
      description = "The previous hash, as it appears in the message.")
  void previousHash(String text) {
    fields.put(PuzzleField.PREVIOUS_HASH, List.of(text));
  }

  @Option(
      names = "--transaction",
      paramLabel = "TO,FROM,AMOUNT,ID,DATE",
      description = "A transaction, its date in milliseconds; may be given several times.")
  void transactions(List<String> texts) {
    fields.put(PuzzleField.TRANSACTION, texts);
  }

  @Option(names = "--id", paramLabel = "TEXT", description = "The block's id.")
  void id(String text) {
    fields.put(PuzzleField.ID, List.of(text));
  }

  @Option(names = "--date", paramLabel = "MS", description = "The block's date in milliseconds.")
  void date(String text) {
    fields.put(PuzzleField.DATE, List.of(text));
  }

  /** Whether the format is {@link #COINS}. */
  boolean asksForCoins() {
    return COINS.equals(format);
  }

  /** The puzzle of the options; refuses options that can't be combined. */
  Puzzle puzzle() {
    readEvent();
    if (format == null) {
      String option = template.option();
      fields.keySet().forEach(field -> refuse(field.option(), field, option));
      return template.puzzle(difficulty);
    }
    template.refuseWith("--format");
    return ofFormat(format);
  }

  private void readEvent() {
    Path file = event;
    if (file == null) {
      refuse("--created-at", createdAt, "anything but --event");
      return;
    }
    String json;
    try {
      json = Files.readString(file);
    } catch (IOException e) {
      throw new UsageException("--event must be a file of UTF-8 text, got " + file, e);
    }
    fields.put(PuzzleField.EVENT, List.of(json));
    if (createdAt != null && !createdAt.equals("keep")) {
      if (!createdAt.equals("now")) {
        throw new UsageException("--created-at must be keep or now, got " + createdAt);
      }
      NostrEvent given = UsageException.checked("--event", () -> NostrEvent.parse(json));
      fields.put(PuzzleField.EVENT, List.of(given.at(Instant.now().getEpochSecond()).toJson()));
    }
  }

  private Puzzle ofFormat(String name) {
    PuzzleFormat known =
        PuzzleFormat.named(name)
            .orElseThrow(
                () -> new UsageException("--format must be one of " + names() + ", got " + name));
    int level = required(difficulty, "--format " + name);
    UsageException.checked("--difficulty", () -> known.target(level));
    PuzzleInput input = PuzzleInput.of(fields);
    return UsageException.checked("--format " + name, () -> known.puzzle(input, level));
  }

  private static String names() {
    return Stream.concat(
            Arrays.stream(PuzzleFormat.values()).map(PuzzleFormat::label), Stream.of(COINS))
        .collect(Collectors.joining(", "));
  }

  /** The difficulty; refused if missing. */
  static int required(@Nullable Integer difficulty, String with) {
    if (difficulty == null) {
      throw new UsageException("--difficulty must be given with " + with);
    }
    return difficulty;
  }

  /** Refuses an option that would be ignored. */
  static void refuse(String option, @Nullable Object value, String with) {
    if (value != null) {
      throw new UsageException(option + " does not go with " + with);
    }
  }
}
