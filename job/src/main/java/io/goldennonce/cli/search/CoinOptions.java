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

  /** Options that can be combined with it. */
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
      description = "Selects the coins; the same seed gives the same coins. Default: 0.")
  private @Nullable Integer seed;

  @Option(
      names = "--coins",
      paramLabel = "N",
      description = "Stop when the wallet has this many coins of the seed.")
  private @Nullable Long coins;

  /** Refuses options that this format ignores. */
  void requireNothingElse(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      if (!OTHERS.contains(option.longestName())) {
        throw new UsageException(option.longestName() + " does not go with " + FORMAT);
      }
    }
  }

  /** Refuses these options for any other puzzle. */
  void requireNotGiven() {
    PuzzleOptions.refuse("--seed", seed, "anything but " + FORMAT);
    PuzzleOptions.refuse("--coins", coins, "anything but " + FORMAT);
  }

  int seed() {
    return seed == null ? 0 : seed;
  }

  NonceRange candidates() {
    return UsageException.checked("--seed", () -> Coins.candidates(seed()));
  }

  /** Number of coins to end with, if given. */
  OptionalLong wanted() {
    UsageException.requireAtLeast(1, "--coins", coins);
    return coins == null ? OptionalLong.empty() : OptionalLong.of(coins);
  }
}
