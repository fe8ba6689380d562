package io.goldennonce.puzzle;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.MessageTemplate;
import io.goldennonce.search.SearchTemplate;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A puzzle known by name: how its message is made, and what a difficulty means in it. */
public enum PuzzleFormat {
  /**
   * {@code data ‖ nonce} as four bytes, most significant first; double SHA-256; leading zero bits.
   */
  POW {
    @Override
    public SearchTemplate template(byte[] data) {
      return new MessageTemplate(
          NonceTemplate.of(
              data,
              new byte[0],
              NonceEncoding.U32_BE,
              HashFunction.SHA256D,
              HashOrder.FIRST_BYTE_HIGH));
    }

    @Override
    public Target target(int difficulty) {
      return Target.ofZeroBits(difficulty);
    }
  };

  /** The messages made of some data. */
  public abstract SearchTemplate template(byte[] data);

  /**
   * The target of a difficulty.
   *
   * @throws IllegalArgumentException if the format has no such difficulty
   */
  public abstract Target target(int difficulty);

  /** What {@code --format} calls it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static PuzzleFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the format must be one of "
                        + Arrays.stream(values())
                            .map(PuzzleFormat::label)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
