package io.goldennonce.server;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The state of one piece of issued work. It is sealed into the work's id with a MAC: the service
 * stores nothing per request, so no number of requests can push out an honest miner's work.
 *
 * @param template number of the block template
 * @param extraNonce the miner's own extranonce
 * @param time of the header, in seconds since 1970-01-01T00:00Z
 * @param miner the miner's name, at most {@value #MAX_MINER} bytes in UTF-8
 */
record WorkId(long template, long extraNonce, long time, String miner) {
  /** Limits an id to 187 characters; the protocol allows 200. */
  static final int MAX_MINER = 100;

  private static final int FIXED_BYTES = 3 * Long.BYTES;

  /** Creates and reads ids with a random key of this process. Thread-safe. */
  static final class Sealer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** Half of the MAC, as RFC 2104 allows: 2¹²⁷ guesses for a forgery. */
    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;

    Sealer() {
      byte[] secret = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(secret);
      key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The id as text. */
    String seal(WorkId id) {
      byte[] miner = id.miner().getBytes(StandardCharsets.UTF_8);
      byte[] content =
          ByteBuffer.allocate(FIXED_BYTES + miner.length)
              .putLong(id.template())
              .putLong(id.extraNonce())
              .putLong(id.time())
              .put(miner)
              .array();
      byte[] sealed =
          ByteBuffer.allocate(MAC_BYTES + content.length).put(mac(content)).put(content).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Reads an id; empty for a text that this process has not sealed. */
    Optional<WorkId> open(String text) {
      try {
        ByteBuffer sealed = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        byte[] mac = new byte[MAC_BYTES];
        sealed.get(mac);
        byte[] content = new byte[sealed.remaining()];
        sealed.get(content);
        if (!MessageDigest.isEqual(mac, mac(content))) {
          return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        return Optional.of(
            new WorkId(
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                StandardCharsets.UTF_8.decode(fields).toString()));
      } catch (IllegalArgumentException | BufferUnderflowException e) {
        return Optional.empty();
      }
    }

    private byte[] mac(byte[] content) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + ALGORITHM, e);
      }
    }
  }
}
