package io.goldennonce.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * All settings. Those of the nested records are named as in {@code reference.conf}, which gives the
 * meaning and range of each.
 *
 * @param warehouse Hadoop path of the tables
 * @param compactFiles number of small files of a table at which they are merged in the background;
 *     0 for never
 * @param search how a search runs
 * @param chain the own chain's blocks and rules
 * @param pool how pools of transactions are read
 * @param node how work is taken from a Bitcoin node
 * @param service how work is taken from a web service
 * @param stratum how work is taken from a mining pool
 * @param sources classes of further sources of work, by name
 * @param progress how often progress is shown
 * @param notification where finds are posted
 * @param plan the assumptions of plans
 * @param spark Spark settings, unless {@code spark-submit} sets them
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

  /**
   * How a search runs.
   *
   * @param kernel a kernel's name, or {@code auto}
   * @param rangeTime the time a task should take
   * @param firstRange positions in a range while no rate is known
   * @param reportInterval scan time of a task between reports
   * @param eventsPerSecond maximum number of task ends, and of reports, that the driver should
   *     receive per second; ranges and report intervals grow to stay below it
   * @param auditShare the part of all work that is done again by other executors, 0 to 1
   * @param checkpointInterval how often the ledger is saved
   * @param stopWait maximum wait for cancelled tasks to end
   */
  public record Search(
      String kernel,
      Duration rangeTime,
      long firstRange,
      Duration reportInterval,
      int eventsPerSecond,
      double auditShare,
      Duration checkpointInterval,
      Duration stopWait) {}

  /**
   * Settings of the own chain.
   *
   * @param versionBits how many bits of the header's version roll, 0 to 4
   * @param rules the rules that all its miners must share
   */
  public record Chain(
      int difficulty,
      String miner,
      int versionBits,
      Duration tipInterval,
      int blockTransactions,
      Duration maxWait,
      Rules rules) {}

  /** The rules that all miners of the own chain must share; also below {@code chain}. */
  public record Rules(
      Duration blockInterval,
      int retargetWindow,
      int retargetClamp,
      Instant genesisTime,
      String genesisData,
      int genesisDifficulty) {}

  /** How pools of transactions are read. */
  public record Pool(Duration interval, Duration settleTime, int maxTransaction) {}

  /**
   * How work is taken from a Bitcoin node.
   *
   * @param cookie the node's cookie file; empty for none
   * @param user the user of the RPC server; empty for none
   * @param password the user's password
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

  /** How work is taken from a web service. */
  public record Service(Duration timeout, Duration pollInterval, Duration longestPause) {}

  /**
   * How work is taken from a mining pool.
   *
   * @param timeout maximum wait for an answer, the first job, and the end of a line
   * @param silence maximum time without data before the connection counts as lost
   * @param keepAlive time without sending after which a ping is sent
   * @param jobAge age at which a search stops for a newer job that does not require it
   * @param longestPause maximum pause between attempts to reach a pool
   * @param suggestDifficulty difficulty to suggest to the pool; 0 for none
   * @param versionBits number of version bits that roll, 0 to 4
   * @param followReconnect whether a pool may redirect to another host
   * @param certificates a file with the trusted certificates; empty for the JVM's
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
   * @param plainInterval time between two lines if standard error is not a terminal
   */
  public record Progress(Duration plainInterval) {}

  /**
   * Where finds are posted.
   *
   * @param url an HTTP address, which may hold a secret; empty for none
   */
  public record Notify(String url, Duration timeout, int attempts) {
    /** Without the address. */
    @Override
    public String toString() {
      return "Notify[timeout=" + timeout + ", attempts=" + attempts + "]";
    }
  }

  /**
   * Assumptions of a plan.
   *
   * @param price cost of an executor: a number per hour, or the name of an instance type; empty if
   *     unknown
   * @param maxCost maximum cost of all executors of an application; 0 for no limit
   */
  public record Plan(
      int executorCores,
      int maxExecutors,
      Duration startup,
      Duration localStartup,
      Duration measureTime,
      String pricesOf,
      String currency,
      String price,
      double maxCost,
      Map<String, Instance> instances) {}

  /**
   * An instance type.
   *
   * @param units its vCPUs, or its GPUs if it has any; at least 1
   * @param hasGpus whether its units are GPUs
   * @param ratePerUnit hashes per second of one unit while all are busy; more than 0
   * @param rateIs origin of the rate: estimated, derived from another measurement, or measured
   */
  public record Instance(
      int units, boolean hasGpus, double pricePerHour, double ratePerUnit, String rateIs) {}
}
