package io.goldennonce.bitcoin;

import io.goldennonce.pow.Hash256;

/**
 * A transaction to include in a block.
 *
 * @param data wire format with witness, in hex
 * @param id its txid, without the witness
 * @param witnessId its wtxid, with the witness
 */
public record BlockTransaction(String data, Hash256 id, Hash256 witnessId) {}
