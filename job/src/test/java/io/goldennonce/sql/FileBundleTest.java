package io.goldennonce.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.warehouse.FileBundle.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileBundleTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void of_noFiles_isNone() {
    assertThat(FileBundle.of(List.of(), 4)).isEmpty();
  }

  @Test
  void of_manySmallFiles_areFewBundlesInTheirOrder() {
    List<Part> files = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      files.add(new Part("file " + i, 0, 5_000, null));
    }
    List<FileBundle> bundles = FileBundle.of(files, 2);
    assertThat(bundles).hasSizeBetween(2, 100);
    assertThat(bundles.stream().flatMap(bundle -> bundle.parts().stream()))
        .containsExactlyElementsOf(files);
  }

  @Test
  void of_fewFiles_keepsAllSlotsBusy() {
    List<Part> files = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      files.add(new Part("file " + i, 0, 10 * MEGABYTE, null));
    }
    assertThat(FileBundle.of(files, 8)).hasSize(8);
    assertThat(FileBundle.of(files, 100)).hasSize(16);
  }

  @Test
  void of_aLargeFile_isCutWithoutGapOrOverlap() {
    Part large = new Part("large", 0, 1000 * MEGABYTE + 1, null);
    List<Part> parts =
        FileBundle.of(List.of(large), 1).stream()
            .flatMap(bundle -> bundle.parts().stream())
            .toList();
    assertThat(parts).hasSize(8);
    long at = 0;
    for (Part part : parts) {
      assertThat(part.path()).isEqualTo("large");
      assertThat(part.from()).isEqualTo(at);
      at = part.to();
    }
    assertThat(at).isEqualTo(large.to());
  }
}
