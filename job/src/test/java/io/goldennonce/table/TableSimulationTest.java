package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Choices;
import io.goldennonce.simulation.Explorer;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.simulation.Scheduler.Policy;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Appends, saves, compactions and readers on one warehouse, under all schedules of short runs, after
 * crashes at every step, and under random schedules of long ones.
 */
class TableSimulationTest {
  private static final Set<Safeguard> ALL = Set.of(Safeguard.values());

  @ParameterizedTest
  @EnumSource
  void reader_whileRowsAreMerged_seesEachOnce(World.Kind kind) throws Exception {
    all(
        kind,
        2,
        (scheduler, programs) -> {
          programs.append("before", "a", 3);
          scheduler.spawn("compaction", () -> programs.compact("host1", 1));
          scheduler.spawn("reader", () -> programs.read("host2", 1));
        });
  }

  @ParameterizedTest
  @EnumSource
  void compactions_twoAtOnce_keepEachRowOnce(World.Kind kind) throws Exception {
    all(
        kind,
        2,
        (scheduler, programs) -> {
          programs.append("before", "a", 3);
          scheduler.spawn("compaction1", () -> programs.compact("host1", 1));
          scheduler.spawn("compaction2", () -> programs.compact("host2", 1));
        });
  }

  @ParameterizedTest
  @EnumSource
  void reader_whileAKeyIsSaved_seesOneVersion(World.Kind kind) throws Exception {
    all(
        kind,
        2,
        (scheduler, programs) -> {
          programs.save("before", "k", 2);
          scheduler.spawn("search", () -> programs.save("host1", "k", 2));
          scheduler.spawn("reader", () -> programs.read("host2", 1));
        });
  }

  @ParameterizedTest
  @EnumSource
  void compaction_whileAKeyIsSaved_keepsTheNewest(World.Kind kind) throws Exception {
    all(
        kind,
        2,
        (scheduler, programs) -> {
          programs.save("before", "k", 1);
          programs.save("before", "l", 1);
          scheduler.spawn("search", () -> programs.save("host1", "k", 2));
          scheduler.spawn("compaction", () -> programs.compact("host2", 1));
        });
  }

  private interface Program {
    void spawn(Scheduler scheduler, TablePrograms programs) throws Exception;
  }

  private static void all(World.Kind kind, int preemptions, Program program) {
    long runs =
        Explorer.all(
            Integer.getInteger("cap", 300),
            Policy.preemptions(preemptions),
            scheduler -> {
              TablePrograms programs = new TablePrograms(new World(scheduler, kind, ALL, 0));
              program.spawn(scheduler, programs);
              scheduler.run();
              programs.checkAndSettle();
            });
    System.out.println(kind + " " + runs);
    assertThat(runs).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource
  void writers_crashAtEveryStep_loseNothingAcknowledged(World.Kind kind) {
    Explorer.Crashes crashes =
        Explorer.crashes(
            64,
            Policy.preemptions(0),
            scheduler -> {
              World world = new World(scheduler, kind, ALL, 0);
              TablePrograms programs = new TablePrograms(world);
              scheduler.spawn(
                  "writer",
                  () -> {
                    programs.append("host", "a", 2);
                    programs.save("host", "k", 3);
                    programs.compact("host", 1);
                    programs.append("host", "b", 1);
                    programs.compact("host", 1);
                  });
              scheduler.run();
              world.cutPower();
              programs.checkAndSettle();
              programs.compact("later", 1);
              programs.checkAndSettle();
            });
    System.out.println(kind + " " + crashes);
    assertThat(crashes.points()).isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource
  void warehouse_anyProcessesAtOnce_losesAndDoublesNothing(World.Kind kind) {
    Explorer.seeds(
        0,
        Integer.getInteger("simulation.schedules", 100),
        TableSimulationTest::policy,
        scheduler -> mixed(scheduler, kind, ALL));
  }

  static Policy policy(Choices choices) {
    int switchOneIn = new int[] {1, 2, 4, 16}[choices.next(4)];
    int pauseOneIn = choices.next(2) * 50;
    return new Policy(Integer.MAX_VALUE, switchOneIn, pauseOneIn, 20_000);
  }

  /** Processes drawn from all there are; faults, deaths of one and of all drawn, too. */
  static void mixed(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards)
      throws Exception {
    Choices choices = scheduler.choices();
    World world = new World(scheduler, kind, safeguards, choices.next(2) * 60);
    TablePrograms programs = new TablePrograms(world);
    int lives = 1 + choices.next(3);
    for (int life = 0; life < lives; life++) {
      int processes = 2 + choices.next(3);
      boolean saves = false;
      for (int i = 0; i < processes; i++) {
        String name = "p" + life + "." + i;
        String prefix = "r" + life + "." + i + ".";
        int program = choices.next(5);
        // One process at a time saves a key, as its lease has it.
        String key = saves ? "k" + i : "k";
        Scheduler.Body body =
            switch (program) {
              case 0 -> () -> programs.append(name, prefix, 3);
              case 1, 2 -> () -> programs.compact(name, 2);
              case 3 -> () -> programs.read(name, 3);
              default -> () -> programs.save(name, key, 3);
            };
        saves |= program == 4;
        if (choices.next(6) == 0) {
          scheduler.spawnAndKill(name, 1 + choices.next(80), body);
        } else {
          scheduler.spawn(name, body);
        }
      }
      if (choices.next(2) == 0) {
        scheduler.crashAt(scheduler.steps() + 1 + choices.next(300));
      }
      scheduler.run();
      if (choices.next(2) == 0) {
        world.cutPower();
      }
      programs.checkAndSettle();
      scheduler.pass(choices.next(2) * 2 * TablePrograms.GRACE.toMillis());
    }
  }
}
