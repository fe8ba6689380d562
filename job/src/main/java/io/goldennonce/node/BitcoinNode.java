package io.goldennonce.node;

import io.goldennonce.bitcoin.BlockPlan;
import io.goldennonce.bitcoin.MinDifficultyRule;
import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Payout;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.Work;
import io.goldennonce.work.WorkSource;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.NewsWatch;
import io.goldennonce.work.remote.Outbox;
import io.goldennonce.work.remote.RemoteSource;
import io.goldennonce.work.remote.ServerUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Bitcoin node as a source of work: always the block after its tip. While the node can't be
 * reached, {@link #next} waits.
 */
public final class BitcoinNode implements WorkSource {
  /**
   * How to work with a node; the settings of nodes in {@code reference.conf} explain those from the
   * timeout on.
   *
   * @param payout who receives the blocks' rewards
   * @param mode which solution to end with
   * @param count number of accepted blocks to end with, 1 or more
   * @param versionBits 0 to {@link NonceTemplate#MOST_VERSION_BITS}
   * @param minDifficulty whether to use {@link MinDifficultyRule}
   */
  public record Settings(
      Payout payout,
      ResultMode mode,
      long count,
      Duration timeout,
      Duration templateAge,
      Duration pollInterval,
      Duration longestPause,
      int versionBits,
      boolean minDifficulty) {}

  private final Settings settings;
  private final NodeClient node;
  private final BlockSubmitter submitter;
  private final Outbox<Submission> outbox;
  private final NewsWatch<Template> watch;
  private final RemoteSource loop;
  private final RemoteSource.Server asked = new Asked();
  private final Consumer<String> report;
  private @Nullable Template newer;
  private @Nullable Hash256 toldOf;
  private volatile @Nullable Network network;
  private long found;

  /**
   * @param store stores blocks until the node has judged them
   * @param report receives lines for the user
   */
  public BitcoinNode(
      ServerUrl url,
      Credentials credentials,
      Settings settings,
      FindStore<Submission> store,
      Consumer<String> report) {
    this.settings = settings;
    this.report = report;
    this.node = new NodeClient(new JsonRpc(url, credentials), settings.timeout());
    this.submitter = new BlockSubmitter(node, store);
    this.outbox = new Outbox<>(submitter, report, Clock.systemUTC());
    this.watch = new NewsWatch<>("template-watch", settings.pollInterval(), this::after);
    this.loop = new RemoteSource(outbox, settings.count(), settings.longestPause(), report);
    if (url.isReadByOthers() && credentials.isPresent()) {
      report.accept(
          "warning: the credentials cross the network to %s in the clear; use https, or a tunnel"
              .formatted(url));
    }
  }

  /**
   * Reads a node's URL.
   *
   * @throws IllegalArgumentException if it is not http://HOST:PORT; the message does not repeat a
   *     URL that may hold a password
   */
  public static ServerUrl url(String text) {
    String form = "http://HOST:PORT";
    ServerUrl url =
        ServerUrl.parse(
            text,
            "a node's URL",
            form,
            "give them by --cookie, a file with node.user and node.password, or the environment");
    if (url.port().isEmpty()) {
      throw new IllegalArgumentException("a node's URL must be " + form + ", got " + text);
    }
    return url;
  }

  /**
   * {@inheritDoc}
   *
   * @throws NodeException if waiting for the node won't help
   */
  @Override
  public Optional<Work> next(StopSignal stop) throws InterruptedException {
    newer = watch.end().orElse(null);
    if (outbox.found() != found) {
      newer = null; // received before our own block, it may build on an older tip
      found = outbox.found();
    }
    return loop.next(asked, stop);
  }

  @Override
  public void close() {
    watch.close();
  }

  /** A template to replace the current one: one for another tip, or a much newer one. */
  private Optional<Template> after(Template current) throws AwayException, InterruptedException {
    Network known = network;
    if (known == null) {
      return Optional.empty();
    }
    String longPollId = current.longPollId();
    Template next;
    if (longPollId != null) {
      next = node.templateAfter(known, longPollId);
    } else if (node.tip().equals(current.previous())) {
      return Optional.empty();
    } else {
      next = node.template(known, StopSignal.never());
    }
    // Only higher fees, or a node without long polling: not worth a new search yet.
    return next.previous().equals(current.previous())
            && !current.isOlderThan(settings.templateAge())
        ? Optional.empty()
        : Optional.of(next);
  }

  /** The template with the lowest difficulty, where the network's rules allow it. */
  private Template eased(Template template, StopSignal stop)
      throws AwayException, InterruptedException {
    Hash256 parent = template.previous();
    long parentTime = node.time(parent, stop);
    // A node moves its template's time ahead of its clock after blocks that are ahead.
    long clock = Math.min(Instant.now().getEpochSecond(), template.plan().header().time());
    Optional<BlockPlan> easier = MinDifficultyRule.applied(template.plan(), parentTime, clock);
    if (easier.isEmpty() && !parent.equals(toldOf)) {
      toldOf = parent;
      report.accept(
          "block %d can't have the lowest difficulty now: it starts a period, or its parent's time"
                  .formatted(template.plan().height())
              + " is more than 100 minutes ahead of the clock; mining at the node's difficulty");
    }
    return easier.map(template::withPlan).orElse(template);
  }

  /** Connects to the node and gets templates for the loop. */
  private final class Asked implements RemoteSource.Server {
    @Override
    public void connect(StopSignal stop) throws AwayException, InterruptedException {
      if (network != null) {
        return;
      }
      Network learned = node.network(stop);
      try {
        settings.payout().requireOn(learned);
      } catch (IllegalArgumentException e) {
        throw NodeException.usage("--payout: " + e.getMessage());
      }
      if (settings.minDifficulty() && !MinDifficultyRule.isOn(learned)) {
        throw NodeException.usage(
            "--min-difficulty is a rule of test and testnet4, got a node of " + learned.chain());
      }
      network = learned;
      submitter.isFor(learned);
    }

    @Override
    public Work work(StopSignal stop) throws AwayException, InterruptedException {
      Network known = Objects.requireNonNull(network, "not connected");
      Template given = newer == null ? node.template(known, stop) : newer;
      newer = null;
      Template template = settings.minDifficulty() ? eased(given, stop) : given;
      try {
        return new NodeBlock(
            known,
            template,
            settings.payout(),
            settings.mode(),
            watch.begin(template),
            settings.templateAge(),
            settings.versionBits(),
            outbox);
      } catch (IllegalArgumentException e) {
        watch.end();
        throw AwayException.answered("the node's template can't be used: " + e.getMessage());
      }
    }

    @Override
    public void lost() {
      newer = null;
      network = null;
    }
  }
}
