package io.goldennonce.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.StoredParquet;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage promises. */
abstract class StorageContract {
  @TempDir Path root = Path.of("set by JUnit");
  private Storage storage = new MemoryStorage();

  abstract Storage open(Path root) throws IOException;

  @BeforeEach
  void open() throws IOException {
    storage = open(root.resolve("warehouse"));
  }

  final Storage storage() {
    return storage;
  }

  @Test
  void publish_inNewDirectory_isListedAndRead() throws IOException {
    storage.publish("a/b/file", new byte[] {1, 2, 3});

    assertThat(storage.read("a/b/file")).containsExactly(1, 2, 3);
    assertThat(storage.read("a/b/file", 1, 2)).containsExactly(2, 3);
    StoredFile file = storage.list("a/b").get(0);
    assertThat(file.path()).isEqualTo("a/b/file");
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.length()).isEqualTo(3);
    assertThat(file.modified())
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plusSeconds(60));
    assertThat(storage.names("a/b")).containsExactly("file");
  }

  @Test
  void publish_atTheRoot_isListed() throws IOException {
    storage.publish("mark", new byte[0]);

    assertThat(storage.list("")).extracting(StoredFile::path).containsExactly("mark");
    assertThat(storage.read("mark")).isEmpty();
  }

  @Test
  void publish_sameContentTwice_isThereOnce() throws IOException {
    storage.publish("t/file", new byte[] {1});
    storage.publish("t/file", new byte[] {1});

    assertThat(storage.names("t")).containsExactly("file");
  }

  @Test
  void publish_thatCannotBeWritten_throwsAndLeavesNothing() throws IOException {
    storage.publish("file", new byte[] {1});

    assertThatThrownBy(() -> storage.publish("file/below", new byte[] {1}))
        .isInstanceOf(IOException.class);
    assertThat(storage.names("")).containsExactly("file");
  }

  @Test
  void put_ofAFileThatIsThere_overwritesItAndItsTime() throws IOException {
    storage.put("t/file", new byte[] {1});
    storage.put("t/file", new byte[] {2, 3});

    assertThat(storage.read("t/file")).containsExactly(2, 3);
    assertThat(storage.names("t")).containsExactly("file");
  }

  @Test
  void read_ofAMissingFile_throwsFileNotFound() {
    assertThatThrownBy(() -> storage.read("t/none")).isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> storage.read("t/none", 0, 1))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void read_pastTheEnd_throwsEof() throws IOException {
    storage.publish("t/file", new byte[] {1});

    assertThatThrownBy(() -> storage.read("t/file", 0, 2)).isInstanceOf(EOFException.class);
  }

  @Test
  void list_ofNoDirectory_isEmpty() throws IOException {
    assertThat(storage.list("none")).isEmpty();
    assertThat(storage.names("none")).isEmpty();
  }

  @Test
  void list_ofFilesAndDirectories_showsFilesOnly() throws IOException {
    storage.publish("t/file", new byte[] {1});
    storage.publish("t/sub/file", new byte[] {1});

    assertThat(storage.list("t")).extracting(StoredFile::path).containsExactly("t/file");
    assertThat(storage.names("t")).containsExactlyInAnyOrder("file", "sub");
  }

  @Test
  void delete_once_isGoneAndTwiceIsNoError() throws IOException {
    storage.publish("t/file", new byte[] {1});

    storage.delete("t/file");
    storage.delete("t/file");

    assertThat(storage.list("t")).isEmpty();
  }

  @Test
  void retire_ofAListedFile_staysReadableUnderItsName() throws IOException {
    storage.publish("t/file", new byte[] {1, 2});
    StoredFile listed = storage.list("t").get(0);

    storage.retire("t/file");
    storage.retire("t/file");

    assertThat(storage.read("t/file")).containsExactly(1, 2);
    assertThat(storage.read("t/file", 1, 1)).containsExactly(2);
    try (SeekableInputStream in = StoredParquet.input(storage, listed).newStream()) {
      assertThat(in.readAllBytes()).containsExactly(1, 2);
    }
  }

  @Test
  void retire_ofAFilePublishedAgain_takesItOutAgain() throws IOException {
    storage.publish("t/file", new byte[] {1});
    storage.retire("t/file");
    storage.publish("t/file", new byte[] {1});

    storage.retire("t/file");

    assertThat(storage.read("t/file")).containsExactly(1);
  }

  @Test
  void now_twice_isNearThisClockAndLeavesNothing() throws IOException {
    Instant now = storage.now("t");

    assertThat(now).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(storage.now("t")).isAfterOrEqualTo(now);
    assertThat(storage.names("t")).isEmpty();
  }

  @Test
  void open_ofALargeFile_readsAnyPartOfIt() throws IOException {
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ((i * 31) >> 3);
    }
    storage.publish("t/large", content);
    StoredFile file = storage.list("t").get(0);

    try (SeekableInputStream in = StoredParquet.input(storage, file).newStream()) {
      byte[] end = new byte[8];
      in.seek(content.length - 8);
      in.readFully(end);
      assertThat(end).isEqualTo(tail(content, 8));
      byte[] middle = new byte[600_000];
      in.seek(1000);
      in.readFully(middle);
      assertThat(middle).isEqualTo(Arrays.copyOfRange(content, 1000, 601_000));
      assertThat(in.getPos()).isEqualTo(601_000);
      assertThat(in.read()).isEqualTo(content[601_000] & 0xff);
      in.seek(content.length);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void location_ofAny_isAQualifiedPath() {
    assertThat(storage.location()).contains("warehouse").contains(":/");
  }

  private static byte[] tail(byte[] content, int length) {
    return Arrays.copyOfRange(content, content.length - length, content.length);
  }
}
