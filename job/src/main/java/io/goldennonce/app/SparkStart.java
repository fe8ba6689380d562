package io.goldennonce.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;
import org.apache.spark.package$;

/** Prepares this machine for the start of a Spark application. */
public final class SparkStart {
  /** The first Java version without the API from which older Hadoops read the user's name. */
  private static final int WITHOUT_SUBJECT = 23;

  private static final String UI_PORT = "spark.ui.port";
  private static final int DEFAULT_UI_PORT = 4040;
  private static final int DEFAULT_RETRIES = 16;
  private static final String UNKNOWN = "?";

  private SparkStart() {}

  /**
   * Sets missing system properties, and refuses Java versions that Spark does not support.
   *
   * @throws StartException if this Java can't run this Spark
   */
  public static void prepare() {
    requireJava(Runtime.version().feature(), knowsNewJava(), package$.MODULE$.SPARK_VERSION());
    if (isUnknown("user.home")) {
      System.setProperty("user.home", System.getProperty("java.io.tmpdir", "/tmp"));
    }
    LibraryFolder.choose();
    if (isUnknown("user.name")) {
      // A container's user may have only a number, for which Hadoop finds no name.
      String name = nameOfNameless();
      System.setProperty("user.name", name);
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
    }
  }

  /** Refuses a Java version that is too new for the Spark version. */
  static void requireJava(int java, boolean known, String spark) {
    if (java >= WITHOUT_SUBJECT && !known) {
      throw new StartException(
          ("Spark %s runs on Java 17 or 21, this is Java %s; set JAVA_HOME to one of them, or use"
                  + " Spark 4.2")
              .formatted(spark, java),
          new UnsupportedOperationException("Subject"));
    }
  }

  private static boolean knowsNewJava() {
    try {
      Class.forName(
          "org.apache.hadoop.security.authentication.util.SubjectUtil",
          false,
          UserGroupInformation.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean isUnknown(String property) {
    String value = System.getProperty(property, "");
    return value.isBlank() || value.equals(UNKNOWN);
  }

  private static String nameOfNameless() {
    return Stream.of("HADOOP_USER_NAME", "SPARK_USER", "USER")
        .map(variable -> System.getenv().getOrDefault(variable, ""))
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElseGet(() -> "uid-" + userId());
  }

  private static String userId() {
    try {
      return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "unknown";
    }
  }

  /**
   * Spark's settings for a start on this machine.
   *
   * @param defaults values for settings that Spark's own sources don't set
   * @param report receives one line for each setting that is not as configured
   */
  static Map<String, String> settings(Map<String, String> defaults, Consumer<String> report) {
    Map<String, String> settings = new HashMap<>(withFreePort(defaults, report));
    String master = new SparkConf().get("spark.master", settings.getOrDefault("spark.master", ""));
    if (master.equals("local") || master.startsWith("local[")) {
      // Other users of this machine can reach its ports. Spark generates the secret.
      settings.putIfAbsent("spark.authenticate", "true");
    }
    return settings;
  }

  /**
   * Spark's settings with a free port for its UI: if all ports that Spark tries are in use, it
   * would end the process.
   *
   * @param defaults values for settings that Spark's own sources don't set
   * @param report receives one line if it is not the configured port
   */
  static Map<String, String> withFreePort(Map<String, String> defaults, Consumer<String> report) {
    SparkConf conf = new SparkConf();
    defaults.forEach(conf::setIfMissing);
    if (!conf.getBoolean("spark.ui.enabled", true)) {
      return defaults;
    }
    int first = conf.getInt(UI_PORT, DEFAULT_UI_PORT);
    int last = first + conf.getInt("spark.port.maxRetries", DEFAULT_RETRIES);
    if (first == 0 || IntStream.rangeClosed(first, last).anyMatch(SparkStart::isFree)) {
      return defaults;
    }
    report.accept(
        "golden-nonce: the ports %s to %s are in use; the live page is at another port"
            .formatted(first, last));
    if (System.getProperty(UI_PORT) != null) {
      System.setProperty(UI_PORT, "0");
    }
    Map<String, String> free = new HashMap<>(defaults);
    free.put(UI_PORT, "0");
    return free;
  }

  private static boolean isFree(int port) {
    String address = System.getenv("SPARK_LOCAL_IP");
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(
          address == null
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
