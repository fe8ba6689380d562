package io.goldennonce.stratum;

import java.util.List;

/** Stores shares. */
public interface ShareStore {
  /**
   * Saves a share; with a verdict it replaces the same share without. When it returns, the share is
   * durable.
   */
  void save(Share share);

  /** Shares without a verdict, the earliest first. */
  List<Share> pending();
}
