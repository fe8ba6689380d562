package io.goldennonce.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.sql.FileBundle.Item;
import io.goldennonce.table.Part;
import io.goldennonce.table.storage.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileBundleTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void of_noFiles_isNone() {
    assertThat(FileBundle.of(List.of(), 4)).isEmpty();
  }

  @Test
  void of_manySmallFiles_areFewBundlesInTheirOrder() {
    List<Item> files = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      files.add(item(i, 5_000));
    }
    List<FileBundle> bundles = FileBundle.of(files, 2);
    assertThat(bundles).hasSizeBetween(2, 100);
    assertThat(bundles.stream().flatMap(bundle -> bundle.items().stream()))
        .containsExactlyElementsOf(files);
  }

  @Test
  void of_fewFiles_keepsAllSlotsBusy() {
    List<Item> files = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      files.add(item(i, 10 * MEGABYTE));
    }
    assertThat(FileBundle.of(files, 8)).hasSize(8);
    assertThat(FileBundle.of(files, 100)).hasSize(16);
  }

  private static Item item(int number, long length) {
    return new Item(Part.whole(new StoredFile("t/" + number, length, Instant.EPOCH)), Map.of());
  }
}
