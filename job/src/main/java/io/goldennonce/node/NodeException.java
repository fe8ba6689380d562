package io.goldennonce.node;

/**
 * Thrown if this program can't work with the node, and waiting won't help; says why in one line.
 */
public final class NodeException extends RuntimeException {
  private final boolean usage;

  private NodeException(String message, boolean usage) {
    super(message);
    this.usage = usage;
  }

  /** An error that another option or setting corrects. */
  static NodeException usage(String message) {
    return new NodeException(message, true);
  }

  /** An error that only another version or node corrects. */
  static NodeException failure(String message) {
    return new NodeException(message, false);
  }

  static NodeException signet() {
    return usage(
        "a signet block must be signed, which the signet miner does: let it call `golden-nonce"
            + " grind` (--grind-cmd), and use --node for other networks");
  }

  /** Whether another option or setting corrects it. */
  public boolean isUsage() {
    return usage;
  }
}
