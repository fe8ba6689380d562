package io.goldennonce.table.storage;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that were moved to {@link Storage#RETIRED}, where a rename is atomic and a listing not. */
final class Retired {
  private Retired() {}

  /** A name in a directory; the root is empty. */
  static String path(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  /** The directory that a path is in. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The last part of a path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Where a file is when it is retired. */
  static String path(String path) {
    return path(path(parent(path), Storage.RETIRED), name(path));
  }

  /** The files of a directory. */
  interface Listing {
    List<StoredFile> files() throws IOException;
  }

  /** A file by its path; null if it is gone. */
  interface Lookup {
    @Nullable StoredFile find(String path) throws IOException;
  }

  /**
   * A listing, with the files that were retired while it ran, each under the path that it had. To
   * show one too many does no harm: what replaces it is shown, too.
   */
  static List<StoredFile> list(Storage storage, String directory, Listing listing, Lookup lookup)
      throws IOException {
    String old = path(directory, Storage.RETIRED);
    Set<String> before = new HashSet<>(storage.names(old));
    Map<String, StoredFile> listed = new LinkedHashMap<>();
    listing.files().forEach(file -> listed.putIfAbsent(file.name(), file));
    for (String name : storage.names(old)) {
      if (!before.contains(name) && !listed.containsKey(name)) {
        StoredFile file = lookup.find(path(old, name));
        if (file != null) {
          listed.put(name, new StoredFile(path(directory, name), file.length(), file.modified()));
        }
      }
    }
    return List.copyOf(listed.values());
  }
}
