package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.Test;

/** The logging configurations in conf/, by their real appenders. */
class LogConfigurationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONG = "x".repeat(3_000);

  @Test
  void gelf_aWarning_arrivesAsAMessageOnLoopback() throws IOException {
    try (DatagramSocket graylog = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      graylog.setSoTimeout(20_000);
      System.setProperty("golden.nonce.gelf.port", "" + graylog.getLocalPort());
      try {
        log("log4j2-gelf.properties", "a warning\nof two lines");
      } finally {
        System.clearProperty("golden.nonce.gelf.port");
      }
      JsonNode message = receive(graylog);
      assertThat(message.get("version").asText()).isEqualTo("1.1");
      assertThat(message.get("host").asText()).isNotEmpty();
      assertThat(message.get("short_message").asText()).isEqualTo("a warning\nof two lines");
      assertThat(message.get("level").asInt()).isEqualTo(4); // syslog's warning
      assertThat(message.get("_application").asText()).isEqualTo("golden-nonce");
      assertThat(message.get("_logger").asText()).isEqualTo("io.goldennonce.Test");
      assertThat(message.get("full_message").asText()).contains("IllegalStateException: a cause");
      assertThat(receive(graylog).get("short_message").asText()).isEqualTo(LONG);
    }
  }

  @Test
  void json_aWarning_isALine() throws IOException {
    String line = log("log4j2-json.properties", "a warning\nof two lines").lines().toList().get(0);
    JsonNode object = JSON.readTree(line);
    assertThat(object.get("message").asText()).isEqualTo("a warning\nof two lines");
    assertThat(object.get("log.level").asText()).isEqualTo("WARN");
    assertThat(object.get("log.logger").asText()).isEqualTo("io.goldennonce.Test");
    assertThat(object.get("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
  }

  /** Spark puts stacks into messages, too. */
  @Test
  void text_aWarningWithAStack_isALine() throws IOException {
    String message =
        "Lost task 0.0: java.lang.RuntimeException: boom\n\tat a.B.c(B.java:1)\n\tat d";
    assertThat(log("log4j2.properties", message).lines().map(line -> line.substring(9)))
        .containsExactly(
            "WARN Test: Lost task 0.0: java.lang.RuntimeException: boom", "ERROR Test: " + LONG);
    assertThat(log("log4j2.properties", "it failed").lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).endsWith(" WARN Test: it failed a cause"));
  }

  /** Logs by a configuration; what came on standard error. */
  private static String log(String configuration, String message) {
    Path conf = Path.of(System.getProperty("golden.nonce.root", ".."), "conf", configuration);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try (LoggerContext context = new LoggerContext(configuration)) {
      context.start(
          ConfigurationFactory.getInstance()
              .getConfiguration(context, configuration, conf.toUri()));
      context.getLogger("io.goldennonce.Test").warn(message, new IllegalStateException("a cause"));
      context.getLogger("io.goldennonce.Test").error(LONG);
    } finally {
      System.setErr(before);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  /** As Graylog does: gzip where it is. */
  private static JsonNode receive(DatagramSocket graylog) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    graylog.receive(packet);
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    boolean zipped = bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    return JSON.readTree(
        zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes);
  }
}
