package io.goldennonce.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Programs from npm, by a package-lock.json below src/test, installed once below target.
 *
 * @param source the directory of the lock
 * @param directory where they are installed
 */
public record NpmProject(Path source, Path directory) {
  private static final Path JOB = Path.of(System.getProperty("golden.nonce.root", ".."), "job");

  /** By the names of both directories. */
  public NpmProject(String source, String directory) {
    this(JOB.resolve("src/test").resolve(source), JOB.resolve("target").resolve(directory));
  }

  /** Installs them; where that can't be the test is skipped with a reason, and fails in CI. */
  public void install() throws IOException, InterruptedException {
    boolean ci = "true".equals(System.getenv("CI"));
    assumeTrue(ci || runs("npm", "--version"), "apt-get install npm to include " + source);
    List<Path> files;
    try (var all = Files.list(source)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Files.createDirectories(directory);
    for (Path file : files) {
      Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.exists(directory.resolve("installed"))) {
      return;
    }
    boolean installed =
        runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    if (ci && !installed) {
      throw new AssertionError("npm ci failed in " + directory);
    }
    assumeTrue(installed, "npm could not install " + source + ": is there a network?");
    Files.writeString(directory.resolve("installed"), "npm ci\n");
  }

  private boolean runs(String... command) throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      if (Files.isDirectory(directory)) {
        builder.directory(directory.toFile());
      }
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
