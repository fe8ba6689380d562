package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Explorer;
import io.goldennonce.simulation.Scheduler.Policy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lease has one holder, whatever the schedule, the pauses, the faults and the deaths. */
class LeaseSimulationTest {
  @ParameterizedTest
  @EnumSource
  void take_twoProcessesAllSchedules_hasOneHolder(World.Kind kind) {
    long runs =
        Explorer.all(
            20_000,
            Policy.preemptions(2),
            scheduler -> {
              World world = new World(scheduler, kind, Set.of(Safeguard.values()), 0);
              Holders holders = new Holders(scheduler, LeaseProgram.TIME_TO_LIVE);
              for (String host : List.of("a", "b")) {
                scheduler.spawn(host, () -> LeaseProgram.run(world, holders, host, 1, 1));
              }
              scheduler.run();
            });
    System.out.println(kind + " " + runs);
    assertThat(runs).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void lease_threeProcessesRandomSchedules_hasOneHolder(World.Kind kind) {
    Explorer.seeds(
        0,
        Integer.getInteger("simulation.schedules", 1_000),
        choices -> new Policy(Integer.MAX_VALUE, 1 + choices.next(4), 30, 100_000),
        scheduler -> {
          World world = new World(scheduler, kind, Set.of(Safeguard.values()), 50);
          Holders holders = new Holders(scheduler, LeaseProgram.TIME_TO_LIVE);
          for (int i = 0; i < 3; i++) {
            String host = "host" + i / 2;
            scheduler.spawn(host + i, () -> LeaseProgram.run(world, holders, host, 3, 3));
          }
          scheduler.spawnAndKill(
              "mortal",
              1 + scheduler.choices().next(40),
              () -> LeaseProgram.run(world, holders, "host1", 3, 3));
          scheduler.run();
        });
  }
}
