package io.goldennonce.bitcoin;

import java.util.List;

/** Where found blocks outlive the process until a node has judged them. */
public interface SubmissionStore {
  /**
   * Keeps a block, in place of what is kept of the same block; when it returns, a crash loses
   * nothing.
   */
  void save(Submission submission);

  /** Those that no node has judged yet, the oldest first. */
  List<Submission> pending();
}
