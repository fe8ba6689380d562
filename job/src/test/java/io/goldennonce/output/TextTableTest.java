package io.goldennonce.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void print_rowsWithoutEnd_holdsNoMoreThanAThousandOfThem() {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger lines = new AtomicInteger();
    AtomicInteger furthest = new AtomicInteger();
    OutputStream reader =
        new OutputStream() {
          @Override
          public void write(int b) {
            if (b == '\n') {
              // Two lines stand above the rows.
              furthest.accumulateAndGet(taken.get() - (lines.incrementAndGet() - 2), Math::max);
            }
          }
        };
    TextTable.print(List.of("n"), numbers(50_000, taken), writer(reader));
    assertThat(lines).hasValue(50_002);
    assertThat(furthest.get()).as("rows taken and not printed").isBetween(999, 1002);
  }

  @Test
  void print_readerThatHasGone_takesNoMoreRows() {
    AtomicInteger taken = new AtomicInteger();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    TextTable.print(List.of("n"), numbers(50_000, taken), writer(gone));
    assertThat(taken.get()).isLessThanOrEqualTo(1001);
  }

  @Test
  void print_cellWiderThanTheFirstThousand_movesItsOwnLineOnly() {
    List<List<String>> rows =
        IntStream.range(0, 1002)
            .mapToObj(i -> List.of(i == 1000 ? "far too wide" : "abc", "x"))
            .toList();
    StringWriter text = new StringWriter();
    TextTable.print(List.of("a", "b"), rows, new PrintWriter(text));
    List<String> lines = text.toString().lines().toList();
    assertThat(lines)
        .startsWith("a    b", "---  -", "abc  x")
        .endsWith("far too wide  x", "abc  x");
  }

  private static PrintWriter writer(OutputStream out) {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  private static Iterator<List<String>> numbers(int count, AtomicInteger taken) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              taken.incrementAndGet();
              return List.of(String.valueOf(i));
            })
        .iterator();
  }
}
