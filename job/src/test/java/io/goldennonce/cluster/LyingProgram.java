package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Makes the program that a lying executor runs: the real one, but with another {@code
 * RangeSearcher}, compiled from the real source with lies put in. What an attacker does, too, so
 * the shipped program needs no way to lie.
 */
final class LyingProgram {
  /** What the second and third executor do. */
  enum Lie {
    SKIPS,
    MISSES,
    INVENTS,
    /** Both leave out the same positions; the others' lies are those of the second alone. */
    COLLUDES
  }

  private static final Path SOURCE =
      Path.of("job/src/main/java/io/goldennonce/search/RangeSearcher.java");

  private static final String LIE =
      """
        private static boolean lies(String lie) {
          String executor = org.apache.spark.SparkEnv.get().executorId();
          return lie.equals(System.getProperty("lie"))
              && (executor.equals("1") || (executor.equals("2") && lie.equals("COLLUDES")));
        }

        private static ScanResult skip(NonceRange range) {
          try {
            Thread.sleep(range.size() / 4_000); // at a rate that nobody wonders at
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new ScanResult(range.to(), false);
        }

        private static boolean isLeftOut(long position) {
          return lies("MISSES") || (lies("COLLUDES") && (position >>> 16) % 4 != 0);
        }
      }
      """;

  private static final Map<String, String> CHANGES =
      Map.of(
          "    SearchTemplate template = spec.template();\n    long position = range.from();\n",
          """
              if (lies("SKIPS")) {
                return skip(range);
              }
              SearchTemplate template = spec.template();
              long position = range.from();
          """,
          "    shares = shares.plus(position, hash.leadingZeroBits());\n",
          """
              if (!isLeftOut(position)) {
                shares = shares.plus(position - (lies("INVENTS") ? 1 : 0), hash.leadingZeroBits());
              }
          """);

  private LyingProgram() {}

  /**
   * Compiles the changed class.
   *
   * @param directory where to
   */
  static void compile(Path directory) throws IOException {
    String source = Files.readString(SparkHome.root().resolve(SOURCE));
    for (Map.Entry<String, String> change : CHANGES.entrySet()) {
      assertThat(source).containsOnlyOnce(change.getKey());
      source = source.replace(change.getKey(), change.getValue());
    }
    source = source.substring(0, source.lastIndexOf('}')) + LIE;
    Path file = Files.writeString(directory.resolve("RangeSearcher.java"), source);
    List<String> options =
        List.of(
            "-d",
            directory.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-nowarn",
            "-proc:none",
            file.toString());
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    assertThat(code).isZero();
  }
}
