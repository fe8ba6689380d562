package io.goldennonce.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.plan.Spending;
import io.goldennonce.search.SearchProgress;
import io.goldennonce.search.SearchResult;
import io.goldennonce.search.Solution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JSON file with a search's state, replaced atomically several times per second. */
public final class StatusFile implements SearchReporter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String searchId;
  private final Supplier<Optional<Spending.Spent>> spent;
  private boolean failed;

  /**
   * Creates the file.
   *
   * @param spent what the application's executors have cost, if their price is known
   * @throws IOException if it can't be written
   */
  public StatusFile(Path file, String searchId, Supplier<Optional<Spending.Spent>> spent)
      throws IOException {
    this.file = file.toAbsolutePath();
    this.searchId = searchId;
    this.spent = spent;
    write(state("starting"));
  }

  /**
   * Reads a status file.
   *
   * @throws IOException if it can't be read or is not a status file
   */
  public static JsonNode read(Path file) throws IOException {
    JsonNode state = JSON.readTree(file.toFile());
    if (!state.path("search_id").isTextual() || !state.path("state").isTextual()) {
      throw new IOException(file + " is not a status file");
    }
    return state;
  }

  @Override
  public void progress(SearchProgress progress) {
    save(StateJson.withProgress(state("running"), progress, true));
  }

  @Override
  public void ended(SearchResult result) {
    ObjectNode state =
        state(result.outcome().label())
            .put("hashes", result.work().hashes())
            .put("hashes_exact", result.work().isExact())
            .put("resumed_hashes", result.work().resumed())
            .put("resumed_seconds", result.work().resumedTime().toMillis() / 1000.0)
            .put("seconds", result.elapsed().toMillis() / 1000.0);
    if (result.found().isPresent()) {
      Solution found = result.found().get();
      state.put("nonce", found.nonce()).put("hash", found.hash().toDisplay());
    }
    save(state);
  }

  private ObjectNode state(String name) {
    ObjectNode state =
        JSON.createObjectNode()
            .put("search_id", searchId)
            .put("state", name)
            .put("updated_at", Instant.now().toString());
    return spent.get().map(known -> StateJson.withSpent(state, known)).orElse(state);
  }

  /** Writes the state; logs the first failure, which does not end the search. */
  private void save(ObjectNode state) {
    try {
      write(state);
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("could not write the status file {}: {}", file, e.toString());
      }
      failed = true;
    }
  }

  /** Without a sync, which could hold up the search: nobody needs the file after a power cut. */
  private void write(ObjectNode state) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, state + System.lineSeparator());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
