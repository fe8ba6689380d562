package io.goldennonce.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A warehouse that version 0.1.0 has made (commit 1a9c3e7): mined by it, with a stale block, a
 * search that ended at its deadline, and coins, and compacted twice so that notes exist about files
 * that are still there, one of them itself merged. In a zip, as Maven copies no resource whose name
 * begins with {@code ._}.
 */
public final class OldWarehouse {
  private OldWarehouse() {}

  /** Makes it below a directory. */
  public static Path unpack(Path directory) throws IOException {
    Path warehouse = directory.resolve("warehouse-0.1.0");
    try (InputStream resource =
            Objects.requireNonNull(OldWarehouse.class.getResourceAsStream("/warehouse-0.1.0.zip"));
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = warehouse.resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
          Files.setLastModifiedTime(file, entry.getLastModifiedTime());
        }
      }
    }
    return warehouse;
  }
}
