package io.goldennonce.stratum;

import static io.goldennonce.stratum.PoolMiner.awaitOutdated;
import static io.goldennonce.stratum.PoolMiner.end;
import static io.goldennonce.stratum.PoolMiner.mine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.pow.Target;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.Solution;
import io.goldennonce.search.StopSignal;
import io.goldennonce.stratum.Share.Verdict;
import io.goldennonce.testing.Await;
import io.goldennonce.work.Work;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to a pool, and what is made of what it says. */
class StratumPoolTest {
  /** So many of random versions that one of eight is missing in one run of a million. */
  private static final int SHARES = 120;

  /** 256 hashes a share. */
  private static final double EASY = 1.0 / (1 << 24);

  private final TestPool pool = TestPool.start().asks(EASY);

  @AfterEach
  void stop() {
    pool.close();
  }

  @Test
  void flow_fromTheFirstMessageToAShare_isWhatTheProtocolHas() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work work = miner.next();
      Solution found = mine(work, 1).get(0);
      miner.awaitJudged(1);

      Share share = miner.judged.get(0);
      assertThat(pool.received())
          .extracting(JsonNode::toString)
          .containsExactly(
              "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],"
                  + "{\"version-rolling.mask\":\"1fffe000\",\"version-rolling.min-bit-count\":3}]}"
                      .replace(
                          "{\"version-rolling.mask\":\"1fffe000\",\"version-rolling.min-bit-count\":3}",
                          pool.calls("mining.configure").get(0).path(1).toString()),
              "{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"golden-nonce/0.1\"]}",
              "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"bc1qexample.worker1\","
                  + "\"correct-horse-pool\"]}",
              "{\"id\":4,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
              "{\"id\":5,\"method\":\"mining.suggest_difficulty\",\"params\":[0.5]}",
              String.format(
                  "{\"id\":6,\"method\":\"mining.submit\",\"params\":[\"bc1qexample.worker1\","
                      + "\"1\",\"00000000\",\"%08x\",\"%08x\",\"%08x\"]}",
                  share.header().time(), found.nonce(), share.header().version() & 0x1fffe000));
      assertThat(pool.calls("mining.configure").get(0).path(1).toString())
          .contains("\"version-rolling.mask\":\"1fffe000\"")
          .contains("\"version-rolling.min-bit-count\":3");
      assertThat(share.verdict()).isEqualTo(Verdict.ACCEPTED);
      assertThat(share.header().hash()).isEqualTo(found.hash());
      assertThat(miner.store.all()).containsExactly(share);
    }
  }

  /** The pool puts each share's header together by code of its own. */
  @ParameterizedTest
  @CsvSource({
    "4, 1fffe000, 8",
    "4, 18000000, 4",
    "4, 00004000, 2",
    "4, 00000000, 1",
    "4, , 1",
    "0, 1fffe000, 8",
    "1, , 1",
    "2, 1fffe000, 8",
    "8, 1fffe000, 8",
    "12, , 1",
  })
  void shares_ofEverySizeAndMask_areTakenByThePool(int bytes, String mask, int versions)
      throws Exception {
    pool.gives(bytes).rolls(mask);
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work work = miner.next();
      assertThat(work.search().solutions()).isEqualTo(SearchSpec.ALL);
      assertThat(work.search().template().variant(0).versions()).isEqualTo(versions);
      mine(work, SHARES);
      miner.awaitJudged(SHARES);
      assertThat(pool.verdicts()).hasSize(SHARES).allMatch(TestPool.Verdict::taken);
      assertThat(miner.judged).allMatch(share -> share.verdict() == Verdict.ACCEPTED);
      assertThat(pool.calls("mining.submit"))
          .allMatch(call -> call.size() == (mask == null || mask.equals("00000000") ? 5 : 6));
    }
    // Only where nothing rolls, no sixth parameter; else the versions do differ.
    assertThat(pool.verdicts().stream().map(v -> v.header().substring(0, 8)).distinct().count())
        .isEqualTo(versions);
  }

  @Test
  void job_thatIsClean_endsTheSearchAndItsLateSharesAreNotSent() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      assertThat(first.outdated().reason()).isEmpty();
      pool.job(true);
      awaitOutdated(first);
      mine(first, 2);
      miner.awaitJudged(2);
      end(first);
      assertThat(miner.judged)
          .allMatch(share -> share.verdict() == Verdict.STALE)
          .allMatch(share -> "another job has taken the place of its own".equals(share.reason()));
      assertThat(pool.calls("mining.submit")).isEmpty();

      Work second = miner.next();
      assertThat(second.title()).isEqualTo("pool job 2");
      mine(second, 1);
      miner.awaitJudged(3);
      assertThat(miner.judged.get(2).verdict()).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void job_thatIsNotClean_letsTheSearchGoOnAndItsSharesGo() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      pool.job(false);
      mine(first, 1);
      miner.awaitJudged(1);
      assertThat(first.outdated().reason()).isEmpty();
      assertThat(miner.judged.get(0).verdict()).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void job_thatIsNotClean_isTakenWhenTheSearchIsOld() throws Exception {
    PoolMiner miner =
        new PoolMiner(
            PoolMiner.settings(PoolMiner.LONG, PoolMiner.LONG, PoolMiner.SHORT), pool.url());
    try (miner) {
      Work first = miner.next();
      Thread.sleep(2 * PoolMiner.SHORT.toMillis());
      assertThat(first.outdated().reason()).as("there is no other job").isEmpty();
      pool.job(false);
      awaitOutdated(first);
      assertThat(miner.next().title()).isEqualTo("pool job 2");
      mine(first, 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).verdict())
          .as("the pool still takes its shares")
          .isEqualTo(Verdict.ACCEPTED);
    }
  }

  /** What is clean must not be missed because another job has come after it. */
  @Test
  void job_afterACleanOne_endsTheSearchOfTheOneBeforeBoth() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      pool.job(true);
      pool.job(false);
      awaitOutdated(first);
      assertThat(miner.next().title())
          .as("the third may not have been read yet")
          .isIn("pool job 2", "pool job 3");
    }
  }

  @Test
  void difficulty_setByThePool_countsFromTheNextJobOn() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      pool.toAll("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.001]}");
      pool.asks(0.001).job(false);
      awaitOutdated(first);
      assertThat(first.search().target()).isEqualTo(Target.ofDifficulty(EASY));
      assertThat(miner.next().search().target()).isEqualTo(Target.ofDifficulty(0.001));
    }
  }

  @Test
  void extranonce_setByThePool_countsFromTheNextJobOn() throws Exception {
    AtomicReference<TestPool.Connection> connection = new AtomicReference<>();
    pool.behaves(
        (one, message) -> {
          connection.set(one);
          return false;
        });
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      Objects.requireNonNull(connection.get()).extranonce("abcdef");
      pool.job(false);
      awaitOutdated(first);
      mine(first, 1);
      Work second = miner.next();
      mine(second, 1);
      miner.awaitJudged(2);
      assertThat(miner.judged).allMatch(share -> share.verdict() == Verdict.ACCEPTED);
      assertThat(pool.verdicts())
          .extracting(TestPool.Verdict::extranonce1)
          .containsExactly("08000001", "abcdef");
    }
  }

  @Test
  void versionMask_setByThePool_countsAtOnce() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work first = miner.next();
      pool.rolls("00002000");
      pool.toAll("{\"id\":null,\"method\":\"mining.set_version_mask\",\"params\":[\"00002000\"]}");
      awaitOutdated(first);
      Work second = miner.next();
      assertThat(second.search().template().variant(0).versions()).isEqualTo(2);
      mine(second, 5);
      miner.awaitJudged(5);
      assertThat(pool.verdicts()).allMatch(TestPool.Verdict::taken);
    }
  }

  @Test
  void work_withAFixedVersion_asksForNoRollingVersion() throws Exception {
    PoolSettings fixed = new PoolSettings();
    fixed.versionBits = 0;
    try (PoolMiner miner = new PoolMiner(fixed.build(), pool.url())) {
      assertThat(miner.next().search().template().variant(0).versions()).isEqualTo(1);
      assertThat(pool.calls("mining.configure")).isEmpty();
    }
  }

  /** A job that comes again has the same headers: they are not searched again. */
  @Test
  void job_thatComesAgain_isSearchedElsewhere() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Set<Long> starts = new HashSet<>();
      for (int i = 0; i < JobSearch.PARTS; i++) {
        Work work = miner.next();
        assertThat(starts.add(work.search().keyspace().from())).isTrue();
        mine(work, 3);
        miner.awaitJudged(3 * (i + 1));
        pool.sameJob();
        awaitOutdated(work);
      }
      assertThat(pool.verdicts()).allMatch(TestPool.Verdict::taken);
      // All of it is searched or being searched: only another job is of use.
      Thread late = new Thread(() -> pool.job(true));
      late.start();
      assertThat(miner.next().title()).isEqualTo("pool job 2");
    }
  }

  @Test
  void twoMiners_onOnePool_neverTryTheSameHeader() throws Exception {
    try (PoolMiner one = PoolMiner.of(pool);
        PoolMiner other = PoolMiner.of(pool)) {
      for (int job = 1; job <= 3; job++) {
        Work first = one.next();
        Work second = other.next();
        mine(first, 50);
        mine(second, 50);
        one.awaitJudged(50 * job);
        other.awaitJudged(50 * job);
        pool.job(true);
        awaitOutdated(first);
        awaitOutdated(second);
      }
      assertThat(pool.verdicts()).hasSize(300).allMatch(TestPool.Verdict::taken);
      assertThat(pool.verdicts().stream().map(TestPool.Verdict::header).distinct()).hasSize(300);
      assertThat(pool.verdicts().stream().map(TestPool.Verdict::extranonce1).distinct()).hasSize(2);
    }
  }

  @Test
  void share_thatIsABlock_isToldAsOne() throws Exception {
    pool.on("207fffff").job(true);
    try (PoolMiner miner = PoolMiner.of(pool)) {
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).isBlock()).isTrue();
      assertThat(pool.verdicts().get(0).block()).isTrue();
      miner.close();
      assertThat(miner.told)
          .singleElement()
          .asString()
          .startsWith("shares: 1 accepted (difficulty ")
          .endsWith(" 0 rejected, 0 stale; blocks: 1");
    }
  }

  @Test
  void shares_enough_endTheSearchAndTheWork() throws Exception {
    PoolSettings two = new PoolSettings();
    two.count = 2;
    two.suggestedDifficulty = 0;
    two.versionBits = 0;
    try (PoolMiner miner = new PoolMiner(two.build(), pool.url())) {
      Work work = miner.next();
      mine(work, 2);
      awaitOutdated(work);
      assertThat(miner.source.next(StopSignal.never())).isEmpty();
      assertThat(pool.calls("mining.suggest_difficulty")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[20,\"high-hash\",null]             | REJECTED | high-hash",
        "[23,\"Low difficulty share\",null]  | REJECTED | Low difficulty share",
        "[22,\"Duplicate share\",null]       | REJECTED | Duplicate share",
        "[21,\"Job not found\",null]         | STALE    | Job not found",
        "[-2,\"Stale share\"]                | STALE    | Stale share",
        "{\"code\":1,\"message\":\"job not found\"} | STALE | job not found",
        "\"no\\u001b[2J\"                    | REJECTED | no?[2J",
      })
  void share_refused_isCountedWithTheReason(String error, Verdict verdict, String reason)
      throws Exception {
    pool.refuses(error);
    try (PoolMiner miner = PoolMiner.of(pool)) {
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).verdict()).isEqualTo(verdict);
      assertThat(miner.judged.get(0).reason()).isEqualTo(reason);
      assertThat(miner.store.all()).containsExactly(miner.judged.get(0));
    }
  }

  /** What a pool has not answered was taken if it is a duplicate now. */
  @Test
  void share_whoseAnswerWasLost_isSentAgainAndCountsAsAccepted() throws Exception {
    pool.behaves(
        (connection, message) -> {
          boolean isFirst =
              message != null
                  && message.path("method").asText().equals("mining.submit")
                  && pool.calls("mining.submit").size() == 1;
          if (isFirst) {
            pool.refuses("[22,\"Duplicate share\",null]");
          }
          return isFirst;
        });
    PoolMiner miner =
        new PoolMiner(
            PoolMiner.settings(Duration.ofMillis(300), PoolMiner.LONG, PoolMiner.LONG), pool.url());
    try (miner) {
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(pool.calls("mining.submit")).hasSize(2);
      assertThat(miner.judged.get(0).verdict()).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void share_keptBeforeItIsSent_isStaleOnceItsConnectionHasEnded() throws Exception {
    AtomicReference<Verdict> whenSent = new AtomicReference<>();
    AtomicReference<PoolMiner> running = new AtomicReference<>();
    pool.behaves(
        (connection, message) -> {
          if (message != null && message.path("method").asText().equals("mining.submit")) {
            whenSent.set(Objects.requireNonNull(running.get()).store.all().get(0).verdict());
            connection.close();
            return true;
          }
          return false;
        });
    try (PoolMiner miner = PoolMiner.of(pool)) {
      running.set(miner);
      Work work = miner.next();
      mine(work, 1);
      awaitOutdated(work);
      assertThat(miner.next().title()).as("it connects again").isEqualTo("pool job 1");
      miner.awaitJudged(1);
      assertThat(whenSent).hasValue(Verdict.PENDING);
      assertThat(miner.judged.get(0).verdict()).isEqualTo(Verdict.STALE);
      assertThat(miner.judged.get(0).reason())
          .isEqualTo("it was sent, but the connection ended before an answer");
      assertThat(miner.told)
          .contains(pool.url() + " has closed the connection; trying again in 0.05 s");
    }
  }

  @Test
  void shares_refusedInARow_endTheConnection() throws Exception {
    pool.refuses("[23,\"Low difficulty share\",null]");
    try (PoolMiner miner = PoolMiner.of(pool)) {
      Work work = miner.next();
      mine(work, 10);
      awaitOutdated(work);
      pool.refuses(null);
      mine(miner.next(), 1);
      miner.awaitJudged(11);
      assertThat(miner.told)
          .contains(pool.url() + " has rejected 10 shares in a row; trying again in 0.05 s");
      assertThat(miner.judged.get(10).verdict()).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void storage_thatFails_endsTheWorkWithTheShareSent() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      miner.store.on(
          share -> {
            throw new IllegalStateException("no space left");
          });
      Work work = miner.next();
      mine(work, 1);
      awaitOutdated(work);
      assertThatThrownBy(miner::next).hasMessage("no space left");
      assertThat(pool.taken()).isEqualTo(1);
      assertThat(miner.judged).hasSize(1);
      assertThat(miner.told).anyMatch(line -> line.contains("is submitted without being saved"));
    }
  }

  @Test
  void worker_refused_endsInOneLineThatSaysWhatToCheck() {
    pool.letsNobodyIn();
    try (PoolMiner miner = PoolMiner.of(pool)) {
      assertThatThrownBy(miner::next)
          .isInstanceOf(WorkerRefusedException.class)
          .hasMessage(
              pool.url()
                  + " refuses the worker bc1qexample.worker1 (Unauthorized worker); check --user,"
                  + " --password-file and GOLDEN_NONCE_POOL_PASSWORD");
    }
  }

  @Test
  void pools_firstAwayOrRefusing_theNextIsTaken() throws Exception {
    pool.letsNobodyIn();
    try (TestPool second = TestPool.start().asks(EASY);
        PoolMiner miner =
            new PoolMiner(
                PoolMiner.settings(), "stratum+tcp://127.0.0.1:1", pool.url(), second.url())) {
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).pool()).isEqualTo(second.url());
      assertThat(miner.told)
          .containsExactly(
              "stratum+tcp://127.0.0.1:1 does not answer: connection refused; trying"
                  + " again in 0.05 s",
              pool.url()
                  + " refuses the worker bc1qexample.worker1 (Unauthorized worker); trying again in"
                  + " 0.05 s");
    }
  }

  @Test
  void pools_connectionLost_theListIsTriedFromItsStart() throws Exception {
    try (TestPool second = TestPool.start().asks(EASY);
        PoolMiner miner = new PoolMiner(PoolMiner.settings(), pool.url(), second.url())) {
      Work work = miner.next();
      pool.behaves(
          (connection, message) -> {
            connection.close();
            return true;
          });
      pool.closesAll();
      awaitOutdated(work);
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).pool()).isEqualTo(second.url());
      pool.behaves(null);
      Work last = miner.next();
      second.closesAll();
      awaitOutdated(last);
      mine(miner.next(), 1);
      miner.awaitJudged(2);
      assertThat(miner.judged.get(1).pool()).isEqualTo(pool.url());
    }
  }

  @Test
  void reconnect_toAnotherPort_isFollowed() throws Exception {
    try (TestPool second = TestPool.start().asks(EASY);
        PoolMiner miner = PoolMiner.of(pool)) {
      Work work = miner.next();
      pool.toAll(
          "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"127.0.0.1\","
              + second.port()
              + ",0]}");
      awaitOutdated(work);
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).pool()).isEqualTo(second.url());
      assertThat(miner.told)
          .containsExactly(
              pool.url() + " redirects to " + second.url() + "; trying again in 0.05 s");
    }
  }

  @Test
  void reconnect_toAnotherHost_isFollowedOnlyWhereItIsAllowed() throws Exception {
    String elsewhere =
        "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"localhost\",%d,0]}";
    try (TestPool second = TestPool.start().asks(EASY)) {
      try (PoolMiner miner = PoolMiner.of(pool)) {
        Work work = miner.next();
        pool.toAll(String.format(elsewhere, second.port()));
        Await.until("a message", () -> !miner.told.isEmpty());
        assertThat(work.outdated().reason()).isEmpty();
        assertThat(miner.told)
            .containsExactly(
                pool.url()
                    + " redirects to another host, localhost, which is not followed"
                    + " (stratum.follow-reconnect)");
        assertThat(second.connections()).isZero();
      }
      PoolSettings following = new PoolSettings();
      following.suggestedDifficulty = 0;
      following.followReconnect = true;
      try (PoolMiner miner = new PoolMiner(following.build(), pool.url())) {
        Work work = miner.next();
        pool.toAll(String.format(elsewhere, second.port()));
        awaitOutdated(work);
        miner.next();
        assertThat(second.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void calls_ofThePool_areAnsweredOrShown() throws Exception {
    try (PoolMiner miner = PoolMiner.of(pool)) {
      miner.next();
      pool.toAll("{\"id\":77,\"method\":\"client.get_version\",\"params\":[]}");
      pool.toAll("{\"id\":\"x\",\"method\":\"mining.ping\",\"params\":[]}");
      pool.toAll("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"Hi\\u001b[2J\"]}");
      pool.toAll("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"again\"]}");
      pool.toAll("{\"id\":null,\"method\":\"mining.something_new\",\"params\":{\"a\":[]}}");
      pool.toAll("{\"id\":12345,\"result\":\"an answer to nothing\",\"error\":null}");
      Await.until("seven lines", () -> pool.received().size() >= 7);
      assertThat(pool.received().subList(5, 7))
          .extracting(JsonNode::toString)
          .containsExactly(
              "{\"result\":\"golden-nonce/0.1\",\"id\":77,\"error\":null}",
              "{\"result\":\"pong\",\"id\":\"x\",\"error\":null}");
      Await.until("a message", () -> !miner.told.isEmpty());
      assertThat(miner.told).containsExactly(pool.url() + " says: Hi?[2J");
    }
  }

  @Test
  void connection_idle_isKeptAliveByAPing() throws Exception {
    PoolSettings chatty = new PoolSettings();
    chatty.keepAlive = PoolMiner.SHORT;
    chatty.suggestedDifficulty = 0;
    try (PoolMiner miner = new PoolMiner(chatty.build(), pool.url())) {
      miner.next();
      Await.until("two pings", () -> pool.calls("mining.ping").size() >= 2);
    }
  }

  /** A later process, when nobody waits for an answer any more. */
  @Test
  void share_leftBehindByAnotherProcess_isStaleAfterAnHour() throws Exception {
    Share left;
    try (PoolMiner miner = PoolMiner.of(pool)) {
      mine(miner.next(), 2);
      miner.awaitJudged(2);
      left = miner.judged.get(0).judged(Verdict.PENDING, null);
    }
    Share recent = left;
    try (PoolMiner miner = PoolMiner.of(pool)) {
      miner.store.save(recent);
      miner.next();
      Thread.sleep(500);
      assertThat(miner.store.pending()).as("its process may live").hasSize(1);
    }
    Share old =
        new Share(
            left.pool(),
            left.worker(),
            left.jobId(),
            left.extranonce1(),
            left.extranonce2(),
            left.versionBits(),
            left.header(),
            left.difficulty(),
            left.isBlock(),
            left.searchId(),
            left.foundAt().minus(Duration.ofHours(2)),
            Verdict.PENDING,
            null);
    int sent = pool.calls("mining.submit").size();
    try (PoolMiner miner = PoolMiner.of(pool)) {
      miner.store.save(old);
      miner.next();
      miner.awaitJudged(1);
      assertThat(miner.judged.get(0).verdict()).isEqualTo(Verdict.STALE);
      assertThat(pool.calls("mining.submit")).hasSize(sent);
    }
  }

  @Test
  void settings_asText_hideThePassword() {
    assertThat(PoolMiner.settings().toString()).doesNotContain(TestPool.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stratum+tcp://pool.example:3333/x | must be stratum+tcp://HOST:PORT, or with stratum+ssl",
        "stratum+tcp://pool.example       | must be stratum+tcp://HOST:PORT, or with stratum+ssl",
        "http://pool.example:3333         | must be stratum+tcp://HOST:PORT, or with stratum+ssl",
        "stratum+tcp://pool.example:99999 | must be stratum+tcp://HOST:PORT, or with stratum+ssl",
        "stratum+ssl://my_pool:3333       | without underscores for stratum+ssl",
        "stratum+tcp://me:pw@pool:3333    | give them by --user and --password-file",
      })
  void url_ofNoPool_isRefusedInOneLine(String text, String rule) {
    assertThatThrownBy(() -> StratumPool.url(text)).hasMessageContaining(rule);
  }

  @Test
  void url_ofAPool_isRead() {
    assertThat(List.of("stratum+tcp://[::1]:3333", "stratum+ssl://pool.example:443"))
        .allSatisfy(text -> assertThat(StratumPool.url(text)).hasToString(text));
    assertThat(StratumPool.url("stratum+tcp://[::1]:3333").hostName()).isEqualTo("::1");
  }
}
