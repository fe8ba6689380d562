package io.goldennonce.proof.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.base.WholeFile;
import io.goldennonce.pow.Hash256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/** Writes proof files: they are whole and durable, or not there. */
public final class ProofWriter {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

  private ProofWriter() {}

  /**
   * Writes a file, in place of one of the same name.
   *
   * @param content makes what is in it; the digest of that is added
   * @throws IOException if it can't be written; then an earlier file of that name is as it was
   */
  public static void write(Path file, Function<ObjectMapper, ObjectNode> content)
      throws IOException {
    ObjectNode json = content.apply(JSON);
    json.put("sha256", Hash256.sha256(canonical(json)).toHex());
    WholeFile.write(file, JSON.writer(new Lines()).writeValueAsBytes(json));
  }

  /** Returns JSON without spaces, with as few characters escaped as possible. */
  public static byte[] canonical(JsonNode json) {
    try {
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** A line for each field and for each element of a list. */
  private static final class Lines extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    Lines() {
      indentArraysWith(new UpTo(2));
      indentObjectsWith(new UpTo(2));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Lines();
    }
  }

  private static final class UpTo extends DefaultPrettyPrinter.NopIndenter {
    private static final long serialVersionUID = 1;

    private final int depth;

    UpTo(int depth) {
      this.depth = depth;
    }

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      json.writeRaw(level <= depth ? "\n" + " ".repeat(level) : " ");
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }
}
