package io.goldennonce.bitcoin;

import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.Hash256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A block taken apart again, by other code than the program's.
 *
 * @param header its header
 * @param transactions all, the coinbase first
 */
public record RawBlock(BlockHeader header, List<RawTransaction> transactions) {
  /**
   * One transaction.
   *
   * @param wire as it stands in the block
   * @param stripped without its witness
   * @param inputScript the first input's script
   * @param outputs value and script of each output
   */
  public record RawTransaction(
      byte[] wire, byte[] stripped, byte[] inputScript, List<RawOutput> outputs) {
    public Hash256 id() {
      return Hash256.sha256d(stripped);
    }

    public Hash256 witnessId() {
      return Hash256.sha256d(wire);
    }

    public BlockTransaction asInTemplate() {
      return new BlockTransaction(HexFormat.of().formatHex(wire), id(), witnessId());
    }
  }

  /** An output: satoshi and script in hex. */
  public record RawOutput(long value, String script) {}

  /** One of src/test/resources/bitcoin. */
  static RawBlock resource(String name) {
    try (InputStream in = RawBlock.class.getResourceAsStream("/bitcoin/" + name + ".hex")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one; every byte must have its place. */
  public static RawBlock parse(String hex) {
    Reader reader = new Reader(HexFormat.of().parseHex(hex));
    BlockHeader header = BlockHeader.parse(reader.take(80));
    List<RawTransaction> transactions = new ArrayList<>();
    for (long left = reader.compactSize(); left > 0; left--) {
      transactions.add(reader.transaction());
    }
    if (reader.bytes.hasRemaining()) {
      throw new IllegalArgumentException("the block ends before its bytes");
    }
    return new RawBlock(header, transactions);
  }

  private static final class Reader {
    private final byte[] all;
    private final ByteBuffer bytes;

    Reader(byte[] all) {
      this.all = all;
      this.bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] take(int count) {
      byte[] taken = new byte[count];
      bytes.get(taken);
      return taken;
    }

    long compactSize() {
      int first = Byte.toUnsignedInt(bytes.get());
      return switch (first) {
        case 0xfd -> Short.toUnsignedLong(bytes.getShort());
        case 0xfe -> Integer.toUnsignedLong(bytes.getInt());
        case 0xff -> bytes.getLong();
        default -> first;
      };
    }

    byte[] sized() {
      return take((int) compactSize());
    }

    RawTransaction transaction() {
      int start = bytes.position();
      ByteArrayOutputStream stripped = new ByteArrayOutputStream();
      stripped.writeBytes(take(4));
      boolean witness = all[bytes.position()] == 0;
      if (witness) {
        take(2);
      }
      int from = bytes.position();
      byte[] firstScript = {};
      long inputs = compactSize();
      for (long i = 0; i < inputs; i++) {
        take(36);
        byte[] script = sized();
        firstScript = i == 0 ? script : firstScript;
        take(4);
      }
      List<RawOutput> outputs = new ArrayList<>();
      for (long left = compactSize(); left > 0; left--) {
        outputs.add(new RawOutput(bytes.getLong(), HexFormat.of().formatHex(sized())));
      }
      stripped.writeBytes(Arrays.copyOfRange(all, from, bytes.position()));
      for (long i = 0; witness && i < inputs; i++) {
        for (long items = compactSize(); items > 0; items--) {
          sized();
        }
      }
      stripped.writeBytes(take(4));
      return new RawTransaction(
          Arrays.copyOfRange(all, start, bytes.position()),
          stripped.toByteArray(),
          firstScript,
          outputs);
    }
  }
}
