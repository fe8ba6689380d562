package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.Sha256;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One of several interleaved SHA-256 computations, by the JDK's compression function, which HotSpot
 * replaces with the CPU's SHA instructions wherever it is called. Called by a method handle, it
 * accepts a midstate and needs no copies.
 */
final class ShaStream {
  static final String PACKAGE = "sun.security.provider";
  private static final int DIGEST_WORDS = 8;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int[] INITIAL = Sha256.initialState();
  private static final MethodHandle NEW;
  private static final MethodHandle STATE;
  private static final MethodHandle COMPRESS;

  static {
    try {
      Class<?> sha2 = Class.forName(PACKAGE + ".SHA2");
      Class<?> sha256 = Class.forName(PACKAGE + ".SHA2$SHA256");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(sha2, MethodHandles.lookup());
      NEW =
          MethodHandles.privateLookupIn(sha256, MethodHandles.lookup())
              .findConstructor(sha256, MethodType.methodType(void.class))
              .asType(MethodType.methodType(Object.class));
      STATE =
          lookup
              .findGetter(sha2, "state", int[].class)
              .asType(MethodType.methodType(int[].class, Object.class));
      COMPRESS =
          lookup
              .findVirtual(
                  sha2, "implCompress0", MethodType.methodType(void.class, byte[].class, int.class))
              .asType(MethodType.methodType(void.class, Object.class, byte[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object sha256;

  /** The state of the compression function. */
  private final int[] state;

  private final byte[] digestBlock = bytes(Sha256.digestBlock());
  private byte[] message = {};
  private int nonceAt;
  private int constant;

  ShaStream() {
    try {
      sha256 = (Object) NEW.invokeExact();
      state = (int[]) STATE.invokeExact(sha256);
    } catch (Throwable e) {
      throw new LinkageError("can't create the JDK's SHA-256", e);
    }
  }

  /**
   * Prepares for a run's messages.
   *
   * @param words their padded blocks
   * @param newNonceAt the offset of the four varying bytes
   */
  void prepare(int[] words, int newNonceAt) {
    assert newNonceAt >= 0 && newNonceAt + Integer.BYTES <= words.length * Integer.BYTES;
    message = bytes(words);
    nonceAt = newNonceAt;
    constant = (int) WORDS.get(message, nonceAt);
  }

  /** Writes the four varying bytes. */
  void place(int varying) {
    WORDS.set(message, nonceAt, constant | varying);
  }

  /** Starts from a midstate of 8 words. */
  void start(int[] midstate) {
    System.arraycopy(midstate, 0, state, 0, DIGEST_WORDS);
  }

  /** Compresses the block of the message at a byte offset into the state. */
  void compress(int offset) {
    compress(message, offset);
  }

  /** Makes a message of the digest, and starts from the initial state. */
  void startDigest() {
    for (int i = 0; i < DIGEST_WORDS; i++) {
      WORDS.set(digestBlock, Integer.BYTES * i, state[i]);
    }
    System.arraycopy(INITIAL, 0, state, 0, DIGEST_WORDS);
  }

  void compressDigest() {
    compress(digestBlock, 0);
  }

  /** Returns a word of the state, 0 to 7. */
  int word(int index) {
    return state[index];
  }

  private void compress(byte[] block, int offset) {
    assert offset >= 0 && offset + Sha256.BLOCK_BYTES <= block.length : offset;
    try {
      COMPRESS.invokeExact(sha256, block, offset);
    } catch (Throwable e) {
      throw new IllegalStateException("the compression function must not fail", e);
    }
  }

  private static byte[] bytes(int[] words) {
    byte[] bytes = new byte[words.length * Integer.BYTES];
    for (int i = 0; i < words.length; i++) {
      WORDS.set(bytes, Integer.BYTES * i, words[i]);
    }
    return bytes;
  }
}
