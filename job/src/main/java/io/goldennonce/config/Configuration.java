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
 * @param plan what a plan reckons with
 * @param spark Spark settings for where {@code spark-submit} gives none
 */
public record Configuration(
    String warehouse,
    Search search,
    Chain chain,
    Progress progress,
    Plan plan,
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
   * @param tipInterval how often a miner looks whether the tip has moved
   */
  public record Chain(int difficulty, String miner, Duration tipInterval) {}

  /**
   * How often progress is shown.
   *
   * @param plainInterval between two lines where standard error is no terminal
   */
  public record Progress(Duration plainInterval) {}

  /**
   * What a plan reckons with.
   *
   * @param executorCores cores of an executor, where Spark's settings give none; at least 1
   * @param maxExecutors how many a cluster has at most, at least 1
   * @param startup from the order to start until a cluster's executors hash
   * @param localStartup the same in one JVM
   * @param measureTime how long to measure this machine's rate, where none is given
   * @param pricesOf the day of the prices
   * @param currency of the prices
   * @param instances by name
   */
  public record Plan(
      int executorCores,
      int maxExecutors,
      Duration startup,
      Duration localStartup,
      Duration measureTime,
      String pricesOf,
      String currency,
      Map<String, Instance> instances) {}

  /**
   * A machine that can be rented.
   *
   * @param vcpus at least 1
   * @param pricePerHour of one, with all fees; more than 0
   * @param ratePerVcpu hashes a second of one vCPU, all of them busy; more than 0
   */
  public record Instance(int vcpus, double pricePerHour, double ratePerVcpu) {}
}
