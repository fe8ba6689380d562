package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.submit.Submit;
import io.goldennonce.testing.Checkout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.SparkLauncher;
import org.apache.spark.launcher.SparkSubmitArgumentsParser;

/** {@code submit.sh}, run or run dry, with Sparks and checkouts that are made up. */
final class SubmitScript {
  static final String VECTOR = "--add-modules=jdk.incubator.vector";

  private final Path directory;

  /**
   * @param directory the test's own
   */
  SubmitScript(Path directory) {
    this.directory = directory;
  }

  /** Each argument in UTF-8, ended by a NUL, in base64. */
  static String encoded(String... arguments) {
    String text = String.join("\0", arguments) + "\0";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A Spark home whose spark-submit ends with 3. */
  Path sparkHome(String name) throws Exception {
    return sparkHome(directory.resolve(name), "exit 3");
  }

  /**
   * A Spark home.
   *
   * @param submit what its spark-submit does
   */
  static Path sparkHome(Path home, String submit) throws Exception {
    Path script = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(script, "#!/bin/sh\n" + submit + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path jars = Files.createDirectories(home.resolve("jars"));
    Map<String, Class<?>> parts =
        Map.of(
            "spark-core_2.13-0", SparkSubmitArgumentsParser.class,
            "spark-launcher_2.13-0", SparkLauncher.class,
            "jackson-databind-0", ObjectMapper.class,
            "jackson-core-0", JsonFactory.class,
            "jackson-annotations-0", JsonCreator.class);
    for (Map.Entry<String, Class<?>> part : parts.entrySet()) {
      Files.copy(source(part.getValue()), jars.resolve(part.getKey() + ".jar"));
    }
    return home;
  }

  private static Path source(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** What submit.sh looks at of a checkout, with a jar newer than all of it. */
  Path checkoutWithJar() throws Exception {
    Path checkout = directory.resolve("check out [1]");
    for (String file :
        List.of(
            "pom.xml",
            "job/pom.xml",
            "scripts/submit.sh",
            "scripts/lib.sh",
            "scripts/jar.sh",
            "scripts/spark-home.sh",
            "conf/jvm.options",
            "conf/gpu.conf")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Program.root().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(checkout.resolve("job/src/main/java"));
    Files.createDirectories(checkout.resolve("job/src/build"));
    Path target = Files.createDirectories(checkout.resolve("job/target"));
    Path jar = target.resolve("golden-nonce-" + Checkout.version() + ".jar");
    writeJar(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    return checkout;
  }

  /** What submit.sh itself runs of the jar. */
  private static void writeJar(Path jar) throws Exception {
    Path classes = source(Submit.class);
    if (!Files.isDirectory(classes)) {
      Files.copy(classes, jar);
      return;
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.list(classes.resolve("io/goldennonce/submit"))) {
      for (Path one : all.toList()) {
        out.putNextEntry(new JarEntry("io/goldennonce/submit/" + one.getFileName()));
        Files.copy(one, out);
      }
    }
  }

  /** The words of the last command a dry run shows, as a shell would pass them. */
  List<String> words(Program dryRun) throws IOException, InterruptedException {
    Program.Ended shown = dryRun.run(directory);
    assertThat(shown.code()).as(shown.err()).isZero();
    Program.Ended words =
        Program.of(
                Path.of("bash"),
                "-c",
                "eval \"set -- $1\"; printf '%s\\0' \"$@\"",
                "bash",
                shown.lastLine())
            .run(directory);
    assertThat(words.err()).isEmpty();
    List<String> list = new ArrayList<>(Arrays.asList(words.out().split("\0", -1)));
    list.remove(list.size() - 1);
    return list;
  }

  static Program submit(String... arguments) {
    return Program.of(Program.root().resolve("scripts/submit.sh"), arguments);
  }

  static Program dryRun(String... arguments) {
    return submit(
            Stream.concat(Stream.of("--dry-run"), Arrays.stream(arguments)).toArray(String[]::new))
        .with("JAVA_HOME", "");
  }
}
