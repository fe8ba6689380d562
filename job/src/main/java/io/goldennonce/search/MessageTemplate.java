package io.goldennonce.search;

import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceTemplate;
import java.util.HexFormat;

/** A message with a nonce: a template with one variant. */
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
    // The names of earlier versions, so that their ledgers are still found.
    String order = message.order() == HashOrder.BIG_ENDIAN ? "FIRST_BYTE_HIGH" : "LAST_BYTE_HIGH";
    String pattern = message.hasPattern() ? " pattern " + hex.formatHex(message.pattern()) : "";
    return "message %s{%s}%s %s %s%s"
        .formatted(
            hex.formatHex(message.prefix()),
            message.encoding(),
            hex.formatHex(message.suffix()),
            message.function(),
            order,
            pattern);
  }
}
