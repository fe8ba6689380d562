package io.goldennonce.table.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses pages up to a size. Parquet takes memory for as much as a page's header says, before
 * it has seen the page.
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
}
