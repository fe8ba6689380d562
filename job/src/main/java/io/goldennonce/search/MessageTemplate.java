package io.goldennonce.search;

import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceTemplate;
import java.util.HexFormat;

/**
 * One message with a nonce in it: a family of one variant.
 *
 * @param message the message
 */
public record MessageTemplate(NonceTemplate message) implements SearchTemplate {
  @Override
  public NonceTemplate variant(long variant) {
    return message;
  }

  @Override
  public long variants() {
    return 1;
  }

  @Override
  public String canonicalText() {
    HexFormat hex = HexFormat.of();
    return String.join(
        " ",
        "message",
        hex.formatHex(message.prefix())
            + "{"
            + message.encoding()
            + "}"
            + hex.formatHex(message.suffix()),
        message.function().name(),
        // As earlier versions named them, or their ledgers would not be found.
        (message.order() == HashOrder.BIG_ENDIAN ? "FIRST_BYTE_HIGH" : "LAST_BYTE_HIGH")
            + (message.hasPattern() ? " pattern " + hex.formatHex(message.pattern()) : ""));
  }
}
