package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.puzzle.Coins;
import io.goldennonce.search.NonceRange;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of the format {@code coins}. */
final class CoinOptions {
  private static final String FORMAT = "--format " + PuzzleOptions.COINS;

  /** What goes with it, besides the options of every command. */
  private static final Set<String> OTHERS =
      Set.of(
          "--format",
          "--seed",
          "--coins",
          "--timeout",
          "--skip",
          "--limit",
          "--shard",
          "--keyspace",
          "--json",
          "--config",
          "-D",
          "--warehouse",
          "--quiet",
          "--verbose");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Which coins to look for; the same seed has the same. Default: 0.")
  private @Nullable Integer seed;

  @Option(
      names = "--coins",
      paramLabel = "N",
      description = "End when so many coins of the seed are in the wallet.")
  private @Nullable Long coins;

  /** Refuses options that would be ignored. */
  void requireNothingElse(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      if (!OTHERS.contains(option.longestName())) {
        throw new UsageException(option.longestName() + " does not go with " + FORMAT);
      }
    }
  }

  /** Refuses these options, as another puzzle was given. */
  void requireNotGiven() {
    PuzzleOptions.refuse("--seed", seed, "anything but " + FORMAT);
    PuzzleOptions.refuse("--coins", coins, "anything but " + FORMAT);
  }

  int seed() {
    return seed == null ? 0 : seed;
  }

  /** All candidates of the seed. */
  NonceRange candidates() {
    return UsageException.checked("--seed", () -> Coins.candidates(seed()));
  }

  /** How many coins to end with, if that is said. */
  OptionalLong wanted() {
    if (coins != null && coins < 1) {
      throw new UsageException("--coins must be 1 or more, got " + coins);
    }
    return coins == null ? OptionalLong.empty() : OptionalLong.of(coins);
  }
}
