/**
 * The Merkle tree of RFC 9162: a root commits to a list, and proofs of logarithmic length show that
 * an entry is in it, and that a longer list continues a shorter one.
 */
@NullMarked
package io.goldennonce.proof;

import org.jspecify.annotations.NullMarked;
