package io.goldennonce.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Replaces files of a local disk as a whole: whoever reads one, even after a power cut, finds its
 * old content or its new content.
 */
public final class WholeFile {
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private WholeFile() {}

  /** Makes a file's content, or the names in a directory, durable. */
  @FunctionalInterface
  interface Sync {
    void of(Path path) throws IOException;
  }

  /**
   * Writes a file, in place of one of the same name. When it returns, the content is durable.
   *
   * @throws IOException if it can't be written; an earlier file of that name is then unchanged
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path whole = file.toAbsolutePath();
    Path draft = whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(draft, content);
      replace(draft, whole, WholeFile::sync);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Renames a draft on the same file system, in place of a file of that name. When it returns, name
   * and content are durable.
   */
  public static void replace(Path draft, Path file) throws IOException {
    replace(draft, file.toAbsolutePath(), WholeFile::sync);
  }

  static void replace(Path draft, Path file, Sync sync) throws IOException {
    sync.of(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    sync.of(file.resolveSibling(""));
  }

  private static void sync(Path path) throws IOException {
    boolean isDirectory = Files.isDirectory(path);
    if (isDirectory && WINDOWS) {
      return; // It can't open a directory; NTFS writes names to its log.
    }
    // A file may be read-only, as the JVM's class archives are; only Windows syncs none that is
    // open for reading.
    StandardOpenOption mode = WINDOWS ? StandardOpenOption.WRITE : StandardOpenOption.READ;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
