package io.goldennonce.service;

import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found for a service.
 *
 * @param service where it goes
 * @param workId the service's name for the work
 * @param previousHash that of the work
 * @param nonce as the message has it
 * @param timestamp as the message has it
 * @param hash the message's hash
 * @param searchId the search that found it
 * @param foundAt when
 * @param verdict what the service made of it
 * @param reason why it was refused, if the service said so
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

  /** What a service makes of a solution. */
  public enum Verdict {
    /** It does not know of it yet. */
    PENDING,
    ACCEPTED,
    /** It is no solution, or none that is wanted any more. */
    WRONG,
    /** Something is missing in what was handed in. */
    INCOMPLETE,
    /** The service has not judged it for a day, though it was asked. */
    ABANDONED;

    /** How it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict that a service gives by this label; empty if it gives none such. */
    static Optional<Verdict> answered(String label) {
      return Stream.of(ACCEPTED, WRONG, INCOMPLETE)
          .filter(verdict -> verdict.label().equals(label))
          .findFirst();
    }
  }

  /** The same with a verdict. */
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
