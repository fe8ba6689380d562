/** SQL functions for the catalog: hashes, targets, merkle trees, and searches for nonces. */
@NullMarked
package io.goldennonce.sql.function;

import org.jspecify.annotations.NullMarked;
