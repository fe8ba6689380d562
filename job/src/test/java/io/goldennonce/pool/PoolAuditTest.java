package io.goldennonce.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.goldennonce.chain.BranchBlock;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pool.PoolAudit.Entry;
import io.goldennonce.pool.PoolAudit.State;
import io.goldennonce.pow.Hash256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolAuditTest {
  private static final Instant NOON = Instant.parse("2024-05-06T12:00:00Z");
  private static final Instant BEFORE = NOON.minusSeconds(60);

  private final BranchBlock genesis = block(0, "genesis");
  private final BranchBlock first = block(1, "mined", "archived", "twice");
  private final BranchBlock second = block(2, "twice", "unpooled");
  private final BranchBlock stale = block(2, "returned", "lost", "mined");

  @Test
  void of_everyState_isTold() {
    PoolAudit audit =
        PoolAudit.of(
            List.of(genesis, first, second, stale),
            List.of(genesis, first, second),
            Stream.of("mined", "twice", "returned", "pending", "waiting")
                .map(PoolAuditTest::pooled)
                .toList(),
            Map.of(id("archived"), BEFORE, id("vanished"), BEFORE, id("waiting"), BEFORE));
    assertThat(audit.mined()).isEqualTo(2);
    assertThat(audit.entries())
        .extracting(Entry::id, Entry::state, Entry::height, Entry::since)
        .containsExactlyInAnyOrder(
            tuple(id("twice"), State.MINED_TWICE, 2L, NOON),
            tuple(id("returned"), State.RETURNED, 2L, NOON),
            tuple(id("pending"), State.PENDING, null, NOON),
            tuple(id("waiting"), State.PENDING, null, BEFORE),
            tuple(id("vanished"), State.LOST, null, BEFORE),
            tuple(id("lost"), State.LOST, 2L, null),
            tuple(id("unpooled"), State.UNPOOLED, 2L, null));
    assertThat(audit.count(State.LOST)).isEqualTo(2);
  }

  @Test
  void of_nothing_isNothing() {
    assertThat(PoolAudit.of(List.of(genesis), List.of(genesis), List.of(), Map.of()))
        .isEqualTo(new PoolAudit(0, List.of()));
  }

  private static BranchBlock block(long height, String... data) {
    return new BranchBlock(
        height,
        id(height + String.join(",", data)),
        Hash256.ZERO,
        Stream.of(data).map(PoolAuditTest::id).toList());
  }

  private static Hash256 id(String data) {
    return Transaction.ofText(data).id();
  }

  private static Pooled pooled(String data) {
    return new Pooled(Transaction.ofText(data), id(data), NOON, 0);
  }
}
