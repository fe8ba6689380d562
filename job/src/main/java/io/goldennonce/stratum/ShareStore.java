package io.goldennonce.stratum;

import java.util.List;

/** Saves what was found for pools. */
public interface ShareStore {
  /**
   * Saves a share; one with a verdict takes the place of the same without. When it returns, a crash
   * loses nothing.
   */
  void save(Share share);

  /** What no pool has judged yet, the earliest found first. */
  List<Share> pending();
}
