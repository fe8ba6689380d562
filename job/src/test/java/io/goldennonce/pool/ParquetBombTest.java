package io.goldennonce.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.table.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files of a pool that stand for more than there is memory. */
class ParquetBombTest {
  private static final MessageType PAYLOADS =
      MessageTypeParser.parseMessageType("message m { required binary payload; }");

  @TempDir private Path directory = Path.of("set by JUnit");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // A dictionary has the one value once.
        "1000001; 9; a Parquet file must have at most 1000000 rows, got 1000001",
        "2300; 60000; the rows of a Parquet file must have at most 134217728 bytes, got 1342"
      })
  void look_equalRowsWithoutEnd_isRefusedOnce(int rows, int length, String reason)
      throws IOException {
    byte[] value = new byte[length];
    new Random(1).nextBytes(value);
    byte[] bomb =
        ParquetFile.write(PAYLOADS, Map.of(), Collections.nCopies(rows, new Object[] {value}));
    assertThat(bomb.length * 50L).isLessThan((long) rows * length);
    Files.write(directory.resolve("a.parquet"), bomb);
    Pool pool =
        Pool.open(
            directory.toString(),
            new Configuration(),
            new Pool.Settings(64 << 10, Duration.ofSeconds(1)));
    Pool.Look look = pool.look();
    assertThat(look.added()).isEmpty();
    assertThat(look.rejected())
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).startsWith(reason));
    assertThat(pool.look().rejected()).isEmpty();
  }
}
