package io.goldennonce.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a warehouse says of a search that is being run.
 *
 * @param searchId the search's fingerprint
 * @param host where its driver runs
 * @param pid the driver's process
 * @param seenAt when it last said that it is alive
 */
public record RunningSearch(String searchId, String host, long pid, Instant seenAt) {
  /** From a lease's file, whose name begins with the search's id. */
  static Optional<RunningSearch> of(String fileName, JsonNode lease) {
    try {
      return Optional.of(
          new RunningSearch(
              fileName.split("-")[0],
              lease.path("host").asText(),
              lease.path("pid").asLong(),
              Instant.parse(lease.path("renewed_at").asText())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
