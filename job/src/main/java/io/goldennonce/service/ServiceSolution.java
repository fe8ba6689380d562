package io.goldennonce.service;

import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A solution found for a service.
 *
 * @param service the service's URL
 * @param workId the service's id of the work
 * @param nonce as in the message
 * @param timestamp as in the message
 * @param reason why it was refused; null if the service gave no reason
 */
public record ServiceSolution(
    String service,
    String workId,
    String previousHash,
    long nonce,
    long timestamp,
    Hash256 hash,
    String searchId,
    Instant foundAt,
    Verdict verdict,
    @Nullable String reason) {

  /** A service's verdict on a solution. */
  public enum Verdict {
    /** No verdict yet. */
    PENDING,
    ACCEPTED,
    /** Not a solution, or too late. */
    WRONG,
    /** The submission lacks a field. */
    INCOMPLETE,
    /** The service was asked for a day and gave no verdict. */
    ABANDONED;

    /** Its name in tables and messages. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict of a service's answer; empty if the answer is none. */
    static Optional<Verdict> answered(String label) {
      return Stream.of(ACCEPTED, WRONG, INCOMPLETE)
          .filter(verdict -> verdict.label().equals(label))
          .findFirst();
    }
  }

  ServiceSolution judged(Verdict newVerdict, @Nullable String newReason) {
    return new ServiceSolution(
        service,
        workId,
        previousHash,
        nonce,
        timestamp,
        hash,
        searchId,
        foundAt,
        newVerdict,
        newReason);
  }
}
