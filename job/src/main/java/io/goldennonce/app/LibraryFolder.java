package io.goldennonce.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chooses where native libraries from jars are unpacked. The default is the folder for temporary
 * files, from which libraries can't be loaded if it is mounted {@code noexec}.
 */
final class LibraryFolder {
  /** The properties of zstd-jni, snappy-java and JNA. */
  private static final List<String> PROPERTIES =
      List.of("ZstdTempFolder", "org.xerial.snappy.tempdir", "jna.tmpdir");

  /** A line of mountinfo: the fifth field is the mount point, the sixth its options. */
  private static final Pattern MOUNT =
      Pattern.compile("(?:\\S+ ){4}(?<at>\\S+) (?<options>\\S+) .*");

  private LibraryFolder() {}

  /**
   * Selects another folder if the default can't be used.
   *
   * @throws StartException if no folder can be used
   */
  static void choose() {
    String mounts;
    try {
      mounts = Files.readString(Path.of("/proc/self/mountinfo"));
    } catch (IOException e) {
      return; // Not Linux, or not readable.
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    if (isExecutable(mounts, temporary)) {
      return;
    }
    Path folder = find(mounts, candidates()).orElseThrow(() -> refusal(temporary));
    for (String property : PROPERTIES) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, folder.toString());
      }
    }
  }

  private static StartException refusal(Path temporary) {
    return new StartException(
        ("libraries can't be loaded from %s, which is mounted noexec; set another folder with"
                + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER")
            .formatted(temporary));
  }

  private static Stream<Path> candidates() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return Stream.of(
        Path.of(cache.isEmpty() ? System.getProperty("user.home") + "/.cache" : cache)
            .resolve("golden-nonce/lib"),
        Path.of(".embedded/lib"));
  }

  /** The first folder that exists or can be created, and from which libraries can be loaded. */
  static Optional<Path> find(String mounts, Stream<Path> candidates) {
    return candidates
        .map(Path::toAbsolutePath)
        .filter(folder -> isExecutable(mounts, folder))
        .filter(LibraryFolder::isMade)
        .findFirst();
  }

  private static boolean isMade(Path folder) {
    try {
      return Files.isWritable(Files.createDirectories(folder));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the mount of a path, the innermost and last, is not {@code noexec}. */
  static boolean isExecutable(String mounts, Path path) {
    boolean executable = true;
    int depth = -1;
    for (String line : mounts.lines().toList()) {
      var mount = MOUNT.matcher(line);
      if (mount.matches()) {
        Path at = Path.of(mount.group("at").replace("\\040", " "));
        if (path.startsWith(at) && at.getNameCount() >= depth) {
          depth = at.getNameCount();
          executable = !List.of(mount.group("options").split(",", -1)).contains("noexec");
        }
      }
    }
    return executable;
  }
}
