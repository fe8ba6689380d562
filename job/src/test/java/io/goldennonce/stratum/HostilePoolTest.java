package io.goldennonce.stratum;

import static io.goldennonce.stratum.PoolMiner.awaitOutdated;
import static io.goldennonce.stratum.PoolMiner.mine;
import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.server.TestKey;
import io.goldennonce.work.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a pool does, it costs one line and a new connection. */
class HostilePoolTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private final TestPool pool = TestPool.start().asks(1.0 / (1 << 24));

  @AfterEach
  void stop() {
    pool.close();
  }

  /** What a pool sends in place of its first words, and the line that the user gets. */
  static Stream<Arguments> nonsense() {
    String notify = "{\"id\":null,\"method\":\"mining.notify\",\"params\":";
    return Stream.of(
        Arguments.of("hello\n", "sends a line that is no JSON"),
        Arguments.of("{\"id\":1,\n", "sends a line that is no JSON"),
        Arguments.of("[1,2]\n", "sends a line that is no JSON object"),
        Arguments.of("7\n", "sends a line that is no JSON object"),
        Arguments.of("[".repeat(5_000) + "\n", "sends a line that is no JSON"),
        Arguments.of("{\"a\":\"" + "x".repeat(1 << 18), "sends a line of more than 262144 bytes"),
        Arguments.of("{}\n".repeat(2_000), "sends more than 1000 messages in a second"),
        Arguments.of(notify + "[]}\n", "the job's id must be a text of 1 to 200 characters"),
        Arguments.of(notify + "null}\n", "the job's id must be a text of 1 to 200 characters"),
        Arguments.of(
            "{\"method\":\"mining.set_difficulty\",\"params\":[\"1\"]}\n",
            "the difficulty must be a number"),
        Arguments.of(
            "{\"method\":\"mining.set_difficulty\",\"params\":[0]}\n",
            "a difficulty must be more than 0 and less than 2^224, got 0.0"),
        Arguments.of(
            "{\"method\":\"mining.set_difficulty\",\"params\":[-3]}\n",
            "a difficulty must be more than 0 and less than 2^224, got -3.0"),
        Arguments.of(
            "{\"method\":\"mining.set_difficulty\",\"params\":[1e999]}\n",
            "a difficulty must be more than 0 and less than 2^224, got Infinity"),
        Arguments.of(
            "{\"method\":\"mining.set_extranonce\",\"params\":[\"zz\",4]}\n",
            "extranonce1 must be bytes in hex"),
        Arguments.of(
            "{\"method\":\"client.reconnect\",\"params\":[\"\",99999999]}\n",
            "a pool's URL must be stratum+tcp://HOST:PORT, or with stratum+ssl, got"
                + " stratum+tcp://127.0.0.1:99999999"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsense_ofAPool_isOneLineAndAnotherConnection(String sent, String rule) throws Exception {
    AtomicBoolean once = new AtomicBoolean(true);
    pool.behaves(
        (connection, message) -> {
          if (message == null && once.getAndSet(false)) {
            connection.raw(sent);
            return false;
          }
          return false;
        });
    try (PoolMiner miner = PoolMiner.of(pool)) {
      mine(miner.next(), 1);
      miner.awaitJudged(1);
      assertThat(miner.told).containsExactly(pool.url() + " " + rule + "; trying again in 0.05 s");
      assertThat(miner.judged.get(0).verdict()).isEqualTo(Share.Verdict.ACCEPTED);
    }
  }

  @Test
  void pool_thatDoesNotAnswer_isLeft() throws Exception {
    pool.behaves((connection, message) -> pool.connections() == 1 && message != null);
    PoolMiner miner =
        new PoolMiner(PoolMiner.settings(SHORT, PoolMiner.LONG, PoolMiner.LONG), pool.url());
    try (miner) {
      assertThat(miner.next().title()).isEqualTo("pool job 1");
      assertThat(miner.told)
          .containsExactly(
              pool.url()
                  + " gave no answer within 0.4 s (stratum.timeout); trying again in 0.05 s");
    }
  }

  @Test
  void pool_thatBeginsALineAndDoesNotEndIt_isLeft() throws Exception {
    pool.behaves(
        (connection, message) -> {
          boolean isLast =
              message != null && message.path("method").asText().endsWith("suggest_difficulty");
          if (isLast && pool.connections() == 1) {
            connection.raw("{\"id\":");
          }
          return isLast;
        });
    PoolMiner miner =
        new PoolMiner(PoolMiner.settings(SHORT, PoolMiner.LONG, PoolMiner.LONG), pool.url());
    try (miner) {
      awaitOutdated(miner.next());
      assertThat(miner.next().title()).isEqualTo("pool job 1");
      assertThat(miner.told)
          .containsExactly(
              pool.url()
                  + " did not complete a line or the connection within 0.4 s; trying again in 0.05"
                  + " s");
    }
  }

  @Test
  void pool_withoutAJob_isLeft() throws Exception {
    pool.behaves(
        (connection, message) -> {
          if (pool.connections() == 1
              && message != null
              && message.path("method").asText().equals("mining.subscribe")) {
            connection.line("{\"id\":" + message.get("id") + ",\"result\":[[],\"08\",4]}");
            return true;
          }
          return false;
        });
    PoolMiner miner =
        new PoolMiner(PoolMiner.settings(SHORT, PoolMiner.LONG, PoolMiner.LONG), pool.url());
    try (miner) {
      miner.next();
      assertThat(miner.told)
          .containsExactly(
              pool.url() + " gave no job within 0.4 s (stratum.timeout); trying again in 0.05 s");
    }
  }

  @Test
  void pool_thatFallsSilent_isLeft() throws Exception {
    PoolMiner miner =
        new PoolMiner(PoolMiner.settings(PoolMiner.LONG, SHORT, PoolMiner.LONG), pool.url());
    try (miner) {
      Work work = miner.next();
      awaitOutdated(work);
      miner.next();
      assertThat(miner.told)
          .contains(pool.url() + " has sent nothing for 0.4 s; trying again in 0.05 s");
    }
  }

  @Test
  void subscription_refused_isOneLine() throws Exception {
    AtomicBoolean once = new AtomicBoolean(true);
    pool.behaves(
        (connection, message) -> {
          if (message != null
              && message.path("method").asText().equals("mining.subscribe")
              && once.getAndSet(false)) {
            connection.line(
                "{\"id\":" + message.get("id") + ",\"result\":null,\"error\":[20,\"full\",null]}");
            return true;
          }
          return false;
        });
    try (PoolMiner miner = PoolMiner.of(pool)) {
      miner.next();
      assertThat(miner.told)
          .containsExactly(pool.url() + " refuses the subscription: full; trying again in 0.05 s");
    }
  }

  @Test
  void tls_certificateOfThePoolsOwn_isTrustedWhereItsFileIsGiven(@TempDir Path directory)
      throws Exception {
    TestKey key = TestKey.create(directory);
    try (TestPool encrypted =
        TestPool.start(key.context().getServerSocketFactory()).asks(1.0 / (1 << 24))) {
      String url = "stratum+ssl://127.0.0.1:" + encrypted.port();
      try (PoolMiner miner =
          new PoolMiner(PoolMiner.settings(TrustedCertificates.sockets(key.certificate())), url)) {
        mine(miner.next(), 1);
        miner.awaitJudged(1);
        assertThat(miner.judged.get(0).verdict()).isEqualTo(Share.Verdict.ACCEPTED);
        assertThat(miner.told).isEmpty();
      }
      try (PoolMiner miner = new PoolMiner(PoolMiner.settings(), url, pool.url())) {
        miner.next();
        assertThat(miner.told)
            .singleElement()
            .asString()
            .startsWith(url + " can't be trusted: ")
            .contains("; for a certificate of its own give stratum.certificates; trying again");
      }
    }
  }

  /** A certificate of another name is no better than none. */
  @Test
  void tls_certificateOfAnotherHost_isNotTrusted(@TempDir Path directory) throws Exception {
    TestKey key = TestKey.create(directory);
    SSLSocketFactory trusting = TrustedCertificates.sockets(key.certificate());
    try (TestPool encrypted = TestPool.start(key.context().getServerSocketFactory());
        PoolMiner miner =
            new PoolMiner(
                PoolMiner.settings(trusting),
                "stratum+ssl://localhost:" + encrypted.port(),
                pool.url())) {
      miner.next();
      assertThat(miner.told).singleElement().asString().contains(" can't be trusted: ");
    }
  }

  /** A pool without TLS where TLS is asked for, and the other way round. */
  @Test
  void tls_onOneSideOnly_isOneLine(@TempDir Path directory) throws Exception {
    TestKey key = TestKey.create(directory);
    try (TestPool encrypted = TestPool.start(key.context().getServerSocketFactory());
        PoolMiner miner =
            new PoolMiner(
                PoolMiner.settings(SHORT, PoolMiner.LONG, PoolMiner.LONG),
                "stratum+ssl://127.0.0.1:" + pool.port(),
                "stratum+tcp://127.0.0.1:" + encrypted.port(),
                pool.url())) {
      miner.next();
      assertThat(miner.told).hasSize(2);
    }
  }
}
