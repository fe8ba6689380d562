package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import io.goldennonce.search.NonceRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select a part of the keyspace. */
final class KeyspaceOptions {
  private static final Pattern SHARD = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  @Option(
      names = "--skip",
      paramLabel = "N",
      defaultValue = "0",
      description = "Skip the first N positions of the keyspace.")
  private long skip;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Search at most N positions, after the skipped ones.")
  private @Nullable Long limit;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Search the I-th of N equal parts, 1/N to N/N, to split a search between runs.")
  private @Nullable String shard;

  @Option(names = "--keyspace", description = "Print the number of positions to search, and exit.")
  private boolean printSize;

  /** Whether to print only the size. */
  boolean printSize() {
    return printSize;
  }

  boolean hasLimit() {
    return limit != null;
  }

  NonceRange of(NonceRange whole) {
    if (skip < 0 || skip > whole.size()) {
      throw new UsageException(
          "--skip must be from 0 to the keyspace's size, " + whole.size() + ", got " + skip);
    }
    long from = whole.from() + skip;
    UsageException.requireAtLeast(1, "--limit", limit);
    long to = limit == null || limit > whole.to() - from ? whole.to() : from + limit;
    return shardOf(new NonceRange(from, to));
  }

  private NonceRange shardOf(NonceRange range) {
    if (shard == null) {
      return range;
    }
    Matcher matcher = SHARD.matcher(shard);
    if (matcher.matches()) {
      long part = Long.parseLong(matcher.group(1));
      long parts = Long.parseLong(matcher.group(2));
      if (1 <= part && part <= parts) {
        return new NonceRange(
            range.from() + border(range.size(), part - 1, parts),
            range.from() + border(range.size(), part, parts));
      }
    }
    throw new UsageException("--shard must be I/N with I from 1 to N, got " + shard);
  }

  /** The end of a part: {@code size · part / parts} without overflow. */
  private static long border(long size, long part, long parts) {
    return size / parts * part + size % parts * part / parts;
  }
}
