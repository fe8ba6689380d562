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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the table of packages in ARCHITECTURE.md: what each may use besides itself, {@code base},
 * the JDK and JSpecify's annotations.
 */
class ArchitectureTest {
  private static final String ROOT = "io.goldennonce.";
  private static final String DEFAULT = "";
  private static final List<String> EVERYWHERE =
      List.of("java..", "jdk..", "javax.net..", "org.jspecify..", ROOT + "base");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|.+\\| ([^|]+) \\|");

  /** A line of the diagram: classes, the one above using the next, and what they are for. */
  private static final Pattern STEP =
      Pattern.compile("^[ │]*(\\p{Lu}\\w+(?:(?: → |, )\\p{Lu}\\w+)*)  ");

  /** What the table calls libraries. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("JDK", List.of()),
          Map.entry("all", List.of("*..")),
          Map.entry("Scala", List.of("scala..")),
          Map.entry("Hadoop", List.of("org.apache.hadoop..")),
          Map.entry("Parquet", List.of("org.apache.parquet..")),
          Map.entry("SLF4J", List.of("org.slf4j")),
          Map.entry("Spark", List.of("org.apache.spark..", "org.apache.hadoop..", "org.slf4j")),
          Map.entry("Spark's metrics", List.of("com.codahale.metrics..", "scala")),
          Map.entry("JNA", List.of("com.sun.jna..")),
          Map.entry("Jackson", List.of("com.fasterxml.jackson..")),
          Map.entry(
              "the JDK's web server",
              List.of("com.sun.net.httpserver", "javax.net.ssl", "javax.crypto..")),
          Map.entry("the JDK's TLS", List.of("javax.net.ssl", "javax.net")),
          Map.entry("XChart", List.of("org.knowm.xchart..")),
          Map.entry("Typesafe Config", List.of("com.typesafe.config")));

  private static final Map<String, List<String>> MAY_USE = table();

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
    assertThat(MAY_USE).as("the table of packages in ARCHITECTURE.md").containsKey(key);

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
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
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
  void process_anywhereButInTheTwoPrograms_isNotEnded() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "cli..", ROOT + "submit")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  /** Hosts disagree about the time, and share names and process ids. */
  @Test
  void storage_ofAnyKind_asksNoHostForItsTimeOrName() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "table..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InetAddress.class, ProcessHandle.class)
        .check(CLASSES);
  }

  @Test
  void table_ofPackages_hasNoOthers() {
    assertThat(MAY_USE.keySet().stream().map(name -> name.isEmpty() ? name : ROOT + name))
        .allMatch(name -> packages().anyMatch(there -> there.equals(name)));
  }

  /** A stranger reads the way of {@code mine} by going down only. */
  @Test
  void diagram_wayOfMine_eachClassIsUsedByOneAboveIt() {
    List<JavaClass> way =
        page()
            .lines()
            .dropWhile(line -> !line.startsWith("MineJob → "))
            .takeWhile(line -> !line.startsWith("```"))
            .map(STEP::matcher)
            .filter(Matcher::find)
            .flatMap(step -> Stream.of(step.group(1).split(" → |, ")))
            .map(ArchitectureTest::named)
            .toList();

    assertThat(way).hasSizeBetween(20, 35);
    for (int i = 1; i < way.size(); i++) {
      JavaClass step = way.get(i);
      assertThat(way.subList(0, i))
          .as("the classes above %s in the diagram of ARCHITECTURE.md", step.getSimpleName())
          .anyMatch(above -> uses(above, step));
    }
  }

  private static JavaClass named(String simpleName) {
    return CLASSES.stream()
        .filter(type -> type.getSimpleName().equals(simpleName))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("ARCHITECTURE.md names a class " + simpleName + ", none is"));
  }

  /** Nested classes are part of theirs. */
  private static boolean uses(JavaClass user, JavaClass used) {
    return CLASSES.stream()
        .filter(type -> isPartOf(type, user))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .anyMatch(dependency -> isPartOf(dependency.getTargetClass(), used));
  }

  private static boolean isPartOf(JavaClass type, JavaClass whole) {
    return type.getName().equals(whole.getName())
        || type.getName().startsWith(whole.getName() + "$");
  }

  private static Map<String, List<String>> table() {
    Map<String, List<String>> table = new TreeMap<>();
    table.put(DEFAULT, List.of(ROOT + "cli"));
    page()
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row ->
                table.put(
                    row.group(1),
                    Stream.of(row.group(2).split(", "))
                        .flatMap(
                            name -> LIBRARIES.getOrDefault(name, List.of(ROOT + name)).stream())
                        .toList()));
    return table;
  }

  private static String page() {
    try {
      return Files.readString(
          Path.of(System.getProperty("golden.nonce.root", ".."), "ARCHITECTURE.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @SafeVarargs
  private static List<String> join(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).distinct().toList();
  }
}
