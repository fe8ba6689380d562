package io.goldennonce.table.storage;

/**
 * What the storage does so that nothing is lost or doubled. All are in force; a test takes one out
 * and shows that the simulation finds its absence.
 */
public enum Safeguard {
  /** A file's content is synced before it gets its name. */
  SYNC_FILE,
  /** A directory is synced before a file in it counts as published. */
  SYNC_DIRECTORY,
  /** What replaces a file is durable before that goes, even if its writer was killed. */
  SYNC_BEFORE_RETIRE,
  /** A listing also shows what was retired while it ran. */
  LIST_RETIRED,
  /** A merged file is read back from the storage before what it replaces goes. */
  READ_BACK,
  /** A file goes only if a verified one comes before it in the total order for each origin. */
  ORDER_BEFORE_RETIRE,
  /** Rows of an origin that several files hold count once. */
  ROWS_ONCE,
  /** Of several versions of a key the highest counts. */
  HIGHEST_VERSION,
  /** The version before the newest stays, and counts if the newest is damaged. */
  FALLBACK,
  /** Who claims a lease looks again after writing the claim. */
  LIST_AFTER_CLAIM,
  /** A holder that renews too late gives up. */
  RENEWAL_IN_TIME,
  /** A holder that sees a higher token gives up. */
  HIGHEST_TOKEN
}
