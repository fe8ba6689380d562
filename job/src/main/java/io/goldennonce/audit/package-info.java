/**
 * Re-hashes what is stored, blocks and headers, as Spark jobs, and says what is not as it must be.
 */
@NullMarked
package io.goldennonce.audit;

import org.jspecify.annotations.NullMarked;
