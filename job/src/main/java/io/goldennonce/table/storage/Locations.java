package io.goldennonce.table.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Locations as users write them: a path, or the URI of any file system that Hadoop has. */
public final class Locations {
  private Locations() {}

  /**
   * Reads one as it is meant.
   *
   * @throws IOException in one line, with the way to write it where there is one
   */
  public static Path path(String location) throws IOException {
    if (location.isEmpty()) {
      throw new IOException("its name is empty");
    }
    if (location.equals("~") || location.startsWith("~/")) {
      throw new IOException("the shell has left the ~ as it is: write the home directory out");
    }
    try {
      return new Path(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          location.matches("[^/]*[^/:]:[^/].*")
              ? "before a colon stands the name of a file system: write ./" + location
              : e.getMessage(),
          e);
    }
  }

  /**
   * The file system of a path.
   *
   * @throws IOException if it can't be reached, or its jars are not there
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    try {
      return path.getFileSystem(hadoop);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      // Hadoop knows the name of a file system, but its jar is not there.
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new IOException(
            "this Spark lacks the jars that "
                + path.toUri().getScheme()
                + ":// needs, see docs/s3.md",
            e);
      }
      throw e;
    }
  }
}
