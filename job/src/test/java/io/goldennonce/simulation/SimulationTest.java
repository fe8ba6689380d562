package io.goldennonce.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds what the simulation itself promises: all interleavings, the same run again, what is lost.
 */
class SimulationTest {
  private static final byte[] BYTES = {1, 2, 3, 4};

  @Test
  void allChoices_twoProcessesOfThreeSteps_giveEveryInterleavingOnce() {
    AllChoices choices = new AllChoices();
    List<String> seen = new ArrayList<>();
    do {
      StringBuilder order = new StringBuilder();
      Scheduler scheduler = new Scheduler(choices, Policy.ALL);
      for (String name : List.of("a", "b")) {
        scheduler.spawn(
            name,
            () -> {
              for (int i = 0; i < 3; i++) {
                scheduler.step("step", i);
                order.append(name);
              }
            });
      }
      scheduler.run();
      seen.add(order.toString());
    } while (choices.advance());
    // A process that has ended its last step ends before another is chosen or after: both are
    // tried.
    assertThat(new HashSet<>(seen)).hasSize(20);
  }

  @Test
  void preemptions_none_letEachProcessEndBeforeTheNext() {
    AllChoices choices = new AllChoices();
    Set<String> seen = new HashSet<>();
    do {
      StringBuilder order = new StringBuilder();
      Scheduler scheduler = new Scheduler(choices, Policy.preemptions(0));
      for (String name : List.of("a", "b", "c")) {
        scheduler.spawn(
            name,
            () -> {
              scheduler.step("step", name);
              scheduler.step("step", name);
              order.append(name);
            });
      }
      scheduler.run();
      seen.add(order.toString());
    } while (choices.advance());
    assertThat(seen).hasSize(6);
  }

  @Test
  void seed_again_givesTheSameRun() {
    assertThat(traced(7)).isEqualTo(traced(7)).isNotEqualTo(traced(8));
  }

  private static String traced(long seed) {
    Scheduler scheduler = new Scheduler(new SeededChoices(seed), new Policy(1000, 2, 5, 60_000));
    scheduler.trace().start();
    for (String name : List.of("a", "b", "c")) {
      scheduler.spawn(
          name,
          () -> {
            for (int i = 0; i < 20; i++) {
              scheduler.step("step at " + scheduler.clock().now(), i);
              scheduler.sleep(3);
            }
          });
    }
    scheduler.run();
    return scheduler.trace().toString();
  }

  @Test
  void crash_atAStep_endsAllProcessesBeforeIt() {
    Scheduler scheduler = new Scheduler(new SeededChoices(1), Policy.ALL);
    List<Integer> done = new ArrayList<>();
    scheduler.spawn(
        "a",
        () -> {
          try {
            for (int i = 1; i < 10; i++) {
              scheduler.step("step", i);
              done.add(i);
            }
          } finally {
            scheduler.step("cleanup", "");
            done.add(99);
          }
        });
    scheduler.crashAt(4);
    assertThat(scheduler.run()).isTrue();
    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void disk_nothingSynced_losesAnyPart() throws IOException {
    assertThat(afterCut(disk -> disk.create("/d/a", BYTES)))
        .containsExactlyInAnyOrder("gone", "", "1, 2", "0, 0, 0, 0", "1, 2, 3, 4");
  }

  @Test
  void disk_fileSyncedButNotItsName_losesTheName() throws IOException {
    assertThat(
            afterCut(
                disk -> {
                  disk.create("/d/a", BYTES);
                  disk.syncFile("/d/a");
                }))
        .containsExactlyInAnyOrder("gone", "1, 2, 3, 4");
  }

  @Test
  void disk_nameSyncedButNotTheFile_losesBytes() throws IOException {
    assertThat(
            afterCut(
                disk -> {
                  disk.create("/d/a", BYTES);
                  disk.syncDirectory("/d");
                }))
        .containsExactlyInAnyOrder("", "1, 2", "0, 0, 0, 0", "1, 2, 3, 4");
  }

  @Test
  void disk_renamedAfterSyncs_hasOneOfTheTwoNames() throws IOException {
    Set<String> seen = new HashSet<>();
    AllChoices choices = new AllChoices();
    do {
      DiskModel disk = disk(choices);
      disk.create("/d/a", BYTES);
      disk.syncFile("/d/a");
      disk.syncDirectory("/d");
      disk.rename("/d/a", "/d/b");
      disk.cutPower();
      seen.add(String.join(" ", disk.list("/d")));
    } while (choices.advance());
    assertThat(seen).containsExactlyInAnyOrder("a", "b");
  }

  private interface Writer {
    void write(DiskModel disk) throws IOException;
  }

  private static DiskModel disk(Choices choices) throws IOException {
    DiskModel disk = new DiskModel(new Scheduler(choices, Policy.ALL), 0);
    disk.makeDirectory("/d");
    disk.syncDirectory("/");
    return disk;
  }

  private static Set<String> afterCut(Writer writer) throws IOException {
    Set<String> seen = new HashSet<>();
    AllChoices choices = new AllChoices();
    do {
      DiskModel disk = disk(choices);
      writer.write(disk);
      disk.cutPower();
      String bytes =
          disk.list("/d").isEmpty()
              ? "gone"
              : java.util.Arrays.toString(disk.read("/d/a")).replaceAll("[\\[\\]]", "");
      seen.add(bytes);
    } while (choices.advance());
    return seen;
  }

  @Test
  void hdfs_closedWithoutSync_mayLoseBytesButNotTheName() throws IOException {
    Set<Integer> lengths = new HashSet<>();
    AllChoices choices = new AllChoices();
    do {
      HdfsModel hdfs = new HdfsModel(new Scheduler(choices, Policy.ALL), 0);
      try (var out = hdfs.create(new Path("/d/a"), false)) {
        out.write(BYTES);
      }
      hdfs.cutPower();
      lengths.add((int) hdfs.getFileStatus(new Path("/d/a")).getLen());
    } while (choices.advance());
    assertThat(lengths).containsExactlyInAnyOrder(0, 2, 4);
  }

  @Test
  void hdfs_rename_replacesNothing() throws IOException {
    HdfsModel hdfs = new HdfsModel(new Scheduler(new AllChoices(), Policy.ALL), 0);
    for (String name : List.of("/d/a", "/d/b")) {
      try (var out = hdfs.create(new Path(name), false)) {
        out.write(BYTES);
      }
    }
    assertThat(hdfs.rename(new Path("/d/a"), new Path("/d/b"))).isFalse();
    assertThat(hdfs.rename(new Path("/d/a"), new Path("/d/c"))).isTrue();
  }

  @Test
  void s3_anObject_isThereWhenItsStreamIsClosed() throws IOException {
    S3Model s3 = new S3Model(new Scheduler(new AllChoices(), Policy.ALL), 0);
    var out = s3.create(new Path("/d/a"), true);
    out.write(BYTES);
    assertThatThrownBy(() -> s3.getFileStatus(new Path("/d/a")))
        .isInstanceOf(FileNotFoundException.class);
    out.close();
    assertThat(s3.getFileStatus(new Path("/d/a")).getLen()).isEqualTo(4);
  }

  @Test
  void listing_whileFilesMove_mayMissBothNames() throws IOException {
    Set<Integer> sizes = new HashSet<>();
    AllChoices choices = new AllChoices();
    do {
      Scheduler scheduler = new Scheduler(choices, Policy.ALL);
      S3Model s3 = new S3Model(scheduler, 0);
      for (String name : List.of("/d/b", "/d/c", "/d/d")) {
        s3.create(new Path(name), true).close();
      }
      scheduler.spawn("reader", () -> sizes.add(s3.listStatus(new Path("/d")).length));
      scheduler.spawn("mover", () -> s3.rename(new Path("/d/d"), new Path("/d/a")));
      scheduler.run();
    } while (choices.advance());
    assertThat(sizes).contains(2, 3, 4);
  }
}
