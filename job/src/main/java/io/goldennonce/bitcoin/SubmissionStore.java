package io.goldennonce.bitcoin;

import java.util.List;

/** Stores blocks found for nodes, so that a later process can submit them. */
public interface SubmissionStore {
  /** Saves a block; it replaces an earlier version of the same block. Durable on return. */
  void save(Submission submission);

  /** Blocks without a verdict, in the order in which they were found. */
  List<Submission> pending();
}
