package io.goldennonce.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the warehouse that a search is being run, by whom, and that they are alive, so that
 * nobody does the same work twice by mistake. It is a courtesy and no lock: ledgers are kept a file
 * a run, and two runs of a search could not harm each other.
 */
final class SearchLease {
  private static final Logger LOG = LoggerFactory.getLogger(SearchLease.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writing the few bytes takes milliseconds. */
  private static final int READS = 5;

  private static final long READ_AGAIN_MILLIS = 100;

  /** Each means that a holder has ended in just that moment. */
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final FileSystem fileSystem;
  private final Publisher publisher;
  private final String runId;

  private SearchLease(Path path, FileSystem fileSystem, String runId) {
    this.path = path;
    this.fileSystem = fileSystem;
    this.publisher = new Publisher(fileSystem);
    this.runId = runId;
  }

  /**
   * Takes it.
   *
   * @param timeToLive a holder that did not renew it for so long is taken for dead
   * @throws SearchTakenException if someone else holds it
   */
  static SearchLease take(Path path, FileSystem fileSystem, String runId, Duration timeToLive) {
    SearchLease lease = new SearchLease(path, fileSystem, runId);
    try {
      for (int attempt = 1; !lease.tryToTake(timeToLive); attempt++) {
        if (attempt == ATTEMPTS) {
          throw new SearchTakenException("other processes take and end this search all the time");
        }
      }
      return lease;
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * @return false if its holder has released it at this moment: then all who want it begin anew, or
   *     several would believe to have it
   */
  private boolean tryToTake(Duration timeToLive) throws IOException {
    try {
      publisher.createNew(path, content());
    } catch (FileAlreadyExistsException e) {
      try {
        requireDead(timeToLive);
      } catch (FileNotFoundException released) {
        return false;
      }
      overwrite();
    }
    return true;
  }

  /** Says that the holder is alive. */
  void renew() {
    try {
      overwrite();
    } catch (IOException e) {
      LOG.warn("could not renew {}: {}", path, Warehouse.oneLine(e));
    }
  }

  void release() {
    try {
      fileSystem.delete(path, false);
    } catch (IOException e) {
      LOG.warn("could not delete {}: {}", path, Warehouse.oneLine(e));
    }
  }

  private void overwrite() throws IOException {
    publisher.replace(path, content());
  }

  private byte[] content() throws IOException {
    ObjectNode holder =
        JSON.createObjectNode()
            .put("run_id", runId)
            .put("host", host())
            .put("pid", ProcessHandle.current().pid())
            .put("renewed_at", Instant.now().toString());
    return JSON.writeValueAsBytes(holder);
  }

  private void requireDead(Duration timeToLive) throws IOException {
    Optional<JsonNode> read = read(path, fileSystem);
    if (read.isEmpty()) {
      return;
    }
    JsonNode holder = read.get();
    if (holder.path("run_id").asText().equals(runId)) {
      return; // it was written, but the answer was lost on its way
    }
    Instant renewed = Instant.parse(holder.path("renewed_at").asText(Instant.EPOCH.toString()));
    Duration age = Duration.between(renewed, Instant.now());
    boolean here = holder.path("host").asText().equals(host());
    long pid = holder.path("pid").asLong();
    boolean gone = here && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    if (!gone && age.compareTo(timeToLive) < 0) {
      throw new SearchTakenException(
          "this search is being run by process "
              + pid
              + " on "
              + holder.path("host").asText()
              + ", last seen "
              + age.toSeconds()
              + " s ago; wait for it, or share the keyspace with --shard I/N");
    }
  }

  /**
   * What the lease says. One that can't be read is being written at this moment, or was when its
   * holder died; nothing where it stays so.
   *
   * @throws FileNotFoundException if it is gone
   */
  static Optional<JsonNode> read(Path path, FileSystem fileSystem) throws IOException {
    for (int i = 0; i < READS; i++) {
      try (InputStream in = fileSystem.open(path)) {
        JsonNode holder = JSON.readTree(in);
        if (holder.isObject()) {
          return Optional.of(holder);
        }
      } catch (ChecksumException | JsonProcessingException e) {
        LOG.debug("could not read {}", path, e);
      }
      pause();
    }
    return Optional.empty();
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(READ_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lease");
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
