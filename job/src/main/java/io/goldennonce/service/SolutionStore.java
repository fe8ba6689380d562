package io.goldennonce.service;

import java.util.List;

/** Keeps what was found for services, so that a restart can hand it in. */
public interface SolutionStore {
  /**
   * Keeps a solution; one with a verdict takes the place of the same without. When it returns, a
   * crash loses nothing.
   */
  void save(ServiceSolution solution);

  /** What a service has not judged yet, the earliest found first. */
  List<ServiceSolution> pending(String service);
}
