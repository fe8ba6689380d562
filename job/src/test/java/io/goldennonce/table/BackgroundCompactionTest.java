package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.table.storage.ForwardingStorage;
import io.goldennonce.table.storage.MemoryStorage;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackgroundCompactionTest {
  private static final int FILES = 8;

  private final MemoryStorage storage = new MemoryStorage();
  private final Table table = new Table(storage, "t", false);
  private int next;

  private void append(int count) throws IOException {
    for (int i = 0; i < count; i++, next++) {
      table.append(String.format("row-%06d", next), Numbers.file(next));
    }
  }

  private void tick() {
    try (BackgroundCompaction background =
        new BackgroundCompaction(() -> List.of(table), () -> {}, FILES)) {
      background.compactOwn();
    }
  }

  private long parts() throws IOException {
    return table.snapshot().parts().size();
  }

  @Test
  void compact_fewFiles_leavesThem() throws IOException {
    append(FILES - 1);
    tick();
    assertThat(parts()).isEqualTo(FILES - 1);
  }

  @Test
  void compact_enoughFiles_mergesThem() throws IOException {
    append(FILES);
    tick();
    assertThat(parts()).isEqualTo(1);
  }

  @Test
  void compact_storageThatFails_isAWarningAndTriedAgain() throws IOException {
    append(FILES);
    Storage failing =
        new ForwardingStorage(storage) {
          @Override
          public void publish(String path, byte[] content) throws IOException {
            throw new IOException("503 slow down");
          }
        };
    Table unwritable = new Table(failing, "t", false);
    unwritable.published.set(FILES);
    try (BackgroundCompaction background =
        new BackgroundCompaction(() -> List.of(unwritable), () -> {}, FILES)) {
      background.compactOwn();
    }
    assertThat(parts()).isEqualTo(FILES);
    append(FILES);
    tick();
    assertThat(parts()).isEqualTo(1);
  }

  @Test
  void lookAround_whatOthersHaveLeft_isMergedAndSwept() throws IOException {
    Table others = new Table(storage, "t", false);
    for (int i = 0; i < FILES; i++) {
      others.append("other-" + i, Numbers.file(i));
    }
    storage.put("t/_staging-killed", new byte[0]);
    int[] swept = {0};
    try (BackgroundCompaction background =
        new BackgroundCompaction(() -> List.of(table), () -> swept[0]++, FILES)) {
      background.lookAround();
      assertThat(parts()).isEqualTo(1);
      storage.pass(BackgroundCompaction.GRACE);
      background.lookAround();
    }

    assertThat(storage.names("t"))
        .singleElement()
        .satisfies(name -> assertThat(FileName.isMerged(name)).isTrue());
    assertThat(swept[0]).isEqualTo(2);
  }

  /** The cost of a row does not grow with the table. */
  @Test
  void compact_overLongTime_keepsFilesFewAndRewritesARowSeldom() throws IOException {
    long[] rewritten = {0};
    for (int i = 0; i < 200; i++) {
      append(FILES);
      rewritten[0] += table.compaction(Duration.ZERO).tiered().run().rows();
      table.published.set(0);
    }

    assertThat(parts()).isLessThanOrEqualTo(8);
    assertThat(rewritten[0]).isLessThan(8L * next);
    assertThat(Numbers.read(storage, table)).hasSize(next);
  }
}
