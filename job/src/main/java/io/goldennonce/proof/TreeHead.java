package io.goldennonce.proof;

import io.goldennonce.pow.Hash256;

/**
 * What a {@link LogTree} commits to.
 *
 * @param size number of leaves
 * @param root the root over them; shown in digest order ({@link Hash256#toHex}), as {@code
 *     sha256sum} prints it
 */
public record TreeHead(long size, Hash256 root) {}
