package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Explorer;
import io.goldennonce.table.World.Kind;
import io.goldennonce.table.storage.Safeguard;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each safeguard is needed: without it the simulation finds a schedule under which rows are lost.
 */
class SafeguardTest {
  private static final Set<Safeguard> ALL = EnumSet.allOf(Safeguard.class);

  /** A safeguard whose absence takes longer to find would hardly be guarded by the normal build. */
  private static final long SEEDS = 3_000;

  @BeforeAll
  static void silence() {
    Configurator.setLevel("io.goldennonce.table", Level.ERROR);
  }

  @AfterAll
  static void speak() {
    Configurator.setLevel("io.goldennonce.table", Level.INFO);
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC_FILE, PUBLISH, DISK",
    "SYNC_FILE, PUBLISH, HDFS",
    "SYNC_DIRECTORY, PUBLISH, DISK",
    "SYNC_BEFORE_RETIRE, KILLED_COMPACTION, DISK",
    "LIST_RETIRED, LIST, DISK",
    "LIST_RETIRED, LIST, HDFS",
    "READ_BACK, DAMAGED_MERGE, DISK",
    "READ_BACK, DAMAGED_MERGE, HDFS",
    "READ_BACK, DAMAGED_MERGE, S3",
    "ORDER_BEFORE_RETIRE, TWO_COMPACTIONS, DISK",
    "ORDER_BEFORE_RETIRE, TWO_COMPACTIONS, HDFS",
    "ROWS_ONCE, READ_AND_COMPACT, DISK",
    "ROWS_ONCE, READ_AND_COMPACT, S3",
    "HIGHEST_VERSION, SAVE_AND_COMPACT, DISK",
    "HIGHEST_VERSION, SAVE_AND_COMPACT, S3",
    "FALLBACK, DAMAGED_SAVE, DISK",
    "FALLBACK, DAMAGED_SAVE, HDFS",
    "FALLBACK, DAMAGED_SAVE, S3",
    "LIST_AFTER_CLAIM, LEASES, DISK",
    "LIST_AFTER_CLAIM, LEASES, HDFS",
    "LIST_AFTER_CLAIM, LEASES, S3",
    "RENEWAL_IN_TIME, LEASES, DISK",
    "RENEWAL_IN_TIME, LEASES, S3",
    "HIGHEST_TOKEN, CLOCK_SET_BACK, DISK",
    "HIGHEST_TOKEN, CLOCK_SET_BACK, S3"
  })
  void safeguard_takenOut_isMissed(Safeguard safeguard, Scenario scenario, Kind kind) {
    Set<Safeguard> others = EnumSet.complementOf(EnumSet.of(safeguard));
    long seed = 0;
    while (found(seed, scenario, kind, others) == null) {
      seed++;
      assertThat(seed)
          .as("%s is not missed by %s on %s", safeguard, scenario, kind)
          .isLessThan(SEEDS);
    }
    System.out.printf(Locale.ROOT, "%-20s %-16s %-4s seed %d%n", safeguard, scenario, kind, seed);
    assertThat(found(seed, scenario, kind, ALL)).isNull();
  }

  /** Nothing stops a save whose lease is lost; only its own key keeps it from doing harm. */
  @ParameterizedTest
  @EnumSource
  void keyOfItsOwn_takenOut_isMissed(Kind kind) {
    assertThat(found(0, Scenario.LATE_SAVE, kind, ALL)).isNull();
    Explorer.Scenario sharedKey =
        scheduler -> LeaseScenarios.lateSave(new World(scheduler, kind, ALL, 0), false);
    assertThat(Explorer.failure(0, Scenario.LATE_SAVE::policy, sharedKey))
        .hasStackTraceContaining("what was saved");
  }

  private static @Nullable AssertionError found(
      long seed, Scenario scenario, Kind kind, Set<Safeguard> safeguards) {
    return Explorer.failure(
        seed, scenario::policy, scheduler -> scenario.runRandomly(scheduler, kind, safeguards));
  }

  @ParameterizedTest
  @EnumSource
  void safeguard_each_isListedAbove(Safeguard safeguard) throws Exception {
    CsvSource listed =
        SafeguardTest.class
            .getDeclaredMethod(
                "safeguard_takenOut_isMissed", Safeguard.class, Scenario.class, Kind.class)
            .getAnnotation(CsvSource.class);
    assertThat(listed.value()).anyMatch(line -> line.startsWith(safeguard + ","));
  }
}
