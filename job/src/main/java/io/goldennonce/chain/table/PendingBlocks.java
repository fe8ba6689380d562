package io.goldennonce.chain.table;

import io.goldennonce.chain.BlockStore.Start;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Start times of blocks whose search takes longer than a checkpoint interval, so that a restart
 * continues with the same headers. They are the names of empty files: {@code
 * BLOCK-MICROSECONDS-PART-VERSIONBITS}, where 0.1.0 had no version bits. The files are listed once,
 * when the process starts.
 */
final class PendingBlocks {
  private static final String DIRECTORY = "_pending";
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]+)-(\\d{1,18})-(\\d{1,18})(?:-([0-4]))?");

  private final Storage storage;
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(Start start, String path) {}

  PendingBlocks(Storage storage) {
    this.storage = storage;
    try {
      storage.list(DIRECTORY).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("could not list the pending blocks: " + e.getMessage(), e);
    }
  }

  /** Returns the start of a search for a block that has not ended; empty if none was saved. */
  synchronized Optional<Start> started(String block) {
    return Optional.ofNullable(entries.get(block)).map(Entry::start);
  }

  /** Saves the start of a search; durable on return. */
  synchronized void start(String block, Start start) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, start.time());
    String path =
        DIRECTORY + "/" + block + "-" + micros + "-" + start.part() + "-" + start.versionBits();
    try {
      storage.publish(path, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + path + ": " + e.getMessage(), e);
    }
    Entry before = entries.put(block, new Entry(start, path));
    if (before != null && before.start().equals(start) && !before.path().equals(path)) {
      delete(before.path()); // 0.1.0's name of the same start
    }
  }

  /** Deletes the starts of a block that was found or is no longer searched for. */
  synchronized void end(String block) {
    Entry entry = entries.remove(block);
    if (entry != null) {
      delete(entry.path());
    }
  }

  private void delete(String path) {
    try {
      storage.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + path + ": " + e, e);
    }
  }

  private void add(StoredFile file) {
    Matcher name = NAME.matcher(file.name());
    if (name.matches()) {
      Start start =
          new Start(
              Instant.EPOCH.plus(Long.parseLong(name.group(2)), ChronoUnit.MICROS),
              Long.parseLong(name.group(3)),
              name.group(4) == null ? 0 : Integer.parseInt(name.group(4)));
      entries.merge(
          name.group(1),
          new Entry(start, file.path()),
          (one, other) -> one.start().time().isAfter(other.start().time()) ? other : one);
    }
  }
}
