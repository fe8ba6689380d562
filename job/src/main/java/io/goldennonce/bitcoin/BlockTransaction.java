package io.goldennonce.bitcoin;

import io.goldennonce.pow.Hash256;

/**
 * A transaction that a block shall hold.
 *
 * @param data on the wire, with its witness, in hex
 * @param id its id, which leaves the witness out
 * @param witnessId its hash with the witness
 */
public record BlockTransaction(String data, Hash256 id, Hash256 witnessId) {}
