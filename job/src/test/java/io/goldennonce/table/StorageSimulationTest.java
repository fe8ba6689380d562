package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Explorer;
import io.goldennonce.simulation.Scheduler;
import io.goldennonce.simulation.Scheduler.Policy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Storage} promises holds on what local disks, HDFS and S3 promise, and no more. */
class StorageSimulationTest {
  private static final Set<Safeguard> ALL = Set.of(Safeguard.values());

  @ParameterizedTest
  @EnumSource
  void publish_crashAtEveryStep_isDurableOnceItReturned(World.Kind kind) {
    Explorer.Crashes crashes =
        Explorer.crashes(
            64, Policy.preemptions(0), scheduler -> publishAndCrash(scheduler, kind, ALL, 1));
    System.out.println(kind + " " + crashes);
    assertThat(crashes.points()).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource
  void publish_twoProcessesCrashAnywhere_isDurableOnceItReturned(World.Kind kind) {
    Explorer.seeds(
        0,
        500,
        choices -> new Policy(Integer.MAX_VALUE, 1 + choices.next(3), 0, 0),
        scheduler -> {
          scheduler.crashAt(1 + scheduler.choices().next(40));
          publishAndCrash(scheduler, kind, ALL, 2);
        });
  }

  static void publishAndCrash(
      Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards, int processes)
      throws IOException {
    World world = new World(scheduler, kind, safeguards, 0);
    Map<String, byte[]> acknowledged = new HashMap<>();
    for (int i = 0; i < processes; i++) {
      String name = "process" + i;
      scheduler.spawn(
          name,
          () -> {
            Storage storage = world.storage(name);
            for (int number = 0; number < 2; number++) {
              byte[] content = (name + number).getBytes(java.nio.charset.StandardCharsets.UTF_8);
              storage.publish("table/" + name + number, content);
              acknowledged.put(name + number, content);
            }
          });
    }
    scheduler.run();
    world.cutPower();
    Storage after = world.storage("after");
    List<StoredFile> files =
        after.list("table").stream().filter(file -> !file.name().startsWith("_")).toList();
    for (StoredFile file : files) {
      assertThat(after.read(file.path())).as("whole").asString().isEqualTo(file.name());
    }
    assertThat(files.stream().map(StoredFile::name)).containsAll(acknowledged.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void list_whileAFileReplacesOthers_showsOneOrTheOther(World.Kind kind) {
    long runs =
        Explorer.all(
            5_000, Policy.preemptions(3), scheduler -> listWhileReplaced(scheduler, kind, ALL));
    System.out.println(kind + " " + runs);
    assertThat(runs).isGreaterThan(10);
  }

  static void listWhileReplaced(Scheduler scheduler, World.Kind kind, Set<Safeguard> safeguards)
      throws IOException {
    World world = new World(scheduler, kind, safeguards, 0);
    Storage writer = world.storage("writer");
    Storage reader = world.storage("reader");
    for (String name : List.of("b", "c", "x")) {
      writer.publish("table/" + name, new byte[] {1});
    }
    scheduler.spawn(
        "writer",
        () -> {
          for (int round = 0; round < 2; round++) {
            String merged = round == 0 ? "a" : "y";
            writer.publish("table/" + merged, new byte[] {2});
            for (String name : round == 0 ? List.of("b", "c", "x") : List.of("a")) {
              writer.retire("table/" + name);
            }
          }
        });
    scheduler.spawn(
        "reader",
        () -> {
          Set<String> names =
              reader.list("table").stream().map(StoredFile::name).collect(Collectors.toSet());
          if (!names.contains("a") && !names.contains("y")) {
            assertThat(names).contains("b", "c", "x");
          }
        });
    scheduler.run();
  }
}
