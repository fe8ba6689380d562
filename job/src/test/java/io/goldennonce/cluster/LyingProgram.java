package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Makes the program that lying executors run: the real one, but with other classes, compiled from
 * the real source with lies put in. What an attacker does, too, so the shipped program needs no way
 * to lie. Which lie an executor tells depends on its id.
 */
final class LyingProgram {
  /** What an executor does. */
  enum Lie {
    /** It scans nothing, and reports that in the name of executor 0. */
    SKIPS("1"),
    MISSES("2"),
    INVENTS("3"),
    /** Both leave out the same positions. */
    COLLUDES("4", "5");

    private final List<String> executors;

    Lie(String... executors) {
      this.executors = List.of(executors);
    }

    /** Returns the ids of the executors that tell it. */
    List<String> executors() {
      return executors;
    }
  }

  private static final String SOURCES = "job/src/main/java/io/goldennonce/search/";

  /** Text of a source, and what replaces it. */
  private static final Map<String, Map<String, String>> CHANGES =
      Map.of(
          "RangeSearcher.java",
          Map.of(
              "    SearchTemplate template = spec.template();\n    long position = range.from();\n",
              """
                  if (is(SKIPS)) {
                    return skip(range);
                  }
                  SearchTemplate template = spec.template();
                  long position = range.from();
              """,
              "    shares = shares.plus(position, hash.leadingZeroBits());\n",
              """
                  if (!is(MISSES) && !(is(COLLUDES) && (position >>> 16) % 8 != 0)) {
                    shares = shares.plus(position - (is(INVENTS) ? 1 : 0), hash.leadingZeroBits());
                  }
              """,
              "  public String kernel() {\n",
              """
                private static boolean is(String... executors) {
                  String executor = org.apache.spark.SparkEnv.get().executorId();
                  return java.util.List.of(executors).contains(executor);
                }

                private static ScanResult skip(NonceRange range) {
                  try {
                    Thread.sleep(range.size() / 4_000); // at a rate that nobody wonders at
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new ScanResult(range.to(), false);
                }

                public String kernel() {
              """),
          "schedule/AttemptProgress.java",
          Map.of(
              "        place.executor(),\n",
              "        List.of(SKIPS).contains(place.executor()) ? \"0\" : place.executor(),\n"));

  private LyingProgram() {}

  /**
   * Compiles the changed classes.
   *
   * @param directory where to
   */
  static void compile(Path directory) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-d", directory.toString(), "-nowarn", "-proc:none"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, Map<String, String>> each : CHANGES.entrySet()) {
      Path original = SparkHome.root().resolve(SOURCES + each.getKey());
      Path changed = directory.resolve(original.getFileName());
      String source = changed(Files.readString(original), each.getValue());
      arguments.add(Files.writeString(changed, source).toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
  }

  private static String changed(String source, Map<String, String> changes) {
    String changed = source;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertThat(source).containsOnlyOnce(change.getKey());
      changed = changed.replace(change.getKey(), change.getValue());
    }
    for (Lie lie : Lie.values()) {
      changed = changed.replace(lie.name(), "\"" + String.join("\", \"", lie.executors()) + "\"");
    }
    return changed;
  }
}
