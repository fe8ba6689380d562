package io.goldennonce.pool;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes a pool's lines of JSON. */
public final class PoolLine {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PoolLine() {}

  /**
   * Reads the transaction of a line.
   *
   * @throws IllegalArgumentException if the line is not valid, with the reason
   */
  public static Transaction parse(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "a line must be one JSON object: " + PoolRecord.shortened(e.getOriginalMessage()), e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "a line must be one JSON object, got " + PoolRecord.shortened(line));
    }
    Map<String, @Nullable Object> fields = new HashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
    return PoolRecord.transaction(fields);
  }

  /** A transaction as a line, without the line break. */
  public static String of(Transaction transaction) {
    byte[] payload = transaction.payload();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      return isTransfer(text, transaction) ? text : line(PoolRecord.DATA, text);
    } catch (CharacterCodingException e) {
      return line(PoolRecord.PAYLOAD, Base64.getEncoder().encodeToString(payload));
    }
  }

  /** Whether the payload is a transfer's, which is itself the transaction's line. */
  private static boolean isTransfer(String text, Transaction transaction) {
    try {
      return text.startsWith("{\"amount\"") && parse(text).equals(transaction);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String line(String name, String value) {
    return JSON.createObjectNode().put(name, value).toString();
  }

  private static Object value(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node;
  }
}
