package io.goldennonce.node;

import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.SubmissionStore;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Bitcoin node as a source of work: always the block after its tip. While the node is away, next
 * work is waited for.
 */
public final class BitcoinNode implements WorkSource {
  /**
   * How to work with a node.
   *
   * @param payout whom the blocks' rewards go to
   * @param mode which solution to end with
   * @param count how many blocks the node shall take, 1 or more
   * @param timeout how long to wait for an answer
   * @param templateAge when a template is replaced by one with new time and transactions
   * @param pollInterval how often to look for a new tip where the node can't be waited for
   * @param longestPause between two tries to reach a node that is away
   */
  public record Settings(
      Payout payout,
      ResultMode mode,
      long count,
      Duration timeout,
      Duration templateAge,
      Duration pollInterval,
      Duration longestPause) {}

  private final Settings settings;
  private final NodeClient node;
  private final Counter counter;
  private final TemplateWatch watch;
  private final Consumer<String> tell;
  private final BackOff away;
  private final BackOff refused;
  private @Nullable Network network;
  private long offered;

  /**
   * @param store keeps what is found until the node has judged it
   * @param tell takes a line for the user
   */
  public BitcoinNode(
      NodeUrl url,
      Credentials credentials,
      Settings settings,
      SubmissionStore store,
      Consumer<String> tell) {
    this.settings = settings;
    this.node = new NodeClient(new JsonRpc(url, credentials), settings.timeout());
    this.counter = new Counter(node, store, tell);
    this.watch = new TemplateWatch(node, settings.templateAge(), settings.pollInterval());
    this.tell = tell;
    this.away = new BackOff(settings.longestPause());
    this.refused = new BackOff(settings.longestPause());
  }

  /**
   * {@inheritDoc}
   *
   * @throws NodeException if waiting for the node is of no use
   */
  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    @Nullable Template newer = watch.end().orElse(null);
    if (counter.offered() != offered) {
      newer = null; // what came before a block of ours may build on another tip
      offered = counter.offered();
    }
    while (stop.reason().isEmpty()) {
      try {
        Network known = network == null ? learnNetwork(stop) : network;
        counter.offerPending(known);
        if (counter.taken() >= settings.count()) {
          return Optional.empty();
        }
        pauseIfRefused(stop);
        if (stop.reason().isPresent()) {
          return Optional.empty();
        }
        Template template = newer == null ? node.template(known, stop) : newer;
        away.reset();
        return Optional.of(work(known, template));
      } catch (NodeAwayException e) {
        newer = null;
        if (stop.reason().isEmpty()) {
          tell.accept(
              e.getMessage() + "; trying again in " + away.next().toMillis() / 1000.0 + " s");
          // It may be another node that comes back.
          network = null;
          away.pause(stop);
        }
      }
    }
    return Optional.empty();
  }

  private Network learnNetwork(StopSignal stop) throws NodeAwayException, InterruptedException {
    Network learned = node.network(stop);
    try {
      settings.payout().requireOn(learned);
    } catch (IllegalArgumentException e) {
      throw NodeException.usage("--payout: " + e.getMessage());
    }
    network = learned;
    return learned;
  }

  /** A node that refuses one block after the other need not be asked as fast as it can answer. */
  private void pauseIfRefused(StopSignal stop) throws InterruptedException {
    if (counter.refusedInARow() > 1) {
      refused.pause(stop);
    } else {
      refused.reset();
    }
  }

  private Work work(Network known, Template template) {
    return new NodeBlock(
        known, template, settings.payout(), settings.mode(), watch.begin(known, template), counter);
  }

  @Override
  public void close() {
    watch.close();
  }
}
