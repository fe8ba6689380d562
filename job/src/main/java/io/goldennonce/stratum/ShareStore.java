package io.goldennonce.stratum;

import java.util.List;

/** Keeps what was found for pools. */
public interface ShareStore {
  /**
   * Keeps a share; one with a verdict takes the place of the same without. When it returns, a crash
   * loses nothing.
   */
  void keep(Share share);

  /** What no pool has judged yet, the earliest found first. */
  List<Share> pending();
}
