/** Searches in a warehouse: the tables {@code searches} and {@code ranges}, and ledgers of runs. */
@NullMarked
package io.goldennonce.search.table;

import org.jspecify.annotations.NullMarked;
