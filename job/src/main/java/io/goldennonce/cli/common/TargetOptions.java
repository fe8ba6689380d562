package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the target, in one of three forms. */
public final class TargetOptions {
  @Option(
      names = "--difficulty",
      paramLabel = "BITS",
      required = true,
      description = "Leading zero bits of the hash, 0 to 255.")
  private @Nullable Integer difficulty;

  @Option(
      names = "--bits",
      paramLabel = "HEX",
      required = true,
      description = "A compact target as in a Bitcoin header, such as 1e00ffff.")
  private @Nullable String bits;

  @Option(
      names = "--target",
      paramLabel = "HEX",
      required = true,
      description = "The greatest hash that counts as a solution, most significant digit first.")
  private @Nullable String target;

  /** The target in a header's precision, rounded down. */
  public CompactBits compact() {
    if (bits != null) {
      String hex = bits;
      return UsageException.checked("--bits", () -> CompactBits.ofHex(hex));
    }
    if (target != null) {
      String hex = target;
      return UsageException.checked("--target", () -> CompactBits.nearest(Target.ofHex(hex)));
    }
    return compact(difficulty == null ? 0 : difficulty);
  }

  public static CompactBits compact(int difficulty) {
    return UsageException.checked(
        "--difficulty",
        () -> {
          if (difficulty < 0 || difficulty > 255) {
            throw new IllegalArgumentException(
                "leading zero bits must be from 0 to 255, got " + difficulty);
          }
          return CompactBits.nearest(Target.ofZeroBits(difficulty));
        });
  }
}
