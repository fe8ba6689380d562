package io.goldennonce.chain;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A rule violation.
 *
 * @param height the height that the block or header claims; null if none
 * @param hash the hash of its bytes, as Bitcoin displays it; empty if it has none
 * @param rule the violated rule, in one word
 * @param expected the value that the rule requires
 */
public record Violation(
    @Nullable Long height, String hash, String rule, String expected, String found)
    implements Serializable {}
