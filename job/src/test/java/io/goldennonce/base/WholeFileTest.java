package io.goldennonce.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private final Path directory;
  private final Path file;

  WholeFileTest(@TempDir Path directory) {
    this.directory = directory;
    this.file = directory.resolve("file");
  }

  @Test
  void write_newAndAgain_leavesTheLastContentAlone() throws IOException {
    WholeFile.write(file, "old and longer".getBytes(UTF_8));
    WholeFile.write(file, "new".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void write_inPlaceOfADirectory_failsAndLeavesNoDraft() throws IOException {
    Files.createDirectories(file.resolve("inner"));

    assertThatThrownBy(() -> WholeFile.write(file, new byte[1])).isInstanceOf(IOException.class);
    assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
  }

  /** The content before the name that shows it, and the name before success is reported. */
  @Test
  void replace_anyFile_syncsTheDraftThenTheDirectoryOfTheFile() throws IOException {
    Files.writeString(file, "old");
    Path draft = Files.createDirectory(directory.resolve("scratch")).resolve("draft");
    Files.writeString(draft, "new");
    List<String> synced = new ArrayList<>();

    WholeFile.replace(
        draft,
        file,
        path -> synced.add(directory.relativize(path) + ": " + Files.readString(file)));

    assertThat(synced).containsExactly("scratch/draft: old", ": new");
  }

  /** As the JVM makes its class archives; root may write such a file, other users may not. */
  @Test
  void replace_readOnlyDraft_isInPlace() throws IOException {
    Path draft = Files.writeString(directory.resolve("draft"), "new");
    assertThat(draft.toFile().setReadOnly()).isTrue();

    WholeFile.replace(draft, file);

    assertThat(file).hasContent("new");
  }

  @Test
  void replace_aDraftThatCanNotBeSynced_keepsTheOldFile() throws IOException {
    Files.writeString(file, "old");
    Path draft = directory.resolve("draft");
    Files.writeString(draft, "new");

    assertThatThrownBy(
            () ->
                WholeFile.replace(
                    draft,
                    file,
                    path -> {
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(file).hasContent("old");
  }
}
