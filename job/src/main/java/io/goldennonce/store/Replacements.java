package io.goldennonce.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files of a table are left out because a larger one has their rows. A note beside the larger
 * one names them, and is there before it: so the moment in which the larger one gets its name is
 * the one in which readers go over to it, and no reader sees a row twice or not at all. The small
 * ones are deleted when nobody reads them any more.
 */
final class Replacements {
  private static final String NOTE = "_replaced-by-";

  private Replacements() {}

  /** Whether a file is such a note. */
  static boolean isNote(Path file) {
    return file.getName().startsWith(NOTE);
  }

  /** The larger file that a note is about. */
  static Path replacement(Path note) {
    return new Path(note.getParent(), note.getName().substring(NOTE.length()));
  }

  /** The note about a larger file. */
  static Path note(Path replacement) {
    return new Path(replacement.getParent(), NOTE + replacement.getName());
  }

  /** Writes the note. */
  static void write(FileSystem fileSystem, Path replacement, List<Path> replaced)
      throws IOException {
    String names = String.join("\n", replaced.stream().map(Path::getName).toList());
    try (OutputStream out = fileSystem.create(note(replacement), false)) {
      out.write(names.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The files that a note names. */
  static List<Path> read(FileSystem fileSystem, Path note) throws IOException {
    try (InputStream in = fileSystem.open(note)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(name -> new Path(note.getParent(), name))
          .toList();
    }
  }

  /**
   * The files that count.
   *
   * @param listing a table's files and notes, as one listing gave them
   * @throws FileNotFoundException if a note has gone meanwhile: list again
   */
  static List<FileStatus> visible(FileSystem fileSystem, FileStatus[] listing) throws IOException {
    Set<String> names = new HashSet<>();
    Arrays.stream(listing).forEach(file -> names.add(file.getPath().getName()));
    Set<String> hidden = new HashSet<>();
    for (FileStatus file : listing) {
      Path path = file.getPath();
      if (isNote(path) && names.contains(replacement(path).getName())) {
        read(fileSystem, path).forEach(replaced -> hidden.add(replaced.getName()));
      }
    }
    List<FileStatus> visible = new ArrayList<>();
    for (FileStatus file : listing) {
      if (!isNote(file.getPath()) && !hidden.contains(file.getPath().getName())) {
        visible.add(file);
      }
    }
    return visible;
  }
}
