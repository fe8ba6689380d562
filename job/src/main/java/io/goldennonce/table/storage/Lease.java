package io.goldennonce.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to do something alone, for as long as it is renewed. All time is the storage's.
 *
 * <p>To take a lease, a process lists the claims; if a live one is there, the lease is held. Else
 * it writes a claim of its own, under a name that nobody else uses, and lists again. If it sees no
 * other live claim it has the lease; else it deletes its claim and starts over after a random time.
 * A holder that renews too late gives up, so that a claim that was once dead stays dead: it can be
 * deleted by anyone, and a holder deletes no claim but its own. docs/storage.md, Leases, proves
 * that there is one winner, and says why a token is no fence: what holders write must not depend on
 * who holds, so each publishes under names of its own.
 *
 * <p>On a local disk the operating system tells at once that a holder has died ({@link
 * Storage#isAbandoned}). That can only shorten the time to live.
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final int ATTEMPTS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  /** How often to look again whether a claim with a higher token is withdrawn. */
  private static final int LOOKS = 5;

  private final Storage storage;
  private final String directory;
  private final String lease;
  private final byte[] holder;
  private final Duration timeToLive;
  private final String owner;

  private long token;
  private String path = "";
  private Instant renewed = Instant.EPOCH;
  private @Nullable Closeable lock;

  private Lease(
      Storage storage, String directory, String lease, byte[] holder, Duration timeToLive) {
    this.storage = storage;
    this.directory = directory;
    this.lease = lease;
    this.holder = holder;
    this.timeToLive = timeToLive;
    this.owner = storage.hooks().ids().get();
  }

  /**
   * Takes a lease.
   *
   * @param directory where the claims of any number of leases are
   * @param lease its name: letters, digits, {@code -} and {@code _}
   * @param holder what others are told about the holder
   * @param timeToLive a holder that does not renew it for this time loses it; seconds at least
   * @throws LeaseHeldException if someone else holds it, or claims it at this moment
   */
  public static Lease take(
      Storage storage, String directory, String lease, byte[] holder, Duration timeToLive)
      throws IOException, LeaseHeldException {
    Lease taken = new Lease(storage, directory, lease, holder.clone(), timeToLive);
    try {
      for (int attempt = 1; !taken.tryToTake(attempt == ATTEMPTS); attempt++) {
        taken.pause();
      }
    } catch (IOException | LeaseHeldException | RuntimeException e) {
      taken.close();
      throw e;
    }
    return taken;
  }

  /**
   * The live claims of all leases in a directory.
   *
   * @return holders, and processes that try to become one at this moment
   */
  public static List<Held> held(Storage storage, String directory) throws IOException {
    List<Held> held = new ArrayList<>();
    List<StoredFile> files = storage.list(directory);
    if (files.isEmpty()) {
      return held;
    }
    Instant now = storage.now(directory);
    for (Claim claim : claims(files)) {
      if (isLive(storage, claim, now)) {
        held.add(held(storage, claim, now));
      }
    }
    return held;
  }

  /**
   * A lease that someone holds.
   *
   * @param lease its name
   * @param holder what the holder wrote about itself; empty if that can't be read
   * @param age how long ago it was renewed
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that nobody compares
  public record Held(String lease, byte[] holder, Duration age) {}

  /** The token of its claim. */
  long token() {
    return token;
  }

  /**
   * Says that the holder is alive. To be called several times within the time to live.
   *
   * @throws LeaseLostException if that comes too late: nothing may be done any more in its name
   * @throws IOException if it is not known whether it was renewed: the time to live runs on
   */
  public void renew() throws IOException, LeaseLostException {
    storage.put(path, holder);
    for (int look = 1; ; look++) {
      List<Claim> claims = claims();
      Instant before = renewed;
      Instant now = own(claims);
      if (now == null) {
        throw lost("its claim was deleted");
      }
      Duration gap = Duration.between(before, now);
      if (has(Safeguard.RENEWAL_IN_TIME) && gap.compareTo(timeToLive) >= 0) {
        throw lost("it was not renewed for " + gap.toSeconds() + " s");
      }
      // Who claimed it at the same moment as this holder withdraws within milliseconds.
      boolean superseded =
          claims.stream()
              .anyMatch(claim -> claim.token() > token && claim.file().modified().isAfter(before));
      if (!superseded || !has(Safeguard.HIGHEST_TOKEN)) {
        renewed = now;
        return;
      }
      if (look == LOOKS) {
        throw lost("another process has taken it");
      }
      pause();
    }
  }

  /** Releases the lease, without an error: what can't be deleted expires. */
  @Override
  public void close() {
    Closeable held = lock;
    lock = null;
    try {
      if (held != null) {
        held.close();
      }
      if (!path.isEmpty()) {
        storage.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("could not release the lease {}: {}", lease, e.getMessage());
    }
  }

  /**
   * @return false if someone else claims it at the same moment
   */
  private boolean tryToTake(boolean last) throws IOException, LeaseHeldException {
    Instant now = storage.now(directory);
    List<Claim> claims = claims();
    requireFree(claims, now);
    long highest = claims.stream().mapToLong(Claim::token).max().orElse(0);
    token = Math.max(highest + 1, now.toEpochMilli());
    path = directory + "/" + Claim.name(lease, token, timeToLive, owner);
    if (lock == null) {
      lock = storage.lock(lockPath(directory, owner));
    }
    storage.put(path, holder);
    claims = claims();
    Instant written = own(claims);
    if (written != null) {
      renewed = written;
      // The claim's own time is one before the listing, as the proof needs it.
      if (others(claims, written).isEmpty() || !has(Safeguard.LIST_AFTER_CLAIM)) {
        return true;
      }
    }
    storage.delete(path);
    if (last) {
      requireFree(claims, renewed);
    }
    return false;
  }

  private void requireFree(List<Claim> claims, Instant now) throws IOException, LeaseHeldException {
    Optional<Claim> other =
        others(claims, now).stream().max(Comparator.comparingLong(Claim::token));
    if (other.isPresent()) {
      throw new LeaseHeldException(held(storage, other.get(), now));
    }
  }

  private List<Claim> others(List<Claim> claims, Instant now) throws IOException {
    List<Claim> others = new ArrayList<>();
    for (Claim claim : claims) {
      if (!claim.owner().equals(owner) && isLive(storage, claim, now)) {
        others.add(claim);
      }
    }
    return others;
  }

  private static boolean isLive(Storage storage, Claim claim, Instant now) throws IOException {
    String directory = Retired.parent(claim.file().path());
    return claim.isLive(now) && !storage.isAbandoned(lockPath(directory, claim.owner()));
  }

  private static List<Claim> claims(List<StoredFile> files) {
    return files.stream().flatMap(file -> Claim.of(file).stream()).toList();
  }

  private List<Claim> claims() throws IOException {
    return claims(storage.list(directory)).stream()
        .filter(claim -> claim.lease().equals(lease))
        .toList();
  }

  private @Nullable Instant own(List<Claim> claims) {
    return claims.stream()
        .filter(claim -> claim.owner().equals(owner))
        .map(claim -> claim.file().modified())
        .findFirst()
        .orElse(null);
  }

  private static Held held(Storage storage, Claim claim, Instant now) {
    byte[] holder;
    try {
      holder = storage.read(claim.file().path());
    } catch (IOException e) {
      holder = new byte[0]; // it has ended meanwhile
    }
    return new Held(claim.lease(), holder, claim.age(now));
  }

  private LeaseLostException lost(String reason) {
    close();
    return new LeaseLostException(lease, reason);
  }

  private boolean has(Safeguard safeguard) {
    return storage.hooks().has(safeguard);
  }

  private static String lockPath(String directory, String owner) {
    return directory + "/_lock-" + owner;
  }

  private void pause() throws InterruptedIOException {
    storage.hooks().pause().accept(LONGEST_PAUSE_MILLIS);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while waiting for the lease " + lease);
    }
  }
}
