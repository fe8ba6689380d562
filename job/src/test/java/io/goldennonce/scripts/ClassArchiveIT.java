package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of loaded classes, from one start to the next. */
@Tag("full")
class ClassArchiveIT {
  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void start_afterOneWithoutAnArchive_loadsItsClassesFromIt() throws Exception {
    Path jar = Path.of(System.getProperty("golden.nonce.jar", "run me with mvn verify"));
    Path checkout = checkout(jar);
    Path archives = checkout.resolve(".embedded/cds");
    Program.Ended first =
        start(checkout, "mine", "--data=a", "--difficulty=8", "-q")
            .with("PATH", impatient() + File.pathSeparator + System.getenv("PATH"))
            .run(directory);
    assertThat(first.code()).as(first.err()).isZero();
    while (names(archives).stream().noneMatch(name -> name.endsWith(".jsa"))) {
      Thread.sleep(100);
    }
    while (names(archives).size() != 2) {
      Thread.sleep(20); // what it was made of goes after it is there
    }
    assertThat(names(archives)).anyMatch(name -> name.equals("lock"));

    Path log = directory.resolve("classes.log");
    Program.Ended second =
        start(checkout, "sql", "SELECT 'ready'")
            .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
            .run(directory);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).contains("ready");
    List<String> classes = Files.readAllLines(log);
    long archived =
        classes.stream().filter(line -> line.endsWith("shared objects file (top)")).count();
    assertThat(archived).isGreaterThan(classes.size() / 2);

    Path copy = checkout.resolve("job/target").resolve(jar.getFileName());
    Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(
            Program.of(checkout.resolve("scripts/submit.sh"), "--dry-run", "sql", "SELECT 1")
                .run(directory)
                .out())
        .as("of another jar")
        .contains("-Dgolden.nonce.class-archives=")
        .doesNotContain("-XX:SharedArchiveFile");
  }

  /** A directory with a {@code nice} that is not: beside other tests the real one takes minutes. */
  private Path impatient() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path nice = Files.writeString(bin.resolve("nice"), "#!/bin/sh\nshift 2\nexec \"$@\"\n");
    Files.setPosixFilePermissions(nice, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Program start(Path checkout, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--warehouse=" + directory.resolve("warehouse"));
    return Program.of(checkout.resolve("scripts/submit.sh"), arguments);
  }

  /** With the real jar and the real Spark, and archives of its own. */
  private Path checkout(Path jar) throws Exception {
    Path checkout = Files.createDirectory(directory.resolve("checkout"));
    for (String folder :
        List.of("scripts", "conf", "job/src/main", "job/src/build", "job/target")) {
      Files.createDirectories(checkout.resolve(folder));
    }
    for (String file :
        List.of(
            "pom.xml",
            "job/pom.xml",
            "conf/jvm.options",
            "conf/log4j2.properties",
            "scripts/submit.sh",
            "scripts/lib.sh",
            "scripts/jar.sh",
            "scripts/spark-home.sh")) {
      Files.copy(Program.root().resolve(file), checkout.resolve(file));
    }
    Path home = Program.sparkHome("4.2");
    Files.createDirectory(checkout.resolve(".embedded"));
    Files.createSymbolicLink(checkout.resolve(".embedded").resolve(home.getFileName()), home);
    Files.copy(jar, checkout.resolve("job/target").resolve(jar.getFileName()));
    return checkout;
  }
}
