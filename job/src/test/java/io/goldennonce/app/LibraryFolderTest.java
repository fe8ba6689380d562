package io.goldennonce.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryFolderTest {
  private static final String MOUNTS =
      """
      22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
      23 22 0:30 / /tmp rw,nosuid,noexec - tmpfs tmpfs rw
      24 23 0:31 / /tmp/good rw - tmpfs tmpfs rw
      25 22 0:32 / /with\\040space rw,noexec - tmpfs tmpfs rw
      26 22 0:33 / /twice rw,noexec - tmpfs tmpfs rw
      27 22 0:34 / /twice rw - tmpfs tmpfs rw
      """;

  @ParameterizedTest
  @CsvSource({
    "/home/me, true",
    "/tmp, false",
    "/tmp/x, false",
    "/tmpfoo, true",
    "/tmp/good/x, true",
    "/with space/x, false",
    "/twice, true"
  })
  void isExecutable_path_isWhatItsMountSays(String path, boolean executable) {
    assertThat(LibraryFolder.isExecutable(MOUNTS, Path.of(path))).isEqualTo(executable);
  }

  @Test
  void find_candidates_givesTheFirstFromWhichCanBeLoaded(@TempDir Path directory) {
    Path folder = directory.resolve("cache/lib");
    String mounts =
        """
        22 1 254:0 / / rw - ext4 /dev/vda rw
        23 22 0:30 / %s/bad rw,noexec - tmpfs tmpfs rw
        """
            .formatted(directory);
    assertThat(
            LibraryFolder.find(
                mounts, Stream.of(directory.resolve("bad/lib"), Path.of("/proc/no"), folder)))
        .contains(folder);
    assertThat(folder).isDirectory();
    assertThat(directory.resolve("bad")).doesNotExist();
  }
}
