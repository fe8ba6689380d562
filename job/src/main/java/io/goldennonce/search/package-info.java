/**
 * What a search is, without knowing who runs it: keyspace, ranges, their sizes, the searcher of one
 * range, and what came out. May use {@code kernel} and {@code pow}.
 */
@NullMarked
package io.goldennonce.search;

import org.jspecify.annotations.NullMarked;
