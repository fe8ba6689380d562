package io.goldennonce.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Results;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FindLineTest {
  @Test
  void findLine_ofAFind_tellsHashNonceWorkTimeAndLuck() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new FindLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), "block 7", Results.PUZZLE)
        .ended(Results.ofPuzzle());
    assertThat(bytes.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "block 7: found "
                + Results.PUZZLE.hashAt(133_050).toDisplay()
                + ", nonce 133050, 131 k tried in 1.5 s, luck 50 %");
  }
}
