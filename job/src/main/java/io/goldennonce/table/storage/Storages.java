package io.goldennonce.table.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Chooses the storage for a location. */
final class Storages {
  /** S3A's schemes, and what Amazon EMR calls it. */
  private static final Set<String> OBJECT_STORES = Set.of("s3", "s3a", "s3n");

  private Storages() {}

  static Storage at(String location, Configuration hadoop) throws IOException {
    Path path = Locations.path(location);
    FileSystem files = Locations.fileSystem(path, hadoop);
    return at(files, files.makeQualified(path));
  }

  static Storage at(FileSystem files, Path root) {
    String scheme = files.getUri().getScheme();
    if (scheme.equals("file")) {
      java.nio.file.Path directory = java.nio.file.Path.of(root.toUri().getPath());
      return new DiskStorage(root.toString(), new NioDisk(directory), Hooks.NONE);
    }
    return OBJECT_STORES.contains(scheme)
        ? new ObjectStorage(files, root, Hooks.NONE)
        : new HadoopStorage(files, root, Hooks.NONE);
  }
}
