package io.goldennonce.chain;

import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that a block commits to; their meaning is up to the chain's users. */
public final class Transaction implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] payload;

  private Transaction(byte[] payload) {
    this.payload = payload;
  }

  /**
   * Creates a transaction from bytes.
   *
   * @param payload any number of bytes; copied
   */
  public static Transaction ofBytes(byte[] payload) {
    return new Transaction(payload.clone());
  }

  /** Creates a transaction from text, as UTF-8. */
  public static Transaction ofText(String text) {
    return new Transaction(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The double SHA-256 of the payload, as Bitcoin names transactions. */
  public Hash256 id() {
    return Hash256.sha256d(payload);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Transaction that && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(payload);
  }

  /** The id as Bitcoin displays it. */
  @Override
  public String toString() {
    return id().toDisplay();
  }
}
