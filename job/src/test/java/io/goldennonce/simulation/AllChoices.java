package io.goldennonce.simulation;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/**
 * Every sequence of choices, one after the other, in depth-first order. A run asks {@link #next} as
 * often as it wants to; {@link #advance} then moves to the sequence that follows the one just used.
 */
public final class AllChoices implements Choices {
  private int[] chosen = new int[64];
  private int[] options = new int[64];
  private int length;
  private int depth;

  @Override
  public int next(int count) {
    if (depth == length) {
      if (length == chosen.length) {
        chosen = Arrays.copyOf(chosen, 2 * length);
        options = Arrays.copyOf(options, 2 * length);
      }
      chosen[length] = 0;
      options[length++] = count;
    } else if (options[depth] != count) {
      throw new IllegalStateException(
          "The run is not deterministic: choice "
              + depth
              + " had "
              + options[depth]
              + " options, now "
              + count);
    }
    return chosen[depth++];
  }

  /**
   * Moves to the next sequence.
   *
   * @return false if all have been used
   */
  public boolean advance() {
    length = depth;
    depth = 0;
    while (length > 0 && chosen[length - 1] + 1 == options[length - 1]) {
      length--;
    }
    if (length == 0) {
      return false;
    }
    chosen[length - 1]++;
    return true;
  }

  /** Starts the present sequence again. */
  public void replay() {
    length = depth;
    depth = 0;
  }

  /** The choices made so far. */
  @Override
  public String toString() {
    return Arrays.stream(chosen, 0, depth).mapToObj(Integer::toString).collect(joining(","));
  }
}
