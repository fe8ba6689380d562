/**
 * What other programs may call: a search for a nonce in Java or Scala, on Spark or in the calling
 * thread, and tables of searches. Start at {@link io.goldennonce.api.NonceSearch}; docs/api.md has
 * examples.
 *
 * <p>This package keeps its methods from release to release. All other packages are internal and
 * change without notice. May use the packages below the commands.
 */
@NullMarked
package io.goldennonce.api;

import org.jspecify.annotations.NullMarked;
