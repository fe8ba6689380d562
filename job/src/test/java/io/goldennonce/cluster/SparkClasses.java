package io.goldennonce.cluster;

import io.goldennonce.testing.LightJvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Archives of the classes that a JVM with Spark loads, made once below target. A start that has one
 * takes two thirds of the processor's time; a JVM that it does not fit, such as one of another
 * Spark, ignores it.
 */
public final class SparkClasses {
  private SparkClasses() {}

  /** A run whose classes an archive is to have. */
  public interface Training {
    /**
     * Starts it.
     *
     * @param directory for its files
     * @param jvmOptions for the driver
     */
    Submission start(Path directory, String jvmOptions) throws IOException, InterruptedException;
  }

  /** {@link LightJvm#OPTIONS} with an archive for the JVMs of the embedded Spark. */
  public static String options() throws IOException, InterruptedException {
    return options("local", SparkClasses::mine);
  }

  /** The same with an archive of the caller's own. */
  public static String options(String name, Training training)
      throws IOException, InterruptedException {
    Path jar = Path.of(System.getProperty("golden.nonce.jar", "run mvn verify")).toAbsolutePath();
    Path directory = Files.createDirectories(jar.resolveSibling("class-archives"));
    Path archive = directory.resolve(name + "-" + Runtime.version() + ".jsa");
    // Of two test processes one makes it, and the other waits for it.
    synchronized (SparkClasses.class) {
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.exists(archive)) {
          make(archive, Files.createTempDirectory(directory, name), training);
        }
      }
    }
    // Without a log: that one does not fit is a warning on standard output.
    return LightJvm.OPTIONS + " -XX:SharedArchiveFile=" + archive + " -Xlog:disable";
  }

  private static void make(Path archive, Path directory, Training training)
      throws IOException, InterruptedException {
    Path draft = directory.resolve("draft");
    Submission.Ended ended =
        training.start(directory, LightJvm.OPTIONS + " -XX:ArchiveClassesAtExit=" + draft).await();
    if (ended.code() != 0) {
      throw new AssertionError("no class archive: " + ended.err());
    }
    Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Submission mine(Path directory, String jvmOptions)
      throws IOException, InterruptedException {
    return Submission.start(
        SparkHome.embedded(),
        "local[1]",
        directory,
        List.of("--conf", "spark.ui.enabled=false", "--driver-java-options", jvmOptions),
        List.of("mine", "--data", "hello", "--difficulty", "8", "--warehouse", "warehouse"));
  }
}
