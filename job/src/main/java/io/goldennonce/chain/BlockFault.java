package io.goldennonce.chain;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it must be.
 *
 * @param height what the block or header says its height is; null where it says none
 * @param hash the hash of its bytes, as Bitcoin displays it; empty where it has none
 * @param rule what is broken, in one word
 * @param expected what the rule wants
 * @param found what is there
 */
public record BlockFault(
    @Nullable Long height, String hash, String rule, String expected, String found)
    implements Serializable {}
