package io.goldennonce.base;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with a maximum number of entries; above it, the least recently used entry is removed. Not
 * thread-safe.
 */
public final class LatestMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /**
   * @param most maximum number of entries, at least 1
   */
  public LatestMap(int most) {
    super(16, 0.75f, true);
    if (most < 1) {
      throw new IllegalArgumentException("a map must hold at least 1 entry, got " + most);
    }
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
