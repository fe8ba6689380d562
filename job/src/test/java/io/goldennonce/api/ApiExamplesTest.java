package io.goldennonce.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.tools.nsc.MainClass;

/** The examples of docs/api.md, which are parts of this file: they compile, and run. */
@Tag("spark")
class ApiExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern SCALA = Pattern.compile("(?s)```scala\n(.*?)```");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void page_itsExamples_areInThisFile() throws IOException {
    String source =
        plain(
            Files.readString(
                ROOT.resolve("job/src/test/java/io/goldennonce/api/ApiExamplesTest.java")));
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(ROOT.resolve("docs/api.md")))
            .results()
            .map((MatchResult example) -> example.group(1))
            .toList();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(6);
    assertThat(examples.stream().filter(example -> !source.contains(plain(example)))).isEmpty();
  }

  @Test
  void pageInScala_itsExample_compilesAndRuns(@TempDir Path directory) throws Exception {
    List<String> examples =
        SCALA
            .matcher(Files.readString(ROOT.resolve("docs/api.md")))
            .results()
            .map((MatchResult example) -> example.group(1))
            .toList();
    assertThat(examples).hasSize(1);
    Path source =
        Files.writeString(
            directory.resolve("Example.scala"),
            """
            import io.goldennonce.api._
            import org.apache.spark.sql.SparkSession

            object Example {
              def run(spark: SparkSession): SearchResult = {
                %s
                result
              }
            }
            """
                .formatted(examples.get(0)));

    assertThat(
            new MainClass()
                .process(
                    new String[] {
                      "-usejavacp", "-d", directory.toString(), source.toString(),
                    }))
        .isTrue();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      SearchResult result =
          (SearchResult)
              loader.loadClass("Example").getMethod("run", SparkSession.class).invoke(null, spark);
      assertThat(result.solution().orElseThrow().hash()).startsWith("00000");
    }
  }

  /** Without white space, which differs between the page and a method. */
  private static String plain(String code) {
    return code.replaceAll("\\s", "");
  }

  @Test
  void oneNonce() {
    SearchResult result =
        NonceSearch.of(Template.text("hello {nonce}"), Target.ofZeroBits(20)).runOn(spark);

    Solution solution = result.solution().orElseThrow();
    System.out.println(solution.nonce() + " gives " + solution.hash());
    System.out.println(result.hashes() + " hashes in " + result.elapsed().toMillis() + " ms");

    assertThat(new String(solution.message(), StandardCharsets.UTF_8))
        .isEqualTo("hello " + solution.nonce());
    assertThat(solution.hash()).startsWith("00000");
  }

  @Test
  void header() {
    String header =
        "0100000044024bc63493f8d96723cd193bcd8d888b64260061dd1d632e844ae7000000003f3664cda5b0e39b"
            + "580a9ef37b8e6c718b3894885e69ed0be736d093cc2cdc5e30c8c749ffff001d00000000";
    SearchResult result =
        NonceSearch.ofHeader(header).withTimeout(Duration.ofMinutes(10)).runOn(spark);

    byte[] solved = result.solution().orElseThrow().message();
    System.out.println(HexFormat.of().formatHex(solved));

    assertThat(HexFormat.of().formatHex(solved)).startsWith(header.substring(0, 152));
    assertThat(result.solution().orElseThrow().hash()).startsWith("00000000");
  }

  @Test
  void lowest() {
    SearchResult result =
        NonceSearch.of(Template.text("hello {nonce}"), Target.ofZeroBits(16))
            .withLowestNonce()
            .withSolutions(3)
            .runOn(spark);

    for (Solution solution : result.solutions()) {
      System.out.println(solution);
    }

    assertThat(result.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(result.solutions()).hasSize(3);
  }

  @Test
  void watched() {
    NonceSearch hard = NonceSearch.of(Template.text("hello {nonce}"), Target.ofZeroBits(80));
    SearchListener listener =
        new SearchListener() {
          @Override
          public void progress(SearchProgress progress) {
            System.out.printf("%d tried, %.0f/s%n", progress.hashes(), progress.hashesPerSecond());
          }
        };

    RunningSearch search = hard.startOn(spark, listener);
    search.stop();
    SearchResult result = search.await();
    System.out.println(result.outcome() + " after " + result.hashes() + " hashes");

    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void withoutSpark() {
    byte[] data = "block 7".getBytes(StandardCharsets.UTF_8);

    Template block = Template.bytes(data, new byte[0], NonceFormat.U32_BE, HashFunction.SHA256D);
    Solution proof = NonceSearch.of(block, Target.ofZeroBits(16)).run().solution().orElseThrow();

    assertThat(proof.message()).hasSize(data.length + 4);
    assertThat(proof.hash()).startsWith("0000");
  }

  @Test
  void table(@TempDir Path directory) {
    String path = directory.resolve("solved").toString();

    Dataset<Row> templates =
        spark.sql(
            "SELECT id, concat('template ', id, ' nonce ') AS prefix, 'decimal' AS encoding,"
                + " 'sha256' AS hash_function, 12 AS zero_bits FROM range(0, 1000, 1, 8)");
    Dataset<Row> solved = BatchSolver.solve(templates);
    solved.write().parquet(path);

    assertThat(spark.read().parquet(path).where("outcome = 'found'").count()).isEqualTo(1000);
  }
}
