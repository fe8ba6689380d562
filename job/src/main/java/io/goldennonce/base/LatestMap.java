package io.goldennonce.base;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map for what comes and goes for as long as a search takes: beyond a number of entries it
 * forgets the one that was not used for longest. Not thread-safe.
 */
public final class LatestMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /**
   * @param most how many entries it keeps, at least 1
   */
  public LatestMap(int most) {
    super(16, 0.75f, true);
    if (most < 1) {
      throw new IllegalArgumentException("a map must keep at least 1 entry, got " + most);
    }
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
