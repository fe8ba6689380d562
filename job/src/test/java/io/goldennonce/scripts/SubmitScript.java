package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code submit.sh}, run or run dry, with Sparks and checkouts that are made up. */
final class SubmitScript {
  static final String VECTOR = "--add-modules=jdk.incubator.vector";
  static final String SHA = "--add-opens=java.base/sun.security.provider=ALL-UNNAMED";

  /** What the kernels need. */
  static final String KERNELS = VECTOR + " " + SHA;

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

  /** What a dry run shows, without a build where the jar is old. */
  static List<String> submissions(Program.Ended shown) {
    return shown.out().lines().filter(line -> !line.startsWith("mvn ")).toList();
  }

  /** A Spark home whose spark-submit ends with 3. */
  Path sparkHome(String name) throws IOException {
    Path home = directory.resolve(name);
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nexit 3\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return home;
  }

  /** The least of a checkout that submit.sh looks at, with a jar newer than all of it. */
  Path checkoutWithJar() throws IOException {
    Path checkout = directory.resolve("check out");
    for (String file : List.of("pom.xml", "job/pom.xml", "scripts/submit.sh")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Program.root().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(checkout.resolve("job/src/main/java"));
    Files.createDirectories(checkout.resolve("job/src/build"));
    Matcher version =
        Pattern.compile("(?m)^  <version>(.*)</version>$")
            .matcher(Files.readString(checkout.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    Path target = Files.createDirectories(checkout.resolve("job/target"));
    Path jar = Files.createFile(target.resolve("golden-nonce-" + version.group(1) + ".jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    return checkout;
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
