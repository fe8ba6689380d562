package io.goldennonce.table.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on S3, or a store that speaks its protocol. A file is one PUT: it is there when all of it
 * is there, it is durable when the answer comes, and every listing that begins then shows it. A
 * request that is sent again, as its answer was lost, writes the same once more. No conditional
 * request is needed. A rename would copy, so nothing is renamed.
 */
final class ObjectStorage extends HadoopFiles {
  ObjectStorage(FileSystem files, Path root, Hooks hooks) {
    super(files, root, hooks);
  }

  /** Asks for the status: a read of what is not there is logged as an error by S3A's streams. */
  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(at(path));
  }

  @Override
  public void publish(String path, byte[] content) throws IOException {
    put(path, content);
  }

  @Override
  public void retire(String path) {
    // Listings show it until it is swept.
  }

  /** Without the requests by which S3A looks for a directory of that name. */
  @Override
  FSDataOutputStream create(Path file, boolean overwrite) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
    builder.overwrite(overwrite);
    builder.recursive();
    builder.opt("fs.s3a.create.performance", true);
    return builder.build();
  }
}
