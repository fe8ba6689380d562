package io.goldennonce.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.goldennonce.table.StoredParquet;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a warehouse of version 0.1.0 one of format 2. A note {@code _replaced-by-NAME} of that
 * version, one name per line, says of which files NAME has the rows, until a later compaction
 * deletes these and the note. What such notes hide is deleted here.
 *
 * <p>Each step leaves a state from which another run goes on: what is replaced is gone for good
 * before the first note goes, and the new version is written last. Processes that upgrade at once
 * delete the same files.
 */
public final class Upgrade {
  private static final String NOTE = "_replaced-by-";

  private final Storage storage;
  private final Map<String, StoredFile> files = new TreeMap<>();

  /** The names in each note, by the merged file. */
  private final Map<String, Set<String>> notes = new TreeMap<>();

  private Upgrade(Storage storage) {
    this.storage = storage;
  }

  /**
   * Runs it. Programs of version 0.1.0 must not run meanwhile.
   *
   * @throws IOException if the storage can't be written
   * @throws WarehouseException if notes contradict each other or their files
   */
  public static void run(Storage storage) throws IOException {
    Set<String> directories = new TreeSet<>(storage.names(""));
    storage.list("").forEach(file -> directories.remove(file.name()));
    directories.removeIf(name -> name.startsWith("_") || name.startsWith("."));
    directories.add("");
    for (String directory : directories) {
      new Upgrade(storage).finishCompactions(directory);
    }
    for (StoredFile file : storage.list("_pending")) {
      if (file.name().matches("[0-9a-f]+")) { // a block; the file's time is that of its start
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, file.modified());
        storage.publish(file.path() + "-" + micros + "-0", new byte[0]);
        storage.delete(file.path());
      }
    }
    Format.mark(storage);
  }

  private void finishCompactions(String directory) throws IOException {
    Set<String> leftovers = new TreeSet<>();
    for (StoredFile file : storage.list(directory)) {
      files.put(file.name(), file);
      if (file.name().startsWith(NOTE)) {
        notes.put(file.name().substring(NOTE.length()), names(file));
      }
      if (file.name().matches("\\..*\\.crc|" + NOTE + ".*")) {
        leftovers.add(file.name());
      }
    }
    if (!leftovers.isEmpty()) {
      Set<String> replaced = replaced();
      storage.sync(directory); // a merged file may have got its name just now
      delete(replaced);
      storage.sync(directory);
      delete(leftovers);
    }
  }

  private Set<String> names(StoredFile note) throws IOException {
    try {
      return new TreeSet<>(new String(storage.read(note.path()), UTF_8).lines().toList());
    } catch (FileNotFoundException e) {
      return Set.of(); // another process has deleted it, and before it what it names
    }
  }

  /** The files whose rows are in others. */
  private Set<String> replaced() throws IOException {
    Set<String> replaced = new TreeSet<>();
    Map<String, Set<String>> merged = new TreeMap<>();
    for (Map.Entry<String, Set<String>> note : notes.entrySet()) {
      long rows = rows(note.getKey());
      long expected = 0;
      boolean complete = true;
      for (String name : note.getValue()) {
        long some = rows(name);
        expected += Math.max(0, some);
        complete &= some >= 0;
      }
      if (rows >= expected) {
        merged.put(note.getKey(), inside(note.getValue()));
      } else if (complete) {
        replaced.add(note.getKey()); // it is damaged, and nobody needs it
      } else if (rows >= 0) {
        throw new WarehouseException(
            "a merged file must have the rows of the files it replaces, %d, got %d in %s; move it and its note %s out of the warehouse"
                .formatted(expected, rows, at(note.getKey()), NOTE + note.getKey()));
      }
    }
    merged.values().forEach(replaced::addAll);
    merged.keySet().removeAll(replaced);
    // Compactions that ran at once may have merged the same files.
    List.copyOf(merged.keySet()).stream().filter(one -> isIn(one, merged)).forEach(replaced::add);
    merged.keySet().removeAll(replaced);
    for (String one : merged.keySet()) {
      for (String other : merged.keySet()) {
        if (!one.equals(other) && !Collections.disjoint(merged.get(one), merged.get(other))) {
          throw new WarehouseException(
              "no row may be in two files, got some in both %s and %s; if the files in the note of one are there, move it and its note %s… out of the warehouse"
                  .formatted(at(one), at(other), NOTE));
        }
      }
    }
    return replaced;
  }

  private static boolean isIn(String one, Map<String, Set<String>> merged) {
    Set<String> mine = merged.getOrDefault(one, Set.of());
    return merged.entrySet().stream()
        .filter(other -> other.getValue().containsAll(mine))
        .anyMatch(
            other -> other.getValue().size() > mine.size() || other.getKey().compareTo(one) < 0);
  }

  /** What has its rows in a file with some names: these, and what they replaced. */
  private Set<String> inside(Set<String> names) {
    Set<String> all = new TreeSet<>(names);
    Deque<String> next = new ArrayDeque<>(names);
    while (!next.isEmpty()) {
      notes.getOrDefault(next.remove(), Set.of()).stream().filter(all::add).forEach(next::add);
    }
    return all;
  }

  /** How many rows a file has; negative if it is gone or damaged. */
  private long rows(String name) throws IOException {
    StoredFile file = files.get(name);
    return file == null ? -1 : StoredParquet.rows(storage, file.path());
  }

  private String at(String name) {
    StoredFile file = files.get(name);
    return storage.location() + "/" + (file == null ? name : file.path());
  }

  private void delete(Set<String> names) throws IOException {
    for (String name : names) {
      StoredFile file = files.get(name);
      if (file != null) {
        storage.delete(file.path());
      }
    }
  }
}
