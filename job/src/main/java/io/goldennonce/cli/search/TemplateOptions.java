package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.Puzzle;
import io.goldennonce.puzzle.Rule;
import io.goldennonce.puzzle.TextTemplate;
import io.goldennonce.search.MessageTemplate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a puzzle with any message: its template, hash and rule. */
final class TemplateOptions {
  @Option(
      names = "--template",
      paramLabel = "TEXT",
      description = "Instead of a format: any text with {nonce} in it, such as 'alice/{nonce}'.")
  private @Nullable String template;

  @Option(
      names = "--template-hex",
      paramLabel = "HEX",
      description = "Instead of a format: bytes, in hex before and after {nonce}.")
  private @Nullable String templateHex;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Encoding of the nonce in a template: u32be, u32le, u64be, u64le, decimal (default),"
              + " hex, base64.")
  private @Nullable String encoding;

  @Option(
      names = "--hash",
      paramLabel = "NAME",
      description = "Hash function of a template: sha256 (default), sha256d.")
  private @Nullable String hash;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description =
          "What solves a template: zero-bits (default) or zero-hex with --difficulty, target with"
              + " --target, prefix with --prefix, suffix with --suffix, or best: the lowest hash"
              + " within --timeout or --limit.")
  private @Nullable String rule;

  @Option(
      names = "--target",
      paramLabel = "HEX",
      description = "The greatest hash that counts as a solution, most significant digit first.")
  private @Nullable String target;

  @Option(
      names = "--prefix",
      paramLabel = "HEX",
      description = "What the hash must begin with, in hex.")
  private @Nullable String prefix;

  @Option(
      names = "--suffix",
      paramLabel = "HEX",
      description = "What the hash must end with, in hex: whole bytes.")
  private @Nullable String suffix;

  String option() {
    if ((template == null) == (templateHex == null)) {
      throw new UsageException(
          "one of --format NAME, --template TEXT and --template-hex HEX must be given");
    }
    return template == null ? "--template-hex" : "--template";
  }

  /** Refuses all of these options with another one. */
  void refuseWith(String other) {
    PuzzleOptions.refuse("--template", template, other);
    PuzzleOptions.refuse("--template-hex", templateHex, other);
    PuzzleOptions.refuse("--encoding", encoding, other);
    PuzzleOptions.refuse("--hash", hash, other);
    PuzzleOptions.refuse("--rule", rule, other);
    PuzzleOptions.refuse("--target", target, other);
    PuzzleOptions.refuse("--prefix", prefix, other);
    PuzzleOptions.refuse("--suffix", suffix, other);
  }

  /** The puzzle of the options; refuses options that can't be combined. */
  Puzzle puzzle(@Nullable Integer difficulty) {
    TextTemplate text = UsageException.checked(option(), this::text);
    NonceEncoding field =
        named("--encoding", encoding, NonceEncoding.DECIMAL, NonceEncoding::label);
    HashFunction function = named("--hash", hash, HashFunction.SHA256, HashFunction::label);
    Rule wanted = named("--rule", rule, Rule.ZERO_BITS, Rule::label);
    Optional<Target> bound = bound(wanted, difficulty);
    MessageTemplate messages =
        switch (wanted) {
          case PREFIX ->
              UsageException.checked(
                  "--prefix", () -> text.withPrefix(field, function, digits("--prefix", prefix)));
          case SUFFIX ->
              UsageException.checked(
                  "--suffix", () -> text.withSuffix(field, function, digits("--suffix", suffix)));
          default -> text.messages(field, function);
        };
    return new Puzzle(messages, bound, false);
  }

  private TextTemplate text() {
    return templateHex == null
        ? TextTemplate.ofText(template == null ? "" : template)
        : TextTemplate.ofHex(templateHex);
  }

  private Optional<Target> bound(Rule wanted, @Nullable Integer difficulty) {
    String name = "--rule " + wanted.label();
    if (wanted != Rule.TARGET) {
      PuzzleOptions.refuse("--target", target, name);
    }
    if (wanted != Rule.PREFIX) {
      PuzzleOptions.refuse("--prefix", prefix, name);
    }
    if (wanted != Rule.SUFFIX) {
      PuzzleOptions.refuse("--suffix", suffix, name);
    }
    if (!wanted.takesDifficulty()) {
      PuzzleOptions.refuse("--difficulty", difficulty, name);
    }
    return switch (wanted) {
      case ZERO_BITS, ZERO_HEX -> {
        int level = PuzzleOptions.required(difficulty, name);
        yield Optional.of(UsageException.checked("--difficulty", () -> wanted.target(level)));
      }
      case TARGET -> {
        if (target == null) {
          throw new UsageException("--target must be given with " + name);
        }
        String hex = target;
        yield Optional.of(UsageException.checked("--target", () -> Target.ofHex(hex)));
      }
      case PREFIX -> ofDigits("--prefix", prefix);
      case SUFFIX -> ofDigits("--suffix", suffix);
      case BEST -> Optional.empty();
    };
  }

  /** Digits of which none but one value is wanted are as rare as zeros. */
  private static Optional<Target> ofDigits(String option, @Nullable String digits) {
    int level = digits(option, digits).length();
    return Optional.of(UsageException.checked(option, () -> Rule.ZERO_HEX.target(level)));
  }

  private static String digits(String option, @Nullable String digits) {
    if (digits == null) {
      throw new UsageException(option + " must be given with --rule " + option.substring(2));
    }
    return digits;
  }

  private static <E extends Enum<E>> E named(
      String option, @Nullable String name, E otherwise, Function<E, String> label) {
    if (name == null) {
      return otherwise;
    }
    List<E> all = List.of(otherwise.getDeclaringClass().getEnumConstants());
    return all.stream()
        .filter(each -> label.apply(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "%s must be one of %s, got %s"
                        .formatted(
                            option,
                            all.stream().map(label).collect(Collectors.joining(", ")),
                            name)));
  }
}
