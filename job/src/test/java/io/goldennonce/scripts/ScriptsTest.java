package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That ShellCheck finds nothing in the scripts. */
class ScriptsTest {
  @Test
  void everyScript_shellcheck_findsNothing() throws Exception {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "shellcheck")));
    assumeTrue(
        installed || "true".equals(System.getenv("CI")),
        "ShellCheck is not installed: apt-get install shellcheck");
    List<String> scripts = scripts();
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(9);
    List<String> arguments = new ArrayList<>(List.of("--external-sources"));
    arguments.addAll(scripts);
    Program.Ended ended = Program.of(Path.of("shellcheck"), arguments).run(Program.root());
    assertThat(ended.out() + ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
  }

  private static List<String> scripts() throws IOException {
    Path root = Program.root();
    try (Stream<Path> files =
        Stream.of("scripts", "spark-home/bin", ".ci", "emr")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .flatMap(ScriptsTest::filesUnder)) {
      return files.filter(ScriptsTest::isShell).map(Path::toString).sorted().toList();
    }
  }

  private static Stream<Path> filesUnder(Path folder) {
    try {
      return Files.walk(folder).filter(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isShell(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      // The first line of what is sourced names the shell for ShellCheck.
      return first != null && first.matches("#!.*\\b(ba)?sh|# shellcheck shell=bash");
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
