package io.goldennonce.node;

/**
 * The node and this program can't work together, and waiting won't help: one line that says why.
 */
public final class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean usage;

  private NodeException(String message, boolean usage) {
    super(message);
    this.usage = usage;
  }

  /** The user can mend it by another option or setting. */
  static NodeException usage(String message) {
    return new NodeException(message, true);
  }

  /** Only another program or node can mend it. */
  static NodeException failure(String message) {
    return new NodeException(message, false);
  }

  /** The node is on a signet. */
  static NodeException signet() {
    return usage(
        "a signet block must be signed, which is the signet miner's business: let it call"
            + " `golden-nonce grind` (--grind-cmd) and take --node for other networks");
  }

  /** Whether another option or setting mends it. */
  public boolean isUsage() {
    return usage;
  }
}
