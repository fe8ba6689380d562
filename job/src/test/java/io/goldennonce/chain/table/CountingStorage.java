package io.goldennonce.chain.table;

import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A storage that counts its calls. */
class CountingStorage extends ForwardingStorage {
  private final Map<String, Integer> calls = new TreeMap<>();

  CountingStorage(Storage storage) {
    super(storage);
  }

  /** The calls since this was asked last, by method. */
  synchronized Map<String, Integer> calls() {
    Map<String, Integer> counted = new TreeMap<>(calls);
    calls.clear();
    return counted;
  }

  private synchronized void count(String method) {
    calls.merge(method, 1, Integer::sum);
  }

  @Override
  public void publish(String path, byte[] content) throws IOException {
    count("publish");
    super.publish(path, content);
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    count("put");
    super.put(path, content);
  }

  @Override
  public byte[] read(String path) throws IOException {
    count("read");
    return super.read(path);
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    count("read");
    return super.read(path, from, length);
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    count("list");
    return super.list(directory);
  }

  @Override
  public List<String> names(String directory) throws IOException {
    count("names");
    return super.names(directory);
  }

  @Override
  public void delete(String path) throws IOException {
    count("delete");
    super.delete(path);
  }
}
