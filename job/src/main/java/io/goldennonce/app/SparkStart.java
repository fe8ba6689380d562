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

/** What a Spark application needs of this machine, seen to before it starts. */
public final class SparkStart {
  /** From here on Java has nothing left of what older Hadoops ask for the user's name. */
  private static final int WITHOUT_SUBJECT = 23;

  private static final String UI_PORT = "spark.ui.port";
  private static final int DEFAULT_UI_PORT = 4040;
  private static final int DEFAULT_RETRIES = 16;
  private static final String UNKNOWN = "?";

  private SparkStart() {}

  /**
   * Makes what is missing, and refuses what can't work.
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
      // A container's user may have a number only. Hadoop's own way to a name would fail.
      String name = nameOfNameless();
      System.setProperty("user.name", name);
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
    }
  }

  /** Refuses a Java that is too new for a Spark. */
  static void requireJava(int java, boolean known, String spark) {
    if (java >= WITHOUT_SUBJECT && !known) {
      throw new StartException(
          "Spark "
              + spark
              + " runs on Java 17 or 21, this is Java "
              + java
              + "; set JAVA_HOME to one of them, or use Spark 4.2",
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
   * @param defaults for where Spark's own sources of settings have none
   * @param say receives one line for each setting that is not as configured
   */
  static Map<String, String> settings(Map<String, String> defaults, Consumer<String> say) {
    Map<String, String> settings = new HashMap<>(withFreePort(defaults, say));
    String master = new SparkConf().get("spark.master", settings.getOrDefault("spark.master", ""));
    if (master.equals("local") || master.startsWith("local[")) {
      // Other users of this machine can reach its ports; Spark makes the secret itself.
      settings.putIfAbsent("spark.authenticate", "true");
    }
    return settings;
  }

  /**
   * Spark's settings with a port for its UI that is free: Spark would end the process where all
   * that it tries are taken.
   *
   * @param defaults for where Spark's own sources of settings have none
   * @param say receives one line if it is not the configured port
   */
  static Map<String, String> withFreePort(Map<String, String> defaults, Consumer<String> say) {
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
    say.accept(
        "golden-nonce: the ports "
            + first
            + " to "
            + last
            + " are taken, the live page is at another one");
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
