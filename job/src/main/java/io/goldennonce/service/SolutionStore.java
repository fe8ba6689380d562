package io.goldennonce.service;

import java.util.List;

/** Stores solutions found for services, so that a later process can submit them. */
public interface SolutionStore {
  /** Saves a solution; with a verdict, it replaces the pending one. Durable on return. */
  void save(ServiceSolution solution);

  /** Solutions without a verdict of this service, in the order in which they were found. */
  List<ServiceSolution> pending(String service);
}
