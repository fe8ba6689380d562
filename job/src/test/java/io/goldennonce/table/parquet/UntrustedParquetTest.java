package io.goldennonce.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.table.parquet.ParquetFile.Selection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Small files that want much memory, honest ones and ones whose footer lies. */
class UntrustedParquetTest {
  private static final MessageType TEXTS =
      MessageTypeParser.parseMessageType("message m { required binary s; }");

  private static final int LIMIT = 1 << 20;

  /** Three MiB of zeros, in some hundred bytes. */
  private static final byte[] BOMB =
      ParquetFile.write(TEXTS, Map.of(), List.<Object[]>of(new Object[] {new byte[3 * LIMIT]}));

  private static final byte[] GOOD =
      ParquetFile.write(TEXTS, Map.of(), List.<Object[]>of(new Object[] {new byte[99]}));

  @Test
  void open_goodFile_isReadAsAnyOther() throws IOException {
    try (ParquetFile file = untrusted(GOOD)) {
      assertThat(file.readAll()).hasSize(1);
    }
  }

  @Test
  void open_columnsThatGrowAboveTheLimit_isRefusedBeforeTheyAreRead() {
    assertThat(BOMB.length).isLessThan(2_000);
    assertThatThrownBy(() -> untrusted(BOMB))
        .isInstanceOf(TooLargeException.class)
        .hasMessageMatching(
            "the columns of a Parquet file must have at most 1048576 bytes without compression,"
                + " got 31457\\d\\d");
  }

  @Test
  void read_pageThatIsLargerThanTheFooterSays_isRefusedBeforeItIsDecompressed() throws IOException {
    byte[] liar = withFooter(BOMB, column -> column.setTotal_uncompressed_size(9));
    try (ParquetFile file = untrusted(liar)) {
      assertThatThrownBy(file::read)
          .hasRootCauseInstanceOf(TooLargeException.class)
          .rootCause()
          .hasMessageMatching(
              "a page of a Parquet file must have at most 1048576 bytes, got 31457\\d\\d");
    }
  }

  /** Parquet takes memory for what it is about to read. */
  @Test
  void open_columnsLongerThanTheFile_isRefused() throws IOException {
    byte[] liar = withFooter(GOOD, column -> column.setTotal_compressed_size(1L << 40));
    assertThatThrownBy(() -> untrusted(liar))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("its footer names columns of 1099511627776 bytes in a file of ");
    byte[] negative = withFooter(GOOD, column -> column.setTotal_uncompressed_size(-1));
    assertThatThrownBy(() -> untrusted(negative))
        .isInstanceOf(IOException.class)
        .hasMessage("its footer names a size below zero");
  }

  private static ParquetFile untrusted(byte[] bytes) throws IOException {
    return ParquetFile.openUntrusted(
        ParquetFile.inMemory(bytes), Selection.of(List.of("s")), LIMIT);
  }

  private static byte[] withFooter(byte[] file, Consumer<ColumnMetaData> lie) throws IOException {
    int end = file.length - 8;
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
    lie.accept(footer.getRow_groups().get(0).getColumns().get(0).getMeta_data());
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, changed);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(file, 0, end - length);
    changed.writeTo(all);
    all.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(changed.size()).array());
    all.writeBytes(Arrays.copyOfRange(file, file.length - 4, file.length));
    return all.toByteArray();
  }
}
