package io.goldennonce.table.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The storage for S3, on Hadoop's local file system; S3WarehouseIT has it on an S3. */
class ObjectStorageTest extends StorageContract {
  @Override
  Storage open(Path root) throws IOException {
    return new ObjectStorage(
        HadoopStorageTest.local(), new org.apache.hadoop.fs.Path(root.toUri()), Hooks.NONE);
  }

  @Test
  void retire_onAnObjectStore_leavesTheFileListed() throws IOException {
    storage().publish("t/file", new byte[] {1});

    storage().retire("t/file");

    assertThat(storage().names("t")).containsExactly("file");
  }
}
