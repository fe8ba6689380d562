package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import io.goldennonce.search.SearchSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the number of solutions. */
final class SolutionOptions {
  /** Limits the ledger, which has a row per solution, to a few MB. */
  static final int MOST = 100_000;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Find N solutions, each printed when found; with --result lowest the N lowest.")
  private @Nullable Integer count;

  @Option(
      names = "--all",
      description = "Find all solutions of the keyspace; see --skip, --limit and --shard.")
  private boolean all;

  /** The number of solutions, or {@link SearchSpec#ALL}. */
  int solutions() {
    if (all && count != null) {
      throw new UsageException("--all finds every solution; leave out --count");
    }
    UsageException.requireWithin(1, MOST, "--count", count);
    return all ? SearchSpec.ALL : count == null ? 1 : count;
  }
}
