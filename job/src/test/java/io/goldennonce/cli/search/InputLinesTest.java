package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InputLinesTest {
  @Test
  void next_linesWithAnyBreak_areGivenInTurnUntilTheEnd() throws Exception {
    InputLines lines = of("a\r\n\nb");
    assertThat(lines.next(StopSignal.never())).hasValue("a");
    assertThat(lines.next(StopSignal.never())).hasValue("");
    assertThat(lines.next(StopSignal.never())).hasValue("b");
    assertThat(lines.next(StopSignal.never())).isEmpty();
  }

  /** Ctrl-C, while the caller has nothing to ask. */
  @Test
  void next_stopWhileAReadWaits_ends() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    StopSignal stop =
        () -> looks.incrementAndGet() > 3 ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
    try (PipedOutputStream silent = new PipedOutputStream();
        InputStream in = new PipedInputStream(silent)) {
      assertThat(new InputLines(in).next(stop)).isEmpty();
    }
    assertThat(looks).hasValue(4);
  }

  private static InputLines of(String text) {
    return new InputLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
