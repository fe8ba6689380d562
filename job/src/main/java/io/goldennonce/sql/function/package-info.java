/** SQL functions over headers, targets and merkle trees, for Spark's function catalog. */
@NullMarked
package io.goldennonce.sql.function;

import org.jspecify.annotations.NullMarked;
