package io.goldennonce.proof.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Writes proof files: they are whole and durable, or not there. */
public final class ProofWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProofWriter() {}

  /**
   * Writes a file, in place of one of the same name.
   *
   * @param content makes what is in it
   * @throws IOException if it can't be written; then an earlier file of that name is as it was
   */
  public static void write(Path file, Function<ObjectMapper, ObjectNode> content)
      throws IOException {
    Path whole = file.toAbsolutePath();
    Path draft = whole.resolveSibling("." + whole.getFileName() + "." + ProcessHandle.current().pid());
    try {
      JSON.writeValue(draft.toFile(), content.apply(JSON));
      try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
