package io.goldennonce.store;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives files their names, whole or not at all: the one place that knows what a file system does at
 * a stroke. On most that is a rename. On S3 a rename copies and deletes, but an object is there
 * only once all of it has been sent, so it is sent under its name.
 */
final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** S3A's, and what Amazon EMR calls it. */
  private static final Set<String> OBJECT_STORES = Set.of("s3", "s3a", "s3n");

  /** Hadoop 3.4.2 and later; its name is no constant in the Hadoop that we compile against. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private final FileSystem fileSystem;

  Publisher(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** A file that is being written, and has no name yet. */
  interface Draft extends AutoCloseable {
    /** What to write to. */
    OutputFile file();

    /**
     * Gives it its name. Whoever else uses this name writes the same under it: so a request that is
     * sent again, as its answer was lost, does no harm.
     */
    void publish(Path target) throws IOException;

    /** Removes what has got no name. */
    @Override
    void close();
  }

  /**
   * Begins a file.
   *
   * @param directory that it will get its name in
   * @param prefix what its name begins with until then
   */
  Draft draft(Path directory, String prefix) throws IOException {
    return OBJECT_STORES.contains(fileSystem.getUri().getScheme())
        ? new SentDraft(fileSystem)
        : new RenamedDraft(fileSystem, new Path(directory, prefix + UUID.randomUUID()));
  }

  /**
   * Creates a small file that must not be there. Of several processes that do so at once one wins,
   * but for an S3 that knows no conditions (Hadoop before 3.4.2, or a look-alike): there two within
   * the same few milliseconds may both believe so. A file that is still empty is being written.
   *
   * @throws FileAlreadyExistsException if it is there; also if this very call has made it, and the
   *     answer was lost
   */
  void createNew(Path file, byte[] content) throws IOException {
    if (fileSystem.getUri().getScheme().equals("file")) {
      createNewLocally(file, content);
      return;
    }
    if (!fileSystem.hasPathCapability(file, CONDITIONAL)) {
      write(fileSystem.create(file, false), content);
      return;
    }
    // Some stores ignore the condition in silence.
    if (fileSystem.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try {
      FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(file);
      builder.overwrite(true);
      builder.must(CONDITIONAL, true);
      write(builder.build(), content);
    } catch (IOException e) {
      // A class of hadoop-aws, which not every Spark has.
      if (e.getClass().getSimpleName().equals("RemoteFileChangedException")) {
        throw new FileAlreadyExistsException(file.toString());
      }
      throw e;
    }
  }

  /**
   * As the operating system does it. Hadoop would first look and then create, which two may do at
   * once, and have a program set permissions, which fails where another process has deleted the
   * file meanwhile.
   */
  private void createNewLocally(Path file, byte[] content) throws IOException {
    File local = new File(file.toUri().getPath());
    fileSystem.mkdirs(file.getParent());
    if (!local.createNewFile()) {
      throw new FileAlreadyExistsException(file.toString());
    }
    if (content.length > 0) {
      Files.write(local.toPath(), content, StandardOpenOption.WRITE);
    }
  }

  /** Writes a small file in place of the one that is there. */
  void replace(Path file, byte[] content) throws IOException {
    write(fileSystem.create(file, true), content);
  }

  private static void write(OutputStream stream, byte[] content) throws IOException {
    try (OutputStream out = stream) {
      out.write(content);
    }
  }

  private record RenamedDraft(FileSystem fileSystem, Path staging) implements Draft {
    @Override
    public OutputFile file() {
      try {
        return HadoopOutputFile.fromPath(staging, fileSystem.getConf());
      } catch (IOException e) {
        throw new UncheckedIOException("could not write " + staging + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void publish(Path target) throws IOException {
      if (!fileSystem.rename(staging, target) && !fileSystem.exists(target)) {
        throw new IOException("could not move " + staging + " to " + target);
      }
    }

    @Override
    public void close() {
      try {
        fileSystem.delete(staging, true);
      } catch (IOException e) {
        LOG.warn("could not delete {}: {}", staging, Warehouse.oneLine(e));
      }
    }
  }

  /** Kept in memory until it is whole: a stream that ends early would leave half an object. */
  private static final class SentDraft implements Draft {
    private final FileSystem fileSystem;
    private final MemoryFile memory = new MemoryFile();

    SentDraft(FileSystem fileSystem) {
      this.fileSystem = fileSystem;
    }

    @Override
    public OutputFile file() {
      return memory;
    }

    @Override
    public void publish(Path target) throws IOException {
      write(fileSystem.create(target, true), memory.bytes());
    }

    @Override
    public void close() {
      // Nothing of it is anywhere.
    }
  }
}
