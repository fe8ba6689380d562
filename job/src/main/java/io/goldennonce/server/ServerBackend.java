package io.goldennonce.server;

import io.goldennonce.chain.BlockIndexEntry;
import io.goldennonce.chain.BlockStore;
import io.goldennonce.chain.EventLog;
import io.goldennonce.chain.Transaction;
import io.goldennonce.pow.CompactBits;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service works on: a chain and its pool.
 *
 * @param blocks where the chain is
 * @param contents the transactions of the block after a parent
 * @param waiting how many transactions waited for a block when contents were last asked for
 * @param maxWaiting how many may wait until no more are taken
 * @param bits the target of each block, where the chain's rules don't give it
 * @param miner who mines where a request does not say so
 * @param log keeps what happens to the chain
 * @param pool keeps transactions under a name, unless there is such a name already: then false
 * @param maxTransaction the most bytes of a transaction's record
 */
public record ServerBackend(
    BlockStore blocks,
    Function<@Nullable BlockIndexEntry, List<Transaction>> contents,
    IntSupplier waiting,
    int maxWaiting,
    CompactBits bits,
    String miner,
    EventLog log,
    BiPredicate<String, List<Transaction>> pool,
    int maxTransaction) {}
