package io.goldennonce.stratum;

import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** Settings of a pool's miner for tests, to be changed where a test differs. */
final class PoolSettings {
  String user = TestPool.USER;
  String password = TestPool.PASSWORD;
  long count = Long.MAX_VALUE;
  Duration timeout = Duration.ofSeconds(5);
  Duration silence = PoolMiner.LONG;
  Duration keepAlive = PoolMiner.LONG;
  Duration jobAge = PoolMiner.LONG;
  double suggestedDifficulty = 0.5;
  int versionBits = 3;
  boolean followReconnect;
  SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();

  StratumPool.Settings build() {
    return new StratumPool.Settings(
        user,
        password,
        count,
        timeout,
        silence,
        keepAlive,
        jobAge,
        PoolMiner.SHORT,
        suggestedDifficulty,
        versionBits,
        followReconnect,
        tls);
  }
}
