package io.goldennonce.node;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a thread of its own whether the node's tip has moved while a template is being searched:
 * by long polling, or by asking again and again where the node can't be waited for.
 */
final class TemplateWatch implements AutoCloseable {
  /** Most of a test network's blocks are found sooner, and a node asked for less answers faster. */
  private static final long SETTLE_MILLIS = 100;

  private final NodeClient node;
  private final Duration templateAge;
  private final Duration pollInterval;
  private final Thread thread = new Thread(this::watch, "template-watch");

  // Guarded by this, but for reading.
  private volatile @Nullable Watched watched;
  private volatile @Nullable Template newer;

  /** The template being searched, and where. */
  private record Watched(Network network, Template template) {}

  /** Stops once the template's tip has moved, or the template is old. */
  final class Watching implements StopSignal {
    private final Watched mine;

    private Watching(Watched mine) {
      this.mine = mine;
    }

    @Override
    public Optional<StopReason> reason() {
      return (watched == mine && newer != null) || mine.template().isOlderThan(templateAge)
          ? Optional.of(StopReason.OUTDATED)
          : Optional.empty();
    }

    /** Whether there is a template for another tip. */
    boolean hasMoved() {
      Template next = newer;
      return watched == mine && next != null && !next.previous().equals(mine.template().previous());
    }
  }

  /**
   * @param templateAge when a template is to be replaced even where the tip stays
   * @param pollInterval how often to ask a node that can't be waited for, and one that is away
   */
  TemplateWatch(NodeClient node, Duration templateAge, Duration pollInterval) {
    this.node = node;
    this.templateAge = templateAge;
    this.pollInterval = pollInterval;
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins to watch a template's tip, and no other's. */
  synchronized Watching begin(Network network, Template template) {
    newer = null;
    Watched now = new Watched(network, template);
    watched = now;
    notifyAll();
    return new Watching(now);
  }

  /** Ends watching, and gives what has come in place of the template, if anything has. */
  synchronized Optional<Template> end() {
    Optional<Template> next = Optional.ofNullable(newer);
    watched = null;
    newer = null;
    return next;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        Watched now = await();
        try {
          look(now);
        } catch (NodeAwayException | RuntimeException e) {
          // Whoever asks for the next template meets the same and can tell the user.
          pause();
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void look(Watched now) throws NodeAwayException, InterruptedException {
    String longPollId = now.template().longPollId();
    if (longPollId == null) {
      pause();
      if (watched == now && !node.tip().equals(now.template().previous())) {
        offer(now, node.template(now.network(), StopSignal.never()));
      }
      return;
    }
    if (!offer(now, node.templateAfter(now.network(), longPollId))) {
      // Only more fees, or a node that does not wait: not worth a new search yet.
      pause();
    }
  }

  /** Puts a template in the place of the watched one, if it is for another tip, or much newer. */
  private synchronized boolean offer(Watched before, Template template) {
    if (watched != before) {
      return true; // news of a template that nobody searches any more
    }
    if (template.previous().equals(before.template().previous())
        && !before.template().isOlderThan(templateAge)) {
      return false;
    }
    newer = template;
    return true;
  }

  /** Waits until one template has been watched for a moment. */
  private Watched await() throws InterruptedException {
    while (true) {
      Watched now = awaitWatched();
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      if (watched == now && newer == null) {
        return now;
      }
    }
  }

  private synchronized Watched awaitWatched() throws InterruptedException {
    while (true) {
      Watched now = watched;
      if (now != null && newer == null) {
        return now;
      }
      wait();
    }
  }

  private void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(pollInterval.toNanos());
  }
}
