package io.goldennonce.config;

import java.time.Duration;
import java.util.Map;

/**
 * All settings, as {@code reference.conf} explains them.
 *
 * @param warehouse where tables are: a Hadoop path
 * @param search how a search runs
 * @param chain what the own chain's blocks say
 * @param progress how often progress is shown
 * @param notification where finds are posted
 * @param spark Spark settings for where {@code spark-submit} gives none
 */
public record Configuration(
    String warehouse,
    Search search,
    Chain chain,
    Progress progress,
    Notify notification,
    Map<String, String> spark) {

  /**
   * How a search runs.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime how long a task shall take
   * @param firstRange positions in a range while no rate is known, at least 1
   * @param reportInterval how often a task tells how far it is
   * @param eventsPerSecond how many task ends, and how many reports, the driver shall get a second
   *     at most, at least 1
   * @param checkpointInterval how often the ledger is kept
   * @param stopWait how long to wait for cancelled tasks to end
   */
  public record Search(
      String kernel,
      Duration rangeTime,
      long firstRange,
      Duration reportInterval,
      int eventsPerSecond,
      Duration checkpointInterval,
      Duration stopWait) {}

  /**
   * What the own chain's blocks say.
   *
   * @param difficulty leading zero bits, where no option gives a target; 0 to 255
   * @param miner the miner's name
   */
  public record Chain(int difficulty, String miner) {}

  /**
   * How often progress is shown.
   *
   * @param plainInterval between two lines where standard error is no terminal
   */
  public record Progress(Duration plainInterval) {}

  /**
   * Where finds are posted.
   *
   * @param url an HTTP address, which may hold a secret; empty for nowhere
   * @param timeout of one attempt
   * @param attempts how often to try, at least 1
   */
  public record Notify(String url, Duration timeout, int attempts) {
    /** Without the address. */
    @Override
    public String toString() {
      return "Notify[timeout=" + timeout + ", attempts=" + attempts + "]";
    }
  }
}
