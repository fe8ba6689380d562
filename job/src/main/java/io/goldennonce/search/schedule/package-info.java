/**
 * The scheduler of a search: what to submit next, what a report changes, which executors to trust,
 * and when the search is over; and one attempt at a range. No Spark, files or clocks. May use
 * {@code search} and its dependencies.
 */
@NullMarked
package io.goldennonce.search.schedule;

import org.jspecify.annotations.NullMarked;
