/**
 * The model of a search, independent of Spark: keyspace, ranges, reports, ledger and result. May
 * use {@code kernel} and {@code pow}.
 */
@NullMarked
package io.goldennonce.search;

import org.jspecify.annotations.NullMarked;
