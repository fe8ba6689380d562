package io.goldennonce.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultModeTest {
  /** Tables of earlier versions have these, and queries ask for them. */
  @Test
  void label_eachMode_isThatOfPublishedTables() {
    assertThat(Stream.of(ResultMode.values()).map(ResultMode::label))
        .containsExactly("first", "lowest", "best");
  }
}
