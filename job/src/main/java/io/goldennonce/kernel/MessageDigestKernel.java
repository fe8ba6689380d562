package io.goldennonce.kernel;

import io.goldennonce.base.Sha256Digest;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The JDK's SHA-256, which uses the CPU's SHA instructions if there are any. It runs at its full
 * rate from the first nonce on.
 */
public final class MessageDigestKernel implements NonceKernel {
  @Override
  public String name() {
    return "message-digest";
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new Scanner(template);
  }

  private static final class Scanner implements NonceScanner {
    /** Nonces between two polls of the stop signal: about 0.1 ms. */
    private static final int POLL = 1024;

    /** One per version. */
    private final MessageTail[] tails;

    private final boolean twice;
    private final boolean reversed;
    private final byte[] pattern;
    private final boolean hasPattern;
    private final byte[] digest = new byte[32];
    private final MessageDigest second;

    Scanner(NonceTemplate template) {
      this.tails = new MessageTail[template.versions()];
      Arrays.setAll(tails, version -> new MessageTail(template.version(version)));
      this.twice = template.function() == HashFunction.SHA256D;
      this.reversed = template.order() == HashOrder.LITTLE_ENDIAN;
      this.pattern = template.pattern();
      this.hasPattern = template.hasPattern();
      this.second = Sha256Digest.create();
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
        int versions = tails.length;
        tails[(int) (nonce % versions)].of(nonce / versions).digest(digest, 0, 32);
        if (twice) {
          second.update(digest);
          second.digest(digest, 0, 32);
        }
      } catch (DigestException e) {
        throw new IllegalStateException("a SHA-256 digest must fit into 32 bytes", e);
      }
    }

    private boolean isAtMost(byte[] bound) {
      if (!reversed && !hasPattern) {
        return Arrays.compareUnsigned(digest, bound) <= 0;
      }
      for (int i = 0; i < 32; i++) {
        int value = digest[reversed ? 31 - i : i] ^ pattern[i];
        int difference = (value & 0xff) - (bound[i] & 0xff);
        if (difference != 0) {
          return difference < 0;
        }
      }
      return true;
    }
  }
}
