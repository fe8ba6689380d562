package io.goldennonce;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.goldennonce.pow.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the table of packages: what each may use besides itself, the JDK and JSpecify's
 * annotations.
 */
class ArchitectureTest {
  private static final String ROOT = "io.goldennonce.";
  private static final String DEFAULT = "";

  private static final List<String> EVERYWHERE = List.of("java..", "jdk..", "org.jspecify..");
  private static final List<String> SPARK =
      List.of("org.apache.spark..", "org.apache.hadoop..", "org.slf4j");
  private static final List<String> PARQUET = List.of("org.apache.parquet..");

  /** Spark's own, for small files. */
  private static final List<String> JACKSON = List.of("com.fasterxml.jackson..");

  /** What Spark's metrics system and UI are made of. */
  private static final List<String> METRICS = List.of("com.codahale.metrics..", "scala");

  private static final List<String> JNA = List.of("com.sun.jna");

  private static final List<String> PROGRESS_BAR = List.of("me.tongfei.progressbar");

  /** Spark's own, for CSV. */
  private static final List<String> UNIVOCITY = List.of("com.univocity..");

  private static final List<String> HADOOP = List.of("org.apache.hadoop..");

  private static final List<String> SEARCH = own("search", "kernel", "pow");
  private static final List<String> CHAIN = own("chain", "pow");

  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("kernel", List.of()),
          Map.entry("kernel.gpu", join(own("kernel"), JNA)),
          Map.entry("pow", List.of()),
          Map.entry("search", own("kernel", "pow")),
          Map.entry("chain", own("pow")),
          Map.entry("puzzle", SEARCH),
          Map.entry("plan", own("pow", "search")),
          Map.entry("work", join(CHAIN, SEARCH)),
          Map.entry("pool", join(own("work"), CHAIN, SEARCH, HADOOP, PARQUET, JACKSON, UNIVOCITY)),
          Map.entry("bitcoin", CHAIN),
          Map.entry("node", join(own("bitcoin", "work"), SEARCH, JACKSON)),
          Map.entry("service", join(own("puzzle", "work"), SEARCH, JACKSON)),
          Map.entry(
              "server",
              join(own("pool", "work"), CHAIN, SEARCH, JACKSON, List.of("com.sun.net.httpserver"))),
          Map.entry("spark", join(own("puzzle", "store"), CHAIN, SEARCH, SPARK)),
          Map.entry("plot", join(own("plan"), List.of("org.knowm.xchart.."))),
          Map.entry(
              "store",
              join(
                  own("bitcoin", "pool", "puzzle", "plan", "service"),
                  CHAIN,
                  SEARCH,
                  SPARK,
                  PARQUET,
                  JACKSON)),
          Map.entry("monitor", join(CHAIN, SEARCH, SPARK, METRICS, JACKSON, PROGRESS_BAR)),
          Map.entry("audit", join(own("store", "work"), CHAIN, SEARCH, SPARK)),
          Map.entry("batch", join(SEARCH, SPARK)),
          Map.entry("sql", join(own("store"), CHAIN, SPARK)),
          Map.entry("config", List.of("com.typesafe.config")),
          Map.entry("cli", List.of("*..")),
          Map.entry(DEFAULT, own("cli")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Target.class.getProtectionDomain().getCodeSource().getLocation());

  static Stream<String> packages() {
    return CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void package_anyThereIs_usesOnlyWhatTheTableSays(String name) {
    String key = name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    assertThat(MAY_USE).containsKey(key);

    classes()
        .that(describe("are in package '" + name + "'", type -> type.getPackageName().equals(name)))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                join(EVERYWHERE, List.of(name), MAY_USE.getOrDefault(key, List.of()))
                    .toArray(String[]::new)))
        .check(CLASSES);
  }

  @Test
  void packages_allThereAre_makeNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void package_anyOfOurs_saysItsReasonAndIsNullMarked(String name) {
    if (!name.equals(DEFAULT)) {
      assertThat(CLASSES.getPackage(name).tryGetPackageInfo())
          .hasValueSatisfying(
              info ->
                  assertThat(info.isAnnotatedWith("org.jspecify.annotations.NullMarked")).isTrue());
    }
  }

  @Test
  void defaultPackage_asPeopleTypeIt_holdsMineJobAlone() {
    assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(DEFAULT)))
        .extracting(JavaClass::getName)
        .containsExactly("MineJob");
  }

  @Test
  void process_anywhereButInCli_isNotEnded() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  private static List<String> own(String... packages) {
    return Stream.of(packages).map(name -> ROOT + name).toList();
  }

  @SafeVarargs
  private static List<String> join(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).distinct().toList();
  }
}
