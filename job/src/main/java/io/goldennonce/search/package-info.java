/** The model of a search, independent of Spark: keyspace, ranges, reports, shares and result. */
@NullMarked
package io.goldennonce.search;

import org.jspecify.annotations.NullMarked;
