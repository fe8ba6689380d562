/**
 * The model of a search, independent of Spark: keyspace, ranges, reports, ledger and result.
 *
 * <p>More than 25 files, as they refer to each other: a ledger holds what reports say of a search's
 * ranges, and the result holds what the ledger proves. Each is small.
 */
@NullMarked
package io.goldennonce.search;

import org.jspecify.annotations.NullMarked;
