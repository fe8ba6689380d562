package io.goldennonce.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.simulation.Scheduler;
import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@link Scenario} does with the storage alone. */
final class StorageScenarios {
  private StorageScenarios() {}

  static void publish(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Map<String, byte[]> acknowledged = new HashMap<>();
    for (String process : List.of("p", "q")) {
      scheduler.spawn(
          process,
          () -> {
            Storage storage = world.storage(process);
            for (int number = 0; number < 2; number++) {
              String name = process + number;
              byte[] content = name.getBytes(UTF_8);
              storage.publish("table/" + name, content);
              acknowledged.put(name, content);
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

  static void list(World world) throws Exception {
    Scheduler scheduler = world.scheduler();
    Storage writer = world.storage("writer");
    Storage reader = world.storage("reader");
    List<String> small = List.of("b", "c", "x");
    for (String name : small) {
      writer.publish("table/" + name, new byte[] {1});
    }
    scheduler.spawn(
        "writer",
        () -> {
          writer.publish("table/a", new byte[] {2});
          for (String name : small) {
            writer.retire("table/" + name);
          }
          writer.publish("table/y", new byte[] {2});
          writer.retire("table/a");
        });
    scheduler.spawn(
        "reader",
        () -> {
          Set<String> names =
              reader.list("table").stream().map(StoredFile::name).collect(Collectors.toSet());
          if (!names.contains("a") && !names.contains("y")) {
            assertThat(names).containsAll(small);
          }
        });
    scheduler.run();
  }
}
