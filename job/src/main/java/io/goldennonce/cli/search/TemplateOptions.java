package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.pow.Target;
import io.goldennonce.puzzle.Puzzle;
import io.goldennonce.puzzle.Rule;
import io.goldennonce.puzzle.TextTemplate;
import java.util.List;
import java.util.Locale;
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
              + " --target, or best: the lowest hash within --timeout or --limit.")
  private @Nullable String rule;

  @Option(
      names = "--target",
      paramLabel = "HEX",
      description = "The greatest hash that counts as a solution, most significant digit first.")
  private @Nullable String target;

  /** The option that has the message. */
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
  }

  /** The puzzle of the options; refuses options that can't be combined. */
  Puzzle puzzle(@Nullable Integer difficulty) {
    TextTemplate text = UsageException.checked(option(), this::text);
    return new Puzzle(
        text.messages(
            named("--encoding", encoding, NonceEncoding.DECIMAL, TemplateOptions::label),
            named("--hash", hash, HashFunction.SHA256, TemplateOptions::label)),
        bound(named("--rule", rule, Rule.ZERO_BITS, Rule::label), difficulty),
        false);
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
      case BEST -> Optional.empty();
    };
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

  /** The name in options: {@code u32be} for {@code U32_BE}. */
  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
