package io.goldennonce.kernel;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The JDK's own SHA-256, which uses the processor's SHA instructions where there are any. It can
 * scan every template, and runs at its full rate from the first nonce on.
 */
final class MessageDigestKernel implements NonceKernel {
  @Override
  public String name() {
    return "message-digest";
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return true;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new Scanner(template);
  }

  private static final class Scanner implements NonceScanner {
    /** Nonces between two polls of the stop signal: about 0.1 ms. */
    private static final int POLL = 1024;

    private final NonceTemplate template;
    private final byte[] message;
    private final int prefixLength;
    private final boolean twice;
    private final boolean reversed;
    private final byte[] digest = new byte[32];
    private final MessageDigest sha256;

    Scanner(NonceTemplate template) {
      this.template = template;
      this.message = template.message(0);
      this.prefixLength = template.prefix().length;
      this.twice = template.function() == HashFunction.SHA256D;
      this.reversed = template.order() == HashOrder.LAST_BYTE_HIGH;
      try {
        this.sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    @Override
    public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
      for (long nonce = from; nonce < to; nonce++) {
        if ((nonce - from) % POLL == 0 && stop.getAsBoolean()) {
          return new ScanResult(nonce, false);
        }
        hash(nonce);
        if (isAtMost(bound)) {
          return new ScanResult(nonce + 1, true);
        }
      }
      return new ScanResult(to, false);
    }

    private void hash(long nonce) {
      try {
        if (template.encoding() == NonceEncoding.DECIMAL) {
          sha256.update(template.message(nonce));
        } else {
          put(nonce);
          sha256.update(message);
        }
        sha256.digest(digest, 0, 32);
        if (twice) {
          sha256.update(digest);
          sha256.digest(digest, 0, 32);
        }
      } catch (DigestException e) {
        throw new IllegalStateException("32 bytes hold a SHA-256", e);
      }
    }

    private void put(long nonce) {
      int width = template.encoding().width();
      boolean littleEndian =
          template.encoding() == NonceEncoding.U32_LE
              || template.encoding() == NonceEncoding.U64_LE;
      for (int i = 0; i < width; i++) {
        int shift = 8 * (littleEndian ? i : width - 1 - i);
        message[prefixLength + i] = (byte) (nonce >>> shift);
      }
    }

    private boolean isAtMost(byte[] bound) {
      if (!reversed) {
        return Arrays.compareUnsigned(digest, bound) <= 0;
      }
      for (int i = 0; i < 32; i++) {
        int difference = (digest[31 - i] & 0xff) - (bound[i] & 0xff);
        if (difference != 0) {
          return difference < 0;
        }
      }
      return true;
    }
  }
}
