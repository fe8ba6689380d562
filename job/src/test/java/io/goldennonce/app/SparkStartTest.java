package io.goldennonce.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class SparkStartTest {
  @Test
  void requireJava_newerThanTheSpark_isRefusedInOneLine() {
    assertThatThrownBy(() -> SparkStart.requireJava(25, false, "3.5.9"))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "Spark 3.5.9 runs on Java 17 or 21, this is Java 25; set JAVA_HOME to one of them, or"
                + " use Spark 4.2");
    assertThatCode(() -> SparkStart.requireJava(25, true, "4.2.0")).doesNotThrowAnyException();
    assertThatCode(() -> SparkStart.requireJava(21, false, "3.5.9")).doesNotThrowAnyException();
  }

  @Test
  void settings_portsTaken_areReplacedByAFreeOneWithALine() throws IOException {
    List<String> said = new ArrayList<>();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Map<String, String> given =
          Map.of(
              "spark.ui.enabled",
              "true",
              "spark.ui.port",
              "" + taken.getLocalPort(),
              "spark.port.maxRetries",
              "0");
      String before = System.getProperty("spark.ui.enabled", "");
      System.setProperty("spark.ui.enabled", "true");
      try {
        assertThat(SparkStart.settings(given, said::add)).containsEntry("spark.ui.port", "0");
      } finally {
        System.setProperty("spark.ui.enabled", before.isEmpty() ? "true" : before);
      }
      assertThat(said)
          .containsExactly(
              "golden-nonce: the ports %1$d to %1$d are in use; the live page is at another port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void settings_localMaster_hasASecretAndAClusterKeepsItsOwn() {
    assertThat(SparkStart.settings(Map.of("spark.master", "local[2]"), line -> {}))
        .containsEntry("spark.authenticate", "true");
    assertThat(SparkStart.settings(Map.of("spark.master", "spark://h:7077"), line -> {}))
        .doesNotContainKey("spark.authenticate");
  }

  @Test
  void startException_ofAFailure_saysItWithoutItsClass() {
    UnknownHostException own = new UnknownHostException("h: Name");
    own.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.net.InetAddress", "getLocalHost", null, -1)
        });
    assertThat(StartException.of(new RuntimeException("x", new UnknownHostException("api: Name"))))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "Spark did not start: no address is known for the host api: Name; check --master");
    assertThat(StartException.of(new RuntimeException("x", own)))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "Spark did not start: this machine's host name has no address (h: Name); add it to"
                + " /etc/hosts, or set SPARK_LOCAL_IP");
    assertThat(StartException.of(new SparkException("Could not parse Master URL: 'x'")))
        .isInstanceOf(UsageException.class);
    assertThat(StartException.of(new IllegalArgumentException("spark.ui.port should be int")))
        .isInstanceOf(UsageException.class);
    assertThat(StartException.of(new IOException("java.net.BindException: Address in use\n\tat x")))
        .isInstanceOf(StartException.class)
        .hasMessage("Spark did not start: Address in use");
  }
}
