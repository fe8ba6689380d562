package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A storage for tests that override some of its methods. */
public class ForwardingStorage implements Storage {
  private final Storage storage;

  public ForwardingStorage(Storage storage) {
    this.storage = storage;
  }

  @Override
  public String location() {
    return storage.location();
  }

  @Override
  public Hooks hooks() {
    return storage.hooks();
  }

  @Override
  public void publish(String path, byte[] content) throws IOException {
    storage.publish(path, content);
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    storage.put(path, content);
  }

  @Override
  public byte[] read(String path) throws IOException {
    return storage.read(path);
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    return storage.read(path, from, length);
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    return storage.list(directory);
  }

  @Override
  public List<String> names(String directory) throws IOException {
    return storage.names(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    storage.delete(path);
  }

  @Override
  public void sync(String directory) throws IOException {
    storage.sync(directory);
  }

  @Override
  public void retire(String path) throws IOException {
    storage.retire(path);
  }

  @Override
  public Instant now(String directory) throws IOException {
    return storage.now(directory);
  }

  @Override
  public @Nullable Closeable lock(String path) throws IOException {
    return storage.lock(path);
  }

  @Override
  public boolean isAbandoned(String path) throws IOException {
    return storage.isAbandoned(path);
  }
}
