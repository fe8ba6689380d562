package io.goldennonce.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.goldennonce.table.storage.Lease;
import java.io.IOException;
import java.time.Instant;

/**
 * What a warehouse says of a search that is being run.
 *
 * @param searchId the search's fingerprint
 * @param host where its driver runs
 * @param pid the driver's process
 * @param seenAt when it last said that it is alive
 */
public record RunningSearch(String searchId, String host, long pid, Instant seenAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** From a lease, whose name begins with the search's id. */
  static RunningSearch of(Lease.Held held, Instant now) {
    JsonNode json;
    try {
      json = JSON.readTree(held.holder());
    } catch (IOException e) {
      json = MissingNode.getInstance(); // it is being renewed, or has just ended
    }
    return new RunningSearch(
        held.lease().split("-")[0],
        json.path("host").asText("unknown host"),
        json.path("pid").asLong(),
        now.minus(held.age()));
  }
}
