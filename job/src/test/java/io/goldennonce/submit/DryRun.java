package io.goldennonce.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Java part of submit.sh in this JVM, up to where a process would start. */
final class DryRun {
  static final String KERNELS =
      "--add-modules=jdk.incubator.vector --add-opens=java.base/sun.security.provider=ALL-UNNAMED";

  private final Installation installation;

  /** With a Spark that is made up. */
  DryRun(Path spark) {
    this(spark, false, Map.of());
  }

  DryRun(Path spark, boolean isEmbedded, Map<String, String> environment) {
    this.installation =
        new Installation(
            root(), Path.of("golden-nonce.jar"), spark, isEmbedded, Map.copyOf(environment));
  }

  static Path root() {
    try {
      return Path.of(System.getProperty("golden.nonce.root", "..")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said. */
  record Ended(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private interface Part {
    int of(List<String> typed, Installation installation, PrintStream out, PrintStream err)
        throws InterruptedException;
  }

  /** What a dry run prints. */
  Ended shown(String... typed) {
    List<String> all = new ArrayList<>(List.of("--dry-run"));
    all.addAll(List.of(typed));
    return ended(Submit::run, all);
  }

  /** How it refuses. */
  String refusal(String... typed) {
    Ended ended = ended(Submit::command, List.of(typed));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("submit.sh: ").hasLineCount(1);
    return ended.err().strip();
  }

  /** What the user is told before anything runs. */
  String note(String... typed) {
    Ended ended = ended(Submit::command, List.of(typed));
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.err();
  }

  /** The command that the shell is to become. */
  List<String> command(String... typed) {
    Ended ended = ended(Submit::command, List.of(typed));
    assertThat(ended.code()).as(ended.err()).isZero();
    List<String> words = new ArrayList<>(Arrays.asList(ended.out().split("\0", -1)));
    words.remove(words.size() - 1);
    return words;
  }

  private Ended ended(Part part, List<String> typed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      int code = part.of(typed, installation, stream(out), stream(err));
      return new Ended(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
