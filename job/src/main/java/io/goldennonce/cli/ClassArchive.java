package io.goldennonce.cli;

import io.goldennonce.base.WholeFile;
import io.goldennonce.cli.common.Interruption;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the archive of loaded classes from which a local start loads them faster. A start that had
 * none makes it for the next one, in a process of its own at the lowest priority.
 */
public final class ClassArchive {
  /**
   * Where it may lie, separated by colons; {@code scripts/submit.sh} sets it where no archive fits.
   * The first place that can be written is taken.
   */
  private static final String PLACES = "golden.nonce.class-archives";

  private ClassArchive() {}

  /** Has it made, if it is asked for; who asks does not wait. */
  static void makeInBackground() {
    if (System.getProperty(PLACES, "").isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(java(List.of(), ClassArchive.class.getName()));
    try {
      silent(command).start();
    } catch (IOException e) {
      // The archive only saves time.
    }
  }

  /** A JVM with this one's options, which the archive must fit. */
  private static List<String> java(List<String> more, String... program) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(List.of(program));
    return command;
  }

  private static ProcessBuilder silent(List<String> command) {
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD);
  }

  /** The process in the background. */
  public static void main(String... none) throws IOException, InterruptedException {
    for (String place : System.getProperty(PLACES, "").split(":")) {
      Path archive = Path.of(place).toAbsolutePath();
      Path directory = archive.getParent();
      if (directory != null && isWritable(directory)) {
        make(archive, directory);
        return;
      }
    }
  }

  private static boolean isWritable(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.isWritable(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private static void make(Path archive, Path directory) throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return;
      }
      deleteOld(directory);
      Path scratch = Files.createTempDirectory(directory, "search");
      try {
        Path draft = scratch.resolve("draft");
        run(
            scratch,
            java(
                List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ArchiveClassesAtExit=" + draft,
                    "-Dspark.master=local[1]",
                    "-Dspark.ui.port=0"),
                Training.class.getName(),
                scratch.resolve("warehouse").toString()));
        // A JVM trusts an archive blindly, so one that a full disk cut short must not get the name.
        List<String> check =
            List.of(
                "-Xshare:on",
                "-XX:+VerifySharedSpaces",
                "-XX:SharedArchiveFile=" + draft,
                "-XX:ErrorFile=" + scratch.resolve("error"));
        if (run(scratch, java(check, "-version")) == 0) {
          WholeFile.replace(draft, archive);
        }
      } finally {
        delete(scratch);
      }
    }
  }

  private static int run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    return silent(command).directory(directory.toFile()).start().waitFor();
  }

  /** Deletes archives of an earlier jar, and what a killed process has left. */
  private static void deleteOld(Path directory) throws IOException {
    Path jar = Path.of(System.getProperty("java.class.path", "").split(File.pathSeparator)[0]);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        boolean isOld =
            Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0;
        if (Files.isDirectory(file) || (isOld && file.toString().endsWith(".jsa"))) {
          delete(file);
        }
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Does what most commands do, so that the classes they load are in the archive. */
  public static final class Training {
    /** Between them they read, compute, group, sort and print as most queries do. */
    private static final List<String> QUERIES =
        List.of(
            "SELECT height, hash, mined_at FROM chain WHERE height > 0 ORDER BY height LIMIT 3",
            "SELECT miner, count(*) AS n, avg(hashes) AS h FROM blocks b JOIN searches s"
                + " ON b.search_id = s.search_id GROUP BY miner ORDER BY n DESC");

    private Training() {}

    /**
     * Mines a block, and asks for it.
     *
     * @param arguments a directory for the warehouse
     */
    public static void main(String... arguments) {
      String warehouse = "--warehouse=" + arguments[0];
      try {
        Main.run("mine", "--data", "class archive", "--difficulty", "8", warehouse);
        for (String query : QUERIES) {
          Main.run("sql", query, warehouse);
          Main.run("sql", "--json", query, warehouse);
        }
      } finally {
        Interruption.finished();
      }
    }
  }
}
