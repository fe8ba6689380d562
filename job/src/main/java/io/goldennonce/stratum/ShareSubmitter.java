package io.goldennonce.stratum;

import io.goldennonce.search.StopSignal;
import io.goldennonce.stratum.Share.Verdict;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.Submitter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Submits shares on the current connection. */
final class ShareSubmitter implements Submitter<Share> {
  /** By then a share of another running process has its verdict. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private final Supplier<@Nullable StratumSession> session;
  private final FindStore<Share> store;
  private final Consumer<Share> judged;

  /** Shares that were sent and not answered. */
  private final Set<Share> unanswered = new HashSet<>();

  /**
   * @param session the current session; null if there is none
   * @param judged receives each share with its verdict
   */
  ShareSubmitter(
      Supplier<@Nullable StratumSession> session, FindStore<Share> store, Consumer<Share> judged) {
    this.session = session;
    this.store = store;
    this.judged = judged;
  }

  /** The share marked as stale, if it is; a block is sent while its connection is open. */
  Optional<Share> stale(Share found) {
    StratumSession now = session.get();
    Optional<String> why =
        now == null
            ? Optional.of("the connection that it was found for has ended")
            : now.staleness(found);
    return why.map(reason -> found.judged(Verdict.STALE, reason));
  }

  @Override
  public Share submit(Share found, StopSignal stop) throws AwayException, InterruptedException {
    StratumSession now = session.get();
    Optional<Share> stale = stale(found);
    boolean isSecondTry = unanswered.contains(found);
    if (stale.isPresent() && (now == null || !found.isBlock() || !now.isOf(found))) {
      unanswered.remove(found);
      return isSecondTry
          ? found.judged(Verdict.STALE, "it was sent, but the connection ended before an answer")
          : stale.get();
    }
    unanswered.add(found);
    try {
      Objects.requireNonNull(now).submit(found);
      unanswered.remove(found);
      return found.judged(Verdict.ACCEPTED, null);
    } catch (StratumError e) {
      unanswered.remove(found);
      if (e.code() == StratumError.DUPLICATE_SHARE && isSecondTry) {
        return found.judged(Verdict.ACCEPTED, null); // the first try's answer was lost
      }
      String said = String.valueOf(e.getMessage());
      return found.judged(isStale(e, said) ? Verdict.STALE : Verdict.REJECTED, said);
    }
  }

  /** Pools without the usual codes say it in words. */
  private static boolean isStale(StratumError error, String said) {
    return error.code() == StratumError.JOB_NOT_FOUND
        || said.toLowerCase(Locale.ROOT).contains("stale")
        || said.toLowerCase(Locale.ROOT).contains("job not found");
  }

  @Override
  public void save(Share found) {
    try {
      store.save(found);
    } finally {
      if (found.verdict() != Verdict.PENDING) {
        judged.accept(found);
      }
    }
  }

  @Override
  public List<Share> pending() {
    Instant before = Instant.now().minus(LEFT_BEHIND);
    return store.pending().stream().filter(share -> share.foundAt().isBefore(before)).toList();
  }

  @Override
  public Share abandoned(Share found, String reason) {
    return found.judged(Verdict.STALE, reason);
  }

  @Override
  public Finding describe(Share found) {
    return new Finding(
        (found.isBlock() ? "block " : "share ") + found.header().hash(),
        found.foundAt(),
        switch (found.verdict()) {
          case PENDING -> Status.PENDING;
          case ACCEPTED -> Status.ACCEPTED;
          case REJECTED -> Status.REFUSED;
          case STALE -> Status.STALE;
        },
        found.verdict().label(),
        found.reason());
  }
}
