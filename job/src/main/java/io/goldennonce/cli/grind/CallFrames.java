package io.goldennonce.cli.grind;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call and a grind server say to each other: a list of texts one way, and pieces of the two
 * standard streams and the exit code back. JDK only, as a call must start fast.
 */
final class CallFrames {
  static final byte OUT = 'o';
  static final byte ERR = 'e';

  /** With four bytes, most significant first; the last frame. */
  static final byte CODE = 'c';

  private static final int MAX_TEXTS = 1000;
  private static final int MAX_BYTES = 1 << 20;

  private CallFrames() {}

  static void writeTexts(SocketChannel channel, List<String> texts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(texts.size());
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
    writeAll(channel, ByteBuffer.wrap(bytes.toByteArray()));
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    int count = bounded(in.readInt(), MAX_TEXTS);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(readBytes(in), StandardCharsets.UTF_8));
    }
    return texts;
  }

  static void write(SocketChannel channel, byte kind, byte[] bytes, int from, int length)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(5 + length).put(kind).putInt(length);
    frame.put(bytes, from, length).flip();
    writeAll(channel, frame);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[bounded(in.readInt(), MAX_BYTES)];
    in.readFully(bytes);
    return bytes;
  }

  /** A stream that sends what is written to it. */
  static OutputStream stream(SocketChannel channel, byte kind) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        synchronized (channel) {
          CallFrames.write(channel, kind, bytes, from, length);
        }
      }
    };
  }

  private static int bounded(int length, int most) throws IOException {
    if (length < 0 || length > most) {
      throw new IOException("a length must be from 0 to " + most + ", got " + length);
    }
    return length;
  }

  private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
