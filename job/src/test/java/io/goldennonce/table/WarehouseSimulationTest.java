package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.goldennonce.simulation.Explorer;
import io.goldennonce.simulation.Policy;
import io.goldennonce.table.World.Kind;
import io.goldennonce.table.storage.Safeguard;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The storage, its tables and leases under all schedules of short runs, after crashes at every
 * step, and under random schedules of long runs, on each kind of storage. {@code
 * -Dsimulation.schedules=1000000} runs as many random schedules, {@code -Dsimulation.threads=N} in
 * N threads; what a failure prints runs its schedule again.
 */
class WarehouseSimulationTest {
  private static final Set<Safeguard> ALL = EnumSet.allOf(Safeguard.class);
  private static final long RANDOM_SCHEDULES = Long.getLong("simulation.schedules", 3_000);
  private static final long SHORT_SCHEDULES = 300;
  private static final int OUTCOMES_PER_CRASH = 4;

  private static long schedules;
  private static long crashPoints;
  private static long crashes;
  private static long started;

  @BeforeAll
  static void start() {
    Configurator.setLevel("io.goldennonce.table", Level.ERROR); // faults give thousands of warnings
    started = System.nanoTime();
  }

  @AfterAll
  static void summarize() {
    Configurator.setLevel("io.goldennonce.table", Level.INFO);
    System.out.printf(
        Locale.ROOT,
        "Simulation: %,d schedules, %,d crash points with %,d outcomes, %.0f s%n",
        schedules,
        crashPoints,
        crashes,
        (System.nanoTime() - started) / 1e9);
  }

  static Stream<Arguments> shortOnes() {
    return onAllKinds(
        Scenario.LIST,
        Scenario.READ_AND_COMPACT,
        Scenario.TWO_COMPACTIONS,
        Scenario.READ_AND_SAVE,
        Scenario.SAVE_AND_COMPACT,
        Scenario.TWO_CLAIMS);
  }

  static Stream<Arguments> crashing() {
    return onAllKinds(Scenario.PUBLISH, Scenario.WRITE_ALL, Scenario.UPGRADE);
  }

  static Stream<Arguments> sequential() {
    return onAllKinds(
        Scenario.DAMAGED_SAVE, Scenario.DAMAGED_MERGE, Scenario.LATE_SAVE, Scenario.CLOCK_SET_BACK);
  }

  static Stream<Arguments> randomOnes() {
    return onAllKinds(
        Scenario.ANYTHING,
        Scenario.LEASES,
        Scenario.SEARCH,
        Scenario.PUBLISH,
        Scenario.LIST,
        Scenario.TWO_COMPACTIONS,
        Scenario.SAVE_AND_COMPACT,
        Scenario.KILLED_COMPACTION,
        Scenario.UPGRADE);
  }

  private static Stream<Arguments> onAllKinds(Scenario... scenarios) {
    return Stream.of(scenarios)
        .flatMap(scenario -> Stream.of(Kind.values()).map(kind -> Arguments.of(scenario, kind)));
  }

  @ParameterizedTest
  @MethodSource("shortOnes")
  void invariants_allSchedulesWithTwoPreemptions_hold(Scenario scenario, Kind kind) {
    long runs =
        Explorer.all(
            SHORT_SCHEDULES,
            Policy.preemptions(2),
            scheduler -> scenario.run(scheduler, kind, ALL));
    schedules += runs;
    assertThat(runs).isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("crashing")
  void invariants_crashAtEveryStep_hold(Scenario scenario, Kind kind) {
    Explorer.Crashes tried =
        Explorer.crashes(
            OUTCOMES_PER_CRASH,
            Policy.preemptions(0),
            scheduler -> scenario.run(scheduler, kind, ALL));
    crashPoints += tried.points();
    crashes += tried.runs();
    assertThat(tried.points()).isGreaterThan(4);
  }

  @ParameterizedTest
  @MethodSource("sequential")
  void invariants_damagedFileLateSaveOrClock_hold(Scenario scenario, Kind kind) {
    assertThat(Explorer.all(1, Policy.ALL, scheduler -> scenario.run(scheduler, kind, ALL)))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("randomOnes")
  void invariants_randomSchedules_hold(Scenario scenario, Kind kind) {
    Long seed = Long.getLong("simulation.seed");
    List<Object[]> cases = randomOnes().map(Arguments::get).toList();
    String only = System.getProperty("simulation.scenario", scenario.name());
    assumeTrue(only.equals(scenario.name()), "another scenario is asked for");
    long count = RANDOM_SCHEDULES / cases.size();
    long from = seed == null ? 0 : seed;
    long to = seed == null ? count : seed + 1;
    Explorer.seeds(
        from, to, scenario::policy, scheduler -> scenario.runRandomly(scheduler, kind, ALL));
    schedules += to - from;
  }
}
