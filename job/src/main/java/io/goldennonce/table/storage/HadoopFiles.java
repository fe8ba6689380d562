package io.goldennonce.table.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.util.functional.FutureIO;

/** What HDFS and S3 have in common, through Hadoop's file systems. */
abstract class HadoopFiles implements Storage {
  final FileSystem files;
  final Hooks hooks;
  private final Path root;

  HadoopFiles(FileSystem files, Path root, Hooks hooks) {
    this.files = files;
    this.root = root;
    this.hooks = hooks;
  }

  @Override
  public final String location() {
    return root.toString();
  }

  @Override
  public final Hooks hooks() {
    return hooks;
  }

  /** On HDFS the name node replaces a file in one step; what is in it follows. */
  @Override
  public void put(String path, byte[] content) throws IOException {
    create(at(path), content, true, false);
  }

  @Override
  public final byte[] read(String path) throws IOException {
    try (FSDataInputStream in = open(path, -1)) {
      return in.readAllBytes();
    }
  }

  @Override
  public final byte[] read(String path, long from, int length) throws IOException {
    byte[] content = new byte[length];
    try (FSDataInputStream in = open(path, from + length)) {
      in.readFully(from, content);
    }
    return content;
  }

  @Override
  public List<StoredFile> list(String directory) throws IOException {
    List<StoredFile> listed = new ArrayList<>();
    for (FileStatus status : statuses(directory)) {
      if (status.isFile()) {
        listed.add(stored(directory, status));
      }
    }
    return listed;
  }

  @Override
  public List<String> names(String directory) throws IOException {
    return statuses(directory).stream().map(status -> status.getPath().getName()).toList();
  }

  @Override
  public void delete(String path) throws IOException {
    files.delete(at(path), false);
  }

  @Override
  public Instant now(String directory) throws IOException {
    String probe = Retired.path(directory, "_probe-" + hooks.ids().get());
    put(probe, new byte[0]);
    try {
      return Instant.ofEpochMilli(files.getFileStatus(at(probe)).getModificationTime());
    } finally {
      delete(probe);
    }
  }

  /**
   * Creates a file and writes it; never leaves a part of it under its name on S3, where closing a
   * stream is what makes the file.
   *
   * @param sync whether to wait for HDFS's disks
   */
  final void create(Path file, byte[] content, boolean overwrite, boolean sync) throws IOException {
    FSDataOutputStream out = create(file, overwrite);
    try {
      out.write(content);
      if (sync) {
        out.hsync();
      }
    } catch (IOException | RuntimeException e) {
      try {
        out.abort();
      } catch (UnsupportedOperationException notNeeded) {
        IOUtils.closeStream(out);
      }
      throw e;
    }
    out.close();
  }

  FSDataOutputStream create(Path file, boolean overwrite) throws IOException {
    return files.create(file, overwrite);
  }

  final List<FileStatus> statuses(String directory) throws IOException {
    try {
      return Arrays.asList(files.listStatus(at(directory)));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  static StoredFile stored(String directory, FileStatus status) {
    return new StoredFile(
        Retired.path(directory, status.getPath().getName()),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }

  final Path at(String path) {
    return path.isEmpty() ? root : new Path(root, path);
  }

  /**
   * Opens a file.
   *
   * @param length how much of it is needed, which saves a request for its status on S3; negative
   *     for all of it
   */
  FSDataInputStream open(String path, long length) throws IOException {
    if (length < 0) {
      return files.open(at(path));
    }
    return FutureIO.awaitFuture(
        files
            .openFile(at(path))
            .opt("fs.option.openfile.read.policy", "random")
            .opt("fs.option.openfile.length", Long.toString(length))
            .build());
  }
}
