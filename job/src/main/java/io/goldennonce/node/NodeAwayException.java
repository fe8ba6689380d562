package io.goldennonce.node;

/** The node can't answer now, or not sensibly: worth another try later. */
final class NodeAwayException extends Exception {
  private static final long serialVersionUID = 1;

  NodeAwayException(String message) {
    super(message);
  }
}
