package io.goldennonce.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the small files of a table into large ones. Appends and reads go on meanwhile, and a crash
 * at any point loses nothing and doubles nothing (see {@link Replacements}); the next compaction
 * ends what it left.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** Large enough for a disk's or S3's full rate, small enough for one task. */
  private static final long LARGE_BYTES = 64L << 20;

  private static final String STAGING = "_compact-";

  private static final Pattern UNIQUE_END =
      Pattern.compile("-([0-9a-f-]{36}|[0-9a-f]{64})" + Pattern.quote(ParquetTable.SUFFIX) + "$");

  private final Path table;
  private final FileSystem fileSystem;
  private final Duration grace;

  /**
   * @param grace how long replaced files stay, for those who have begun to read them
   */
  Compaction(Path table, FileSystem fileSystem, Duration grace) {
    this.table = table;
    this.fileSystem = fileSystem;
    this.grace = grace;
  }

  /** A file that can be merged. */
  private record Small(FileStatus file, long rows, MessageType type, Map<String, String> metadata) {
    Path path() {
      return file.getPath();
    }
  }

  /**
   * Runs it. Nobody else may compact the table at the same time.
   *
   * @param alive called now and then
   */
  Compacted run(Runnable alive) {
    try {
      if (!fileSystem.exists(table)) {
        return new Compacted(0, 0, 0, 0);
      }
      clean();
      List<FileStatus> before = visible();
      long merged = 0;
      long rows = 0;
      for (List<Small> bundle : bundles(before)) {
        alive.run();
        List<Small> done = merge(bundle);
        rows += done.stream().mapToLong(Small::rows).sum();
        merged += done.size();
      }
      long deleted = deleteReplaced();
      return new Compacted(merged, visible().size(), rows, deleted);
    } catch (IOException e) {
      throw new UncheckedIOException("could not compact " + table + ": " + e.getMessage(), e);
    }
  }

  /** Whoever wrote these is dead: only one compacts at a time. */
  private void clean() throws IOException {
    for (FileStatus file : fileSystem.listStatus(table)) {
      Path path = file.getPath();
      boolean begun = path.getName().startsWith(STAGING);
      boolean announced =
          Replacements.isNote(path) && !fileSystem.exists(Replacements.replacement(path));
      if (begun || announced) {
        fileSystem.delete(path, false);
      }
    }
  }

  private List<FileStatus> visible() throws IOException {
    List<FileStatus> files =
        new ArrayList<>(
            Replacements.visible(
                fileSystem, fileSystem.listStatus(table, ParquetTable::isDataOrNote)));
    files.sort(Comparator.comparing(file -> file.getPath().getName()));
    return files;
  }

  /** Neighbours by name, so that what is merged stays in the order of work or time. */
  private List<List<Small>> bundles(List<FileStatus> files) throws IOException {
    List<List<Small>> bundles = new ArrayList<>();
    List<Small> open = new ArrayList<>();
    long bytes = 0;
    for (FileStatus file : files) {
      Small small = file.getLen() >= LARGE_BYTES ? null : small(file);
      if (small == null) {
        continue;
      }
      boolean fits = bytes + file.getLen() <= LARGE_BYTES;
      if (!open.isEmpty() && !(fits && open.get(0).type().equals(small.type()))) {
        bundles.add(List.copyOf(open));
        open.clear();
        bytes = 0;
      }
      open.add(small);
      bytes += file.getLen();
    }
    bundles.add(open);
    return bundles.stream().filter(bundle -> bundle.size() > 1).toList();
  }

  /** Nothing if the file is damaged: it stays as it is, for verify to tell. */
  private @Nullable Small small(FileStatus file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, fileSystem.getConf()))) {
      FileMetaData metadata = reader.getFooter().getFileMetaData();
      return new Small(
          file, reader.getRecordCount(), metadata.getSchema(), metadata.getKeyValueMetaData());
    } catch (IOException | RuntimeException e) {
      ParquetTable.skipDamaged(file.getPath(), e);
      return null;
    }
  }

  /**
   * Written aside, announced, named: from then on it counts, and the small ones don't.
   *
   * @return the files that were merged; nothing where damage leaves less than two
   */
  private List<Small> merge(List<Small> bundle) throws IOException {
    List<Small> sound = new ArrayList<>(bundle);
    while (sound.size() > 1) {
      Optional<Small> damaged;
      try (Publisher.Draft draft = new Publisher(fileSystem).draft(table, STAGING)) {
        damaged = write(sound, draft.file());
        if (damaged.isEmpty()) {
          String last = sound.get(sound.size() - 1).path().getName();
          String name = prefix(last) + "-" + UUID.randomUUID() + ParquetTable.SUFFIX;
          Path target = new Path(table, name);
          Replacements.write(fileSystem, target, sound.stream().map(Small::path).toList());
          draft.publish(target);
          return sound;
        }
      }
      sound.remove(damaged.get());
    }
    return List.of();
  }

  /** What a file's name begins with, but for the random id or the hash that makes it unique. */
  private static String prefix(String name) {
    return UNIQUE_END.matcher(name).replaceFirst("");
  }

  /**
   * @return a file whose footer is sound and the rest is not, if there is one: what was written is
   *     of no use
   */
  private Optional<Small> write(List<Small> bundle, OutputFile file) throws IOException {
    Map<String, String> metadata = new HashMap<>(bundle.get(0).metadata());
    // The writer sets it itself, and refuses to do so twice.
    metadata.remove(ParquetWriter.OBJECT_MODEL_NAME_PROP);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withConf(fileSystem.getConf())
            .withType(bundle.get(0).type())
            .withExtraMetaData(metadata)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Small small : bundle) {
        Optional<List<Group>> rows = rows(small);
        if (rows.isEmpty()) {
          return Optional.of(small);
        }
        for (Group row : rows.get()) {
          writer.write(row);
        }
      }
    }
    return Optional.empty();
  }

  /** A small file's rows; nothing if it is damaged, which verify tells too. */
  private Optional<List<Group>> rows(Small small) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), small.path())
            .withConf(fileSystem.getConf())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
      if (rows.size() == small.rows()) {
        return Optional.of(rows);
      }
      LOG.warn("{} has {} rows of {}", small.path(), rows.size(), small.rows());
    } catch (IOException | RuntimeException e) {
      ParquetTable.skipDamaged(small.path(), e);
    }
    return Optional.empty();
  }

  /** Deletes what was replaced a while ago, then the note that says so. */
  private long deleteReplaced() throws IOException {
    Set<Path> notes = new HashSet<>();
    for (FileStatus file : fileSystem.listStatus(table, Replacements::isNote)) {
      notes.add(file.getPath());
    }
    long deleted = 0;
    boolean again = true;
    while (again) {
      again = false;
      for (Path note : List.copyOf(notes)) {
        List<Path> replaced = Replacements.read(fileSystem, note);
        // What a replaced file has itself replaced would come to light if it went first.
        boolean first = replaced.stream().map(Replacements::note).noneMatch(notes::contains);
        if (first && isOld(note)) {
          deleted += delete(replaced);
          fileSystem.delete(note, false);
          notes.remove(note);
          again = true;
        }
      }
    }
    return deleted;
  }

  private boolean isOld(Path note) throws IOException {
    long age = System.currentTimeMillis() - fileSystem.getFileStatus(note).getModificationTime();
    return age >= grace.toMillis();
  }

  private long delete(List<Path> files) throws IOException {
    long deleted = 0;
    for (Path file : files) {
      try {
        fileSystem.getFileStatus(file);
      } catch (FileNotFoundException e) {
        continue; // an earlier compaction was interrupted here
      }
      fileSystem.delete(file, false);
      deleted++;
    }
    return deleted;
  }
}
