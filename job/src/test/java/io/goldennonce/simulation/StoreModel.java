package io.goldennonce.simulation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * A Hadoop file system in memory, on a server of its own: what its calls have done stays when
 * processes die. Each call may fail before it has done anything or after it has done everything,
 * which the caller can't tell apart.
 */
public abstract class StoreModel extends FileSystem {
  /** A file. */
  static final class Content {
    byte[] bytes = {};
    boolean synced;
    long modified;
  }

  private static final int ENTRIES_PER_PAGE = 2;

  final Scheduler scheduler;
  final TreeMap<String, Content> files = new TreeMap<>();
  final Set<String> directories = new HashSet<>(Set.of("/"));
  private final URI uri;
  private final int faultOneIn;
  private boolean damageNext;

  /**
   * @param faultOneIn a call fails once in N times; 0 for never
   */
  StoreModel(String uri, Scheduler scheduler, int faultOneIn) {
    this.uri = URI.create(uri);
    this.scheduler = scheduler;
    this.faultOneIn = faultOneIn;
    setConf(EMPTY);
  }

  private static final Configuration EMPTY = new Configuration(false);

  /** A call whose effect is atomic. */
  interface Effect<T> {
    T apply() throws IOException;
  }

  final <T> T call(String name, Object argument, Effect<T> effect) throws IOException {
    scheduler.step(name, argument);
    int fault =
        faultOneIn > 0 && scheduler.current() != null
            ? scheduler.choices().next(2 * faultOneIn)
            : 2;
    if (fault == 0) {
      scheduler.note("refused", argument);
      throw new IOException(name + " " + argument + ": 503 Slow Down");
    }
    T result = effect.apply();
    if (fault == 1) {
      scheduler.note("answer lost", argument);
      throw new IOException(name + " " + argument + ": connection reset");
    }
    return result;
  }

  static String key(Path path) {
    return path.toUri().getPath();
  }

  static FileNotFoundException gone(Path path) {
    return new FileNotFoundException("No such file: " + path);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return call(
        "open",
        path,
        () -> {
          Content content = files.get(key(path));
          if (content == null) {
            throw gone(path);
          }
          return new FSDataInputStream(new MemoryStream(content.bytes));
        });
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, @Nullable Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public abstract FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      @Nullable Progressable progress)
      throws IOException;

  /** Pages of a listing are calls of their own: what comes or goes between them may be missed. */
  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    String prefix = key(path).endsWith("/") ? key(path) : key(path) + "/";
    if (files.containsKey(key(path))) {
      return new FileStatus[] {getFileStatus(path)};
    }
    List<FileStatus> found = new ArrayList<>();
    String after = "";
    while (true) {
      String from = after;
      NavigableMap<String, FileStatus> page = call("list", path, () -> page(path, prefix, from));
      boolean last = page.size() <= ENTRIES_PER_PAGE;
      page.entrySet().stream().limit(ENTRIES_PER_PAGE).forEach(each -> found.add(each.getValue()));
      if (last) {
        return found.toArray(FileStatus[]::new);
      }
      after = page.keySet().stream().skip(ENTRIES_PER_PAGE - 1).findFirst().orElseThrow();
    }
  }

  private NavigableMap<String, FileStatus> page(Path path, String prefix, String after)
      throws IOException {
    TreeMap<String, FileStatus> children = new TreeMap<>();
    files
        .tailMap(prefix)
        .forEach(
            (key, content) -> {
              if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                int slash = name.indexOf('/');
                if (slash < 0) {
                  children.put(name, status(path, name, content));
                } else {
                  name = name.substring(0, slash);
                  children.put(name, directory(new Path(path, name)));
                }
              }
            });
    for (String directory : directories) {
      if (directory.startsWith(prefix) && directory.length() > prefix.length()) {
        String name = directory.substring(prefix.length()).split("/", -1)[0];
        children.putIfAbsent(name, directory(new Path(path, name)));
      }
    }
    if (children.isEmpty() && !directories.contains(key(path))) {
      throw gone(path);
    }
    return new TreeMap<>(children.tailMap(after, false));
  }

  private FileStatus status(Path directory, String name, Content content) {
    return new FileStatus(
        content.bytes.length,
        false,
        1,
        1 << 27,
        content.modified,
        makeQualified(new Path(directory, name)));
  }

  private FileStatus directory(Path path) {
    return new FileStatus(0, true, 1, 0, 0, makeQualified(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return call(
        "stat",
        path,
        () -> {
          Content content = files.get(key(path));
          if (content != null) {
            return status(path.getParent(), path.getName(), content);
          }
          String below = files.ceilingKey(key(path) + "/");
          if (directories.contains(key(path))
              || (below != null && below.startsWith(key(path) + "/"))) {
            return directory(path);
          }
          throw gone(path);
        });
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return call(
        "delete",
        path,
        () -> {
          boolean known = files.remove(key(path)) != null;
          known = directories.remove(key(path)) || known;
          if (recursive) {
            String below = key(path) + "/";
            known = files.keySet().removeIf(key -> key.startsWith(below)) || known;
            known = directories.removeIf(key -> key.startsWith(below)) || known;
          }
          return known;
        });
  }

  /** Lets the storage keep other bytes than the next data file's, and say nothing of it. */
  public void damageNextFile() {
    damageNext = true;
  }

  /** What is stored in place of bytes. */
  final byte[] stored(byte[] bytes) {
    if (damageNext && bytes.length >= DiskModel.DATA) {
      damageNext = false;
      scheduler.note("damaged", bytes.length);
      return DiskModel.damaged(bytes);
    }
    return bytes;
  }

  /** Damages a file where it lies. */
  public void damage(String key) {
    Content content = Objects.requireNonNull(files.get(key));
    content.bytes = DiskModel.damaged(content.bytes);
  }

  /** Loses what this storage may lose when all its machines lose power. */
  public void cutPower() {}
}
