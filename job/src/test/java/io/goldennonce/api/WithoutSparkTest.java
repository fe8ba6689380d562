package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program with nothing on its class path but this one's classes and what its jar brings. */
class WithoutSparkTest {
  @Test
  void run_withoutSparkOnTheClassPath_finds() throws Exception {
    String classPath =
        Stream.of(WithoutSparkTest.class, NonceSearch.class, Config.class)
            .map(WithoutSparkTest::origin)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Searcher.class.getName())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).isEqualTo("no Spark, nonce 4361");
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The program. */
  static final class Searcher {
    private Searcher() {}

    public static void main(String[] arguments) {
      boolean hasSpark =
          Searcher.class.getClassLoader().getResource("org/apache/spark/SparkConf.class") != null;
      long nonce =
          NonceSearch.of(Template.text("hello {nonce}"), Target.ofZeroBits(16))
              .run()
              .solution()
              .orElseThrow()
              .nonce();
      System.out.println((hasSpark ? "Spark" : "no Spark") + ", nonce " + nonce);
    }
  }
}
