package io.goldennonce.testing;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.search.MessageTemplate;

/** Messages to search. */
public final class Templates {
  private Templates() {}

  /** The message of the format {@code pow}. */
  public static MessageTemplate pow(byte[] data) {
    return new MessageTemplate(
        NonceTemplate.of(
            data, new byte[0], NonceEncoding.U32_BE, HashFunction.SHA256D, HashOrder.BIG_ENDIAN));
  }
}
