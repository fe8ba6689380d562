package io.goldennonce.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * All settings, as {@code reference.conf} explains them.
 *
 * @param warehouse where tables are: a Hadoop path
 * @param compactFiles how many small files of a table are merged in the background; 0 for never
 * @param search how a search runs
 * @param chain what the own chain's blocks say
 * @param pool how pools of transactions are read
 * @param node how work is taken from a Bitcoin node
 * @param service how work is taken from a web service
 * @param stratum how work is taken from a mining pool
 * @param sources classes of further sources of work, by name
 * @param progress how often progress is shown
 * @param notification where finds are posted
 * @param plan what a plan reckons with
 * @param spark Spark settings for where {@code spark-submit} gives none
 */
public record Configuration(
    String warehouse,
    int compactFiles,
    Search search,
    Chain chain,
    Pool pool,
    Node node,
    Service service,
    Stratum stratum,
    Map<String, String> sources,
    Progress progress,
    Notify notification,
    Plan plan,
    Map<String, String> spark) {

  /** The same with its tables in another place. */
  public Configuration withWarehouse(String path) {
    return with(path, search);
  }

  /** The same with another kernel. */
  public Configuration withKernel(String kernel) {
    return with(warehouse, search.withKernel(kernel));
  }

  private Configuration with(String newWarehouse, Search newSearch) {
    return new Configuration(
        newWarehouse,
        compactFiles,
        newSearch,
        chain,
        pool,
        node,
        service,
        stratum,
        sources,
        progress,
        notification,
        plan,
        spark);
  }

  /**
   * How a search runs.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime how long a task should take
   * @param firstRange positions in a range while no rate is known, at least 1
   * @param reportInterval how often a task reports its progress
   * @param eventsPerSecond maximum of task ends, and of reports, per second at the driver at most,
   *     at least 1
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
      Duration stopWait) {
    Search withKernel(String name) {
      return new Search(
          name,
          rangeTime,
          firstRange,
          reportInterval,
          eventsPerSecond,
          checkpointInterval,
          stopWait);
    }
  }

  /**
   * What the own chain's blocks say.
   *
   * @param difficulty leading zero bits, where no option gives a target; 0 to 255
   * @param miner the miner's name
   * @param tipInterval how often a miner looks whether the tip has moved
   * @param blockTransactions how many transactions of a pool make a block, at least 1
   * @param maxWait how long a transaction of a pool waits for more at most
   * @param rules what all its miners must agree on
   */
  public record Chain(
      int difficulty,
      String miner,
      Duration tipInterval,
      int blockTransactions,
      Duration maxWait,
      Rules rules) {}

  /**
   * What all miners of the own chain must agree on; below {@code chain}, as the others.
   *
   * @param blockInterval how long a block should take, in whole seconds, at least 1
   * @param retargetWindow blocks between two changes of the difficulty, at least 2; 0 for none
   * @param retargetClamp the most that a target changes by at once, at least 2
   * @param genesisTime the first block's time, in whole seconds from 1970 to 2106
   * @param genesisData the text of the first block's transaction
   * @param genesisDifficulty leading zero bits of the first block's hash, 0 to 32
   */
  public record Rules(
      Duration blockInterval,
      int retargetWindow,
      int retargetClamp,
      Instant genesisTime,
      String genesisData,
      int genesisDifficulty) {}

  /**
   * How pools of transactions are read.
   *
   * @param interval how often to look for new ones while waiting for them
   * @param settleTime a file that was not written to for this long is complete
   * @param maxTransaction the most bytes that a record has, at least 1
   */
  public record Pool(Duration interval, Duration settleTime, int maxTransaction) {}

  /**
   * How work is taken from a Bitcoin node.
   *
   * @param cookie the node's cookie file; empty for none
   * @param user who calls; empty for nobody
   * @param password the user's
   * @param timeout how long to wait for an answer
   * @param templateAge age at which a block is replaced by one with new time and transactions
   * @param pollInterval how often to look for a new tip where the node has no long polling
   * @param longestPause between two tries to reach a node that is away
   * @param versionBits how many bits of the header's version roll, 0 to 4
   */
  public record Node(
      String cookie,
      String user,
      Secret password,
      Duration timeout,
      Duration templateAge,
      Duration pollInterval,
      Duration longestPause,
      int versionBits) {}

  /**
   * How work is taken from a web service.
   *
   * @param timeout how long to wait for an answer
   * @param pollInterval how often to ask whether there is other work
   * @param longestPause between two tries to reach a service that is away
   */
  public record Service(Duration timeout, Duration pollInterval, Duration longestPause) {}

  /**
   * How work is taken from a mining pool.
   *
   * @param timeout how long to wait for an answer, for the first job, and for the end of a line
   * @param silence how long nothing may come until the connection counts as lost
   * @param keepAlive how long nothing is sent until a ping is
   * @param jobAge age at which a search is replaced by one of a newer job that does not demand it
   * @param longestPause between two tries to reach a pool that is away
   * @param suggestDifficulty what to ask the pool for; 0 for nothing
   * @param versionBits how many bits of the header's version roll, 0 to 4
   * @param followReconnect whether a pool may send to another host
   * @param certificates a file with those that are trusted; empty for the JVM's
   */
  public record Stratum(
      Duration timeout,
      Duration silence,
      Duration keepAlive,
      Duration jobAge,
      Duration longestPause,
      double suggestDifficulty,
      int versionBits,
      boolean followReconnect,
      String certificates) {}

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
   * @param units its vCPUs, or its GPUs where it has any; at least 1
   * @param pricePerHour of one, with all fees; more than 0
   * @param ratePerUnit hashes a second of one unit, all of them busy; more than 0
   * @param rateIs where the rate is from: estimated, derived from another measurement, or measured
   */
  public record Instance(int units, double pricePerHour, double ratePerUnit, String rateIs) {}
}
