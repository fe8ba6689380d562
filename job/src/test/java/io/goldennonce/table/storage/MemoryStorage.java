package io.goldennonce.table.storage;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A storage like S3 in memory, with a clock that a test sets. */
public final class MemoryStorage implements Storage {
  @SuppressWarnings("ArrayRecordComponent")
  private record Content(byte[] bytes, Instant modified) {}

  private final Map<String, Content> files = new TreeMap<>();
  private Instant clock = Instant.parse("2026-01-01T00:00:00Z");

  public void pass(Duration time) {
    clock = clock.plus(time);
  }

  @Override
  public String location() {
    return "memory:/";
  }

  @Override
  public synchronized void publish(String path, byte[] content) {
    files.put(path, new Content(content.clone(), clock));
  }

  @Override
  public void put(String path, byte[] content) {
    publish(path, content);
  }

  @Override
  public synchronized byte[] read(String path) throws IOException {
    Content content = files.get(path);
    if (content == null) {
      throw new FileNotFoundException(path);
    }
    return content.bytes().clone();
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    byte[] content = read(path);
    if (from + length > content.length) {
      throw new EOFException(path);
    }
    return Arrays.copyOfRange(content, (int) from, (int) from + length);
  }

  @Override
  public synchronized List<StoredFile> list(String directory) {
    List<StoredFile> listed = new ArrayList<>();
    String prefix = Retired.path(directory, "");
    files.forEach(
        (path, content) -> {
          if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
            listed.add(new StoredFile(path, content.bytes().length, content.modified()));
          }
        });
    return listed;
  }

  @Override
  public synchronized List<String> names(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    return files.keySet().stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()).split("/", 2)[0])
        .distinct()
        .toList();
  }

  @Override
  public synchronized void delete(String path) {
    files.remove(path);
  }

  @Override
  public void retire(String path) {
    // As on S3.
  }

  @Override
  public Instant now(String directory) {
    return clock;
  }
}
