package io.goldennonce.cluster;

/** What happens to a search in a round. */
enum Disturbance {
  EXECUTOR_KILLED,
  WORKER_KILLED_AND_ADDED,
  DRIVER_KILLED
}
