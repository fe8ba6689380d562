/**
 * Decides what a search sends out next, what a report changes, whom to trust, and when it is over;
 * and what one attempt at a range does. Without Spark, files or clocks. May use {@code search} and
 * what it is made of.
 */
@NullMarked
package io.goldennonce.search.schedule;

import org.jspecify.annotations.NullMarked;
