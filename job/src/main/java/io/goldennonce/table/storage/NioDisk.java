package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The operating system's file system. */
final class NioDisk implements Disk {
  /**
   * Locked by this process. POSIX releases a process's lock when it closes any descriptor of the
   * file, so no file in this set may be opened.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).startsWith("windows");

  private final Path root;
  private final String kernel;
  private boolean rootSynced;

  NioDisk(Path root) {
    this.root = root;
    this.kernel = bootId();
  }

  @Override
  public void write(String path, byte[] content, boolean sync) throws IOException {
    try (FileChannel file =
        FileChannel.open(at(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        file.write(left);
      }
      if (sync) {
        file.force(true);
      }
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw gone(from, e);
    }
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    sync(at(directory));
  }

  private static void sync(Path directory) throws IOException {
    if (WINDOWS) {
      return; // it opens no directories; NTFS writes names to its log
    }
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    if (directory.isEmpty()) {
      makeRoot();
      return;
    }
    try {
      Files.createDirectory(at(directory));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(at(directory))) {
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw gone(directory, e);
    }
  }

  /**
   * Creates the root and what is missing above it, and makes their names durable; that of the root
   * even if it is there, once, as who created it may have died before.
   */
  private synchronized void makeRoot() throws IOException {
    boolean made = !Files.isDirectory(root);
    if (rootSynced && !made) {
      return;
    }
    List<Path> parents = new ArrayList<>();
    for (Path above = root.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
      parents.add(above);
      if (Files.isDirectory(above)) {
        break;
      }
    }
    if (made) {
      Files.createDirectories(root);
    }
    for (Path parent : parents) {
      if (Files.isReadable(parent)) {
        sync(parent);
      }
    }
    rootSynced = true;
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(at(path));
  }

  @Override
  public byte[] read(String path, long from, int length) throws IOException {
    try (FileChannel file = FileChannel.open(at(path), StandardOpenOption.READ)) {
      int size = length < 0 ? Math.toIntExact(file.size() - from) : length;
      ByteBuffer content = ByteBuffer.allocate(size);
      while (content.hasRemaining()) {
        if (file.read(content, from + content.position()) < 0) {
          throw new EOFException(path + " ends before " + (from + size) + " bytes");
        }
      }
      return content.array();
    } catch (NoSuchFileException e) {
      throw gone(path, e);
    }
  }

  @Override
  public List<String> names(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(directory))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw new IOException("it is a file: " + at(directory), e);
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public @Nullable StoredFile stat(String path) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(at(path), BasicFileAttributes.class);
      return found.isRegularFile()
          ? new StoredFile(path, found.size(), found.lastModifiedTime().toInstant())
          : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public Closeable lock(String path) throws IOException {
    Path file = at(path);
    LOCKED.add(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (IOException | RuntimeException e) {
      channel.close();
      LOCKED.remove(file);
      throw e;
    }
    return () -> {
      channel.close();
      LOCKED.remove(file);
    };
  }

  @Override
  public boolean isUnlocked(String path) throws IOException {
    Path file = at(path);
    if (LOCKED.contains(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (NoSuchFileException e) {
      return false; // nothing is known
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public String kernel() {
    return kernel;
  }

  private Path at(String path) {
    return path.isEmpty() ? root : root.resolve(path);
  }

  private static FileNotFoundException gone(String path, IOException cause) {
    FileNotFoundException gone = new FileNotFoundException(path + " is not there");
    gone.initCause(cause);
    return gone;
  }

  /** Linux's, which all containers on a machine share, and which changes when it starts. */
  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip().replace("-", "");
    } catch (IOException e) {
      return "";
    }
  }
}
