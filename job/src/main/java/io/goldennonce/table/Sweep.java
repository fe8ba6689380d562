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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
    Optional<StoredFile> list = files.stream().filter(file -> file.name().equals(LIST)).findFirst();
    boolean isDue = list.isEmpty() || isOld(list.get());
    if (!isDue && !grace.isZero()) {
      return 0;
    }
    Set<String> left = new TreeSet<>();
    files.stream().map(StoredFile::path).filter(superseded::contains).forEach(left::add);
    String old = directory + "/" + Storage.RETIRED;
    storage.names(old).forEach(name -> left.add(old + "/" + name));
    Set<String> due = new HashSet<>();
    if (grace.isZero()) {
      due.addAll(left);
    }
    if (list.isPresent() && isDue) {
      due.addAll(names(list.get()));
    }
    files.stream()
        .filter(file -> TEMPORARY.stream().anyMatch(file.name()::startsWith))
        .forEach(file -> left.add(file.path()));
    due.retainAll(left);
    for (String path : due) {
      storage.delete(path);
    }
    left.removeAll(due);
    if (left.isEmpty() && list.isPresent()) {
      storage.delete(list.get().path());
    } else if (!left.isEmpty() && isDue) {
      String text = String.join("\n", left);
      storage.put(directory + "/" + LIST, text.getBytes(StandardCharsets.UTF_8));
    }
    return due.size();
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
