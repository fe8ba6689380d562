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
 * The chain and the pool behind a service.
 *
 * @param contents the transactions for the block after a parent
 * @param waiting number of transactions that waited for a block at the last call of {@code
 *     contents}
 * @param maxWaiting number of waiting transactions at which no more are accepted
 * @param bits the target of each block, if the chain's rules don't set it
 * @param miner the miner's name if a request has none
 * @param pool saves transactions under a name; returns false if the name exists
 * @param maxTransaction maximum size of a transaction's record, in bytes
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
