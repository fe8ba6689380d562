package io.goldennonce.table.parquet;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Decompresses pages up to a size, and says of a footer whether it can be true. Parquet takes
 * memory for as much as a page's header says, before it has seen the page.
 */
final class BoundedCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory codecs;
  private final long limit;

  /**
   * @param limit the most bytes that a page may have
   */
  BoundedCodecs(CompressionCodecFactory codecs, long limit) {
    this.codecs = codecs;
    this.limit = limit;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codecs.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
    return new BytesInputDecompressor() {
      @Override
      public BytesInput decompress(BytesInput bytes, int size) throws IOException {
        requireFits(size);
        return decompressor.decompress(bytes, size);
      }

      @Override
      public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
          throws IOException {
        requireFits(size);
        decompressor.decompress(input, compressed, output, size);
      }

      @Override
      public void release() {
        decompressor.release();
      }
    };
  }

  private void requireFits(int size) throws IOException {
    if (size < 0 || size > limit) {
      throw new TooLargeException("a page", limit, Integer.toUnsignedLong(size));
    }
  }

  @Override
  public void release() {
    codecs.release();
  }

  /**
   * Refuses a file whose footer says more than can be true, or that its columns are too large.
   *
   * @param length of the file
   * @param limit the most bytes that all its columns have without compression
   */
  static void requireWithin(ParquetMetadata footer, long length, long limit) throws IOException {
    BigInteger stored = BigInteger.ZERO;
    BigInteger decompressed = BigInteger.ZERO;
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        if (column.getTotalSize() < 0 || column.getTotalUncompressedSize() < 0) {
          throw new IOException("its footer names a size below zero");
        }
        stored = stored.add(BigInteger.valueOf(column.getTotalSize()));
        decompressed = decompressed.add(BigInteger.valueOf(column.getTotalUncompressedSize()));
      }
    }
    if (stored.compareTo(BigInteger.valueOf(length)) > 0) {
      throw new IOException(
          "its footer names columns of " + stored + " bytes in a file of " + length);
    }
    if (decompressed.compareTo(BigInteger.valueOf(limit)) > 0) {
      throw new TooLargeException(
          "the columns of a Parquet file must have at most "
              + limit
              + " bytes without compression, got "
              + decompressed);
    }
  }
}
