package io.goldennonce.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.sql.SqlSession;
import io.goldennonce.testing.LocalSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
@Tag("spark")
class SqlRowsTest {
  private final JavaSparkContext context;

  SqlRowsTest(JavaSparkContext context) {
    this.context = context;
  }

  /** As {@code sql --json … | head -1} does. */
  @Test
  @Timeout(60)
  void printJson_readerThatHasGone_endsTheQuery() {
    AtomicInteger writes = new AtomicInteger();
    OutputStream pipe =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            if (writes.incrementAndGet() > 1) {
              throw new IOException("Broken pipe");
            }
          }
        };
    PrintWriter out = new PrintWriter(pipe, true, StandardCharsets.UTF_8);
    SqlRows.printJson(SqlSession.of(context).range(1L << 40).toDF(), out);
    assertThat(writes.get()).isLessThan(10);
  }
}
