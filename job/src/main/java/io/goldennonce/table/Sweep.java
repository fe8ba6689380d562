package io.goldennonce.table;

import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what nobody needs: what killed processes left, and what compaction has retired. A file
 * goes when it has been of no use for the grace period, for those who still read or write it. How
 * long it has been, no file system tells; so a sweep writes what it found into a list, and a later
 * one deletes what is on the list, if that is old enough by the storage's clock.
 */
public final class Sweep {
  private static final String LIST = "_sweep";
  private static final List<String> TEMPORARY = List.of("_staging-", "_compact-", "_probe-");

  private final Storage storage;
  private final String directory;
  private final Duration grace;

  /**
   * @param grace zero deletes at once, but for what a writer may just be writing
   */
  Sweep(Storage storage, String directory, Duration grace) {
    this.storage = storage;
    this.directory = directory;
    this.grace = grace;
  }

  /**
   * Deletes files of a directory that were not written or renewed for some time, by the storage's
   * clock.
   *
   * @param prefix what their names begin with
   * @return how many
   */
  public static long olderThan(Storage storage, String directory, String prefix, Duration age)
      throws IOException {
    List<StoredFile> files =
        storage.list(directory).stream().filter(file -> file.name().startsWith(prefix)).toList();
    if (files.isEmpty()) {
      return 0;
    }
    Instant now = storage.now(directory);
    long deleted = 0;
    for (StoredFile file : files) {
      if (Duration.between(file.modified(), now).compareTo(age) > 0) {
        storage.delete(file.path());
        deleted++;
      }
    }
    return deleted;
  }

  /**
   * Runs it.
   *
   * @param superseded files that do not count any more
   * @return how many files were deleted
   */
  long run(Set<String> superseded) throws IOException {
    List<StoredFile> files = storage.list(directory);
    @Nullable StoredFile list =
        files.stream().filter(file -> file.name().equals(LIST)).findFirst().orElse(null);
    boolean isDue = list == null || isOld(list);
    if (!isDue && !grace.isZero()) {
      return 0;
    }
    Set<String> temporary = temporary(files);
    Set<String> retired = new TreeSet<>();
    files.stream().map(StoredFile::path).filter(superseded::contains).forEach(retired::add);
    String old = directory + "/" + Storage.RETIRED;
    storage.names(old).forEach(name -> retired.add(old + "/" + name));
    Set<String> due = list == null || !isDue ? new HashSet<>() : names(list);
    if (grace.isZero()) {
      due.addAll(retired);
    }
    Set<String> left = new TreeSet<>(temporary);
    left.addAll(retired);
    long deleted = 0;
    for (String path : List.copyOf(left)) {
      if (due.contains(path)) {
        storage.delete(path);
        left.remove(path);
        deleted++;
      }
    }
    if (left.isEmpty() && list != null) {
      storage.delete(list.path());
    } else if (!left.isEmpty() && isDue) {
      String text = String.join("\n", left);
      storage.put(directory + "/" + LIST, text.getBytes(StandardCharsets.UTF_8));
    }
    return deleted;
  }

  private static Set<String> temporary(List<StoredFile> files) {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.name()));
    Set<String> temporary = new TreeSet<>();
    for (StoredFile file : files) {
      String name = file.name();
      boolean orphan =
          name.startsWith(".")
              && name.endsWith(".crc")
              && !names.contains(name.substring(1, name.length() - ".crc".length()));
      if (orphan || TEMPORARY.stream().anyMatch(name::startsWith)) {
        temporary.add(file.path());
      }
    }
    return temporary;
  }

  private boolean isOld(StoredFile list) throws IOException {
    Instant now = storage.now(directory);
    return Duration.between(list.modified(), now).compareTo(grace) >= 0;
  }

  private Set<String> names(StoredFile list) throws IOException {
    try {
      String text = new String(storage.read(list.path()), StandardCharsets.UTF_8);
      return new HashSet<>(text.lines().toList());
    } catch (FileNotFoundException e) {
      return new HashSet<>(); // another sweep has ended
    }
  }
}
