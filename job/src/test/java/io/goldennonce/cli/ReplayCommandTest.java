package io.goldennonce.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.output.Transcript;
import io.goldennonce.output.TranscriptWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a driver in cluster mode has said, told again by a process that never saw it. */
@Tag("spark")
class ReplayCommandTest {
  @TempDir private Path directory = Path.of("set by JUnit");

  @Test
  void replay_aTranscript_isWhatTheDriverSaidAndItsExitCode() throws Exception {
    String uri = directory.resolve("run.json").toUri().toString();
    new Transcript(3, "{\"outcome\":\"ä\"}\nsecond\n", "one line\n")
        .write(uri, new Configuration());
    CliRun run = CliRun.of("replay", uri);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).containsExactly("{\"outcome\":\"ä\"}", "second");
    assertThat(run.err()).containsExactly("one line");
  }

  @Test
  void replay_noTranscript_isAFailureInOneLine() {
    String uri = directory.resolve("none.json").toUri().toString();
    CliRun run = CliRun.of("replay", uri);
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsExactly(
            "golden-nonce replay: the driver has left no transcript at " + uri + "; see its log");
  }

  @Test
  void replay_anotherFile_isAFailureInOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve("other"), "not JSON");
    CliRun run = CliRun.of("replay", file.toString());
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .containsExactly(
            "golden-nonce replay: the driver's transcript at "
                + file
                + " can't be read: it is no transcript");
  }

  @Test
  void replay_fileSystemThatIsNotThere_isAFailureInOneLine() {
    assertThat(CliRun.of("replay", "s3a://bucket/run.json").err())
        .singleElement()
        .asString()
        .endsWith("this Spark lacks the jars that s3a:// needs, see docs/s3.md");
    assertThat(CliRun.of("replay", "nope://host/run.json").err())
        .singleElement()
        .asString()
        .endsWith("can't be read: No FileSystem for scheme \"nope\"");
  }

  @Test
  void transcriptWriter_whateverIsPrinted_goesOnAndIsRemembered() {
    StringWriter screen = new StringWriter();
    TranscriptWriter writer = new TranscriptWriter(screen);
    PrintWriter printer = writer.printer();
    printer.print('a');
    printer.printf("%d%n", 1);
    printer.println(new char[] {'x', 'y'});
    assertThat(screen).hasToString(String.format("a1%nxy%n"));
    assertThat(writer.printed()).isEqualTo(screen.toString());
  }

  @Test
  void transcriptWriter_moreThanItKeeps_keepsTheEnd() {
    TranscriptWriter writer = new TranscriptWriter(new StringWriter());
    PrintWriter printer = writer.printer();
    for (int i = 0; i < 3; i++) {
      printer.print("x".repeat(TranscriptWriter.KEPT));
    }
    printer.print("end");
    assertThat(writer.printed()).endsWith("xend").hasSizeLessThan(2 * TranscriptWriter.KEPT + 1);
    assertThat(writer.printed().length()).isGreaterThanOrEqualTo(TranscriptWriter.KEPT);
  }
}
