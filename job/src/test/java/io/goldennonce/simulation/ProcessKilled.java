package io.goldennonce.simulation;

/** Ends a simulated process where it stands, as SIGKILL or a power cut does. Not to be caught. */
@SuppressWarnings("serial")
final class ProcessKilled extends Error {
  ProcessKilled() {
    super("killed by the simulation", null, false, false);
  }
}
