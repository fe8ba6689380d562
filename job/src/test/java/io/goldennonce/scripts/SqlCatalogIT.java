package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.cluster.SparkClasses;
import io.goldennonce.testing.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another program's session, on a real home of each Spark, reads through the catalog what the
 * newest of them wrote, and calls the API. The job is one of {@code spark-submit}'s {@code
 * --packages}. The homes have no {@code bin/spark-sql}, whose Hive they do without.
 */
@Tag("full")
class SqlCatalogIT {
  private static final String PACKAGE = "io.goldennonce:golden-nonce:" + Checkout.version();

  /** Spark's name for an application that is in a package. */
  private static final String NO_JAR = "spark-internal";

  @TempDir private static Path directory = Path.of("set by JUnit");

  private static String otherJar = "set before all";

  @BeforeAll
  static void mine() throws Exception {
    otherJar = jarOf(OtherProgram.class);
    install(directory.resolve("home/.m2/repository"));
    Program.Ended ended =
        ofThePackage("mine", "--data", "hello", "--difficulty", "8", "--blocks", "3");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err().lines().filter(line -> line.startsWith("\tfound ")))
        .as("what was resolved")
        .containsExactly(
            "\tfound " + PACKAGE.replaceFirst(":", "#").replace(':', ';') + " in local-m2-cache");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void sql_ofThePackage_readsWhatWasMined() throws Exception {
    Program.Ended ended = ofThePackage("sql", "SELECT max(height) AS tip FROM chain", "--json");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualToIgnoringNewLines("{\"tip\":3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "4.0", "4.2"})
  @Execution(ExecutionMode.CONCURRENT)
  void catalogAndApi_inASessionOfAnotherProgram_work(String spark) throws Exception {
    Program.Ended ended =
        submit(
            spark,
            List.of(
                // An executor of its own, to which no plugin of this program's is known.
                "--master",
                "local-cluster[1,2,1024]",
                "--conf",
                "spark.executor.extraJavaOptions=" + SparkClasses.options(),
                "--class",
                OtherProgram.class.getName(),
                "--packages",
                PACKAGE,
                "--repositories",
                directory.resolve("home/.m2/repository").toUri().toString(),
                "--conf",
                "spark.jars.ivy=" + directory.resolve("ivy-" + spark),
                "--conf",
                "spark.sql.catalog.pow=io.goldennonce.sql.PowCatalog",
                "--conf",
                "spark.sql.catalog.pow.warehouse=" + warehouse()),
            otherJar,
            List.of(
                "SHOW TABLES IN pow",
                "SELECT count(*) AS blocks, count_if(pow.block_hash(header) = hash) AS hashes,"
                    + " count_if(pow.meets_target(header)) AS mets, max(height) AS tip,"
                    + " string(sum(pow.work(bits))) AS work,"
                    + " count_if(pow.difficulty(bits) = difficulty) AS difficulties,"
                    + " max(mined_at) > TIMESTAMP '2020-01-01 00:00:00' AS timed"
                    + " FROM pow.chain WHERE height >= 1",
                "SELECT count(DISTINCT search_id) AS searches FROM pow.searches",
                "SELECT count(*) > 0 AS kept FROM pow.ranges",
                "SELECT collect_set(string(payload)) AS payloads, max(on_chain) AS on_chain"
                    + " FROM pow.transactions WHERE height > 0",
                "SELECT pow.merkle_root(array(hash)) = hash AS root FROM pow.blocks WHERE height ="
                    + " 0",
                "SELECT count_if(s.hash = sha2(concat('row ', id, ' ', s.nonce), 256)) AS solved"
                    + " FROM (SELECT id, pow.solve(concat('row ', id, ' '), '', 'decimal',"
                    + " 'sha256', 8) AS s FROM range(0, 100, 1, 2))",
                "EXPLAIN CODEGEN SELECT pow.target(bits) FROM pow.blocks WHERE height > 1"));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "\"tableName\":\"transactions\"",
            "{\"blocks\":3,\"hashes\":3,\"mets\":3,\"tip\":3,\"work\":\"768\","
                + "\"difficulties\":3,\"timed\":true}",
            "{\"searches\":3}",
            "{\"kept\":true}",
            "{\"payloads\":[\"hello\"],\"on_chain\":true}",
            "{\"root\":true}",
            "{\"solved\":100}",
            "io.goldennonce.sql.function.TargetFunction.invoke(",
            "{\"found\":1000,\"hashes\":",
            // By Python's hashlib.
            "lowest [nonce 4361, hash "
                + "0000179ebc627349ee057fe03ee13d3cd552bf12b8f7903d3e68397c8ce8e101]",
            "DEADLINE with its exact count")
        .contains("GreaterThan(height,1)");
  }

  /** As {@code mvn install} does. */
  private static void install(Path repository) throws IOException {
    Path built = Path.of(System.getProperty("golden.nonce.jar", "run me with mvn verify"));
    Path folder = repository.resolve("io/goldennonce/golden-nonce").resolve(Checkout.version());
    Files.createDirectories(folder);
    Files.copy(built, folder.resolve(built.getFileName()));
    String pom = built.getFileName().toString().replaceAll("jar$", "pom");
    Files.copy(built.resolveSibling("golden-nonce.pom"), folder.resolve(pom));
  }

  /** The job, from the Maven repository of a user's home. */
  private static Program.Ended ofThePackage(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--warehouse", warehouse()));
    List<String> options =
        List.of("--master", "local[2]", "--packages", PACKAGE, "--class", "MineJob");
    return submit("4.2", options, NO_JAR, all);
  }

  private static String warehouse() {
    return directory.resolve("warehouse").toString();
  }

  /** A jar of that class alone, as of a user's own project. */
  private static String jarOf(Class<?> program) throws IOException {
    Path jar = directory.resolve("other.jar");
    String entry = program.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream in = Objects.requireNonNull(program.getResourceAsStream("/" + entry))) {
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
    }
    return jar.toString();
  }

  private static Program.Ended submit(
      String spark, List<String> options, String jar, List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--conf", "spark.ui.enabled=false"));
    all.addAll(List.of("--driver-java-options", SparkClasses.options()));
    all.addAll(options);
    all.add(jar);
    all.addAll(arguments);
    return Program.of(Program.sparkHome(spark).resolve("bin/spark-submit"), all)
        .with("SPARK_SUBMIT_OPTS", "-Duser.home=" + directory.resolve("home"))
        .run(directory);
  }
}
