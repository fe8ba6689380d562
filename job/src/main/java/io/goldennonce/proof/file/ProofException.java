package io.goldennonce.proof.file;

/** There is no proof file of what was asked for; the message says why. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProofException(String message) {
    super(message);
  }
}
