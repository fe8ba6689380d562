package io.goldennonce.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;

/** The storage for HDFS, on Hadoop's local file system. */
class HadoopStorageTest extends StorageContract {
  static FileSystem local() throws IOException {
    RawLocalFileSystem files = new RawLocalFileSystem();
    Configuration hadoop = new Configuration();
    files.initialize(org.apache.hadoop.fs.FileSystem.getDefaultUri(new Configuration()), hadoop);
    return files;
  }

  @Override
  Storage open(Path root) throws IOException {
    return new HadoopStorage(local(), new org.apache.hadoop.fs.Path(root.toUri()), Hooks.NONE);
  }

  @Test
  void publish_thatFails_leavesNoTemporaryFile() throws IOException {
    FileSystem refusing =
        new RawLocalFileSystem() {
          @Override
          public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) {
            return false;
          }
        };
    refusing.initialize(FileSystem.getDefaultUri(new Configuration()), new Configuration());
    Storage storage =
        new HadoopStorage(refusing, new org.apache.hadoop.fs.Path(root.toUri()), Hooks.NONE);

    assertThatThrownBy(() -> storage.publish("t/file", new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not rename");
    assertThat(storage.names("t")).isEmpty();
  }
}
