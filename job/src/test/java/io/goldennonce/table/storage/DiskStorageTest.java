package io.goldennonce.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class DiskStorageTest extends StorageContract {
  @Override
  Storage open(Path root) throws IOException {
    return Storage.at(root.toString(), new Configuration(false));
  }

  @Test
  void publish_inNewDirectories_syncsFileThenNameThenParents() throws IOException {
    List<String> calls = new ArrayList<>();
    Storage recorded = new DiskStorage("file:/x", recorded(calls), Hooks.NONE);

    recorded.publish("a/b/file", new byte[] {1});
    recorded.publish("a/b/other", new byte[] {1});

    assertThat(calls)
        .containsExactly(
            "sync ",
            "sync a",
            "write synced",
            "rename a/b/file",
            "sync a/b",
            "write synced",
            "rename a/b/other",
            "sync a/b");
  }

  @Test
  void put_ofAClaim_syncsNothing() throws IOException {
    List<String> calls = new ArrayList<>();
    Storage recorded = new DiskStorage("file:/x", recorded(calls), Hooks.NONE);

    recorded.put("a/file", new byte[] {1});

    assertThat(calls).containsExactly("write", "rename a/file");
  }

  @Test
  void publish_belowAFile_saysWhatItIs() throws IOException {
    Files.write(root.resolve("warehouse"), new byte[] {1});

    assertThatThrownBy(() -> storage().publish("t/file", new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("warehouse");
  }

  @Test
  void list_whileAFileIsReplacedByAMergedOne_showsOneOfThem() throws IOException {
    storage().publish("t/small", new byte[] {1});
    Disk disk =
        new ForwardingDisk(new NioDisk(root.resolve("warehouse"))) {
          @Override
          public List<String> names(String directory) throws IOException {
            List<String> names = super.names(directory);
            if (directory.equals("t")) {
              storage().publish("t/merged", new byte[] {1});
              storage().retire("t/small");
            }
            return names;
          }
        };

    List<StoredFile> listed = new DiskStorage("file:/x", disk, Hooks.NONE).list("t");

    assertThat(listed).extracting(StoredFile::path).containsExactly("t/small");
  }

  @Test
  void lock_heldByThisProcess_isNotAbandonedAndStaysLocked() throws IOException {
    try (Closeable lock = storage().lock("t/lock")) {
      assertThat(lock).isNotNull();
      assertThat(storage().isAbandoned("t/lock")).isFalse();
      assertThat(storage().isAbandoned("t/lock")).isFalse();
    }
    assertThat(storage().isAbandoned("t/lock")).isFalse();
    assertThat(storage().names("t")).isEmpty();
  }

  @Test
  void lock_thatCannotBeHad_leavesNoFileThatSaysItsOwnerDied() throws IOException {
    Disk disk =
        new ForwardingDisk(new NioDisk(root.resolve("warehouse"))) {
          @Override
          public Closeable lock(String path) throws IOException {
            super.lock(path).close(); // the file is there before the lock is
            throw new IOException("No locks available");
          }
        };
    Storage storage = new DiskStorage("file:/x", disk, Hooks.NONE);

    assertThat(storage.lock("t/lock")).isNull();
    assertThat(storage().isAbandoned("t/lock")).isFalse();
  }

  private Disk recorded(List<String> calls) throws IOException {
    Files.createDirectories(root.resolve("recorded"));
    return new ForwardingDisk(new NioDisk(root.resolve("recorded"))) {
      @Override
      public void write(String path, byte[] content, boolean sync) throws IOException {
        calls.add(sync ? "write synced" : "write");
        super.write(path, content, sync);
      }

      @Override
      public void rename(String from, String to) throws IOException {
        calls.add("rename " + to);
        super.rename(from, to);
      }

      @Override
      public void syncDirectory(String directory) throws IOException {
        calls.add("sync " + directory);
        super.syncDirectory(directory);
      }
    };
  }
}
