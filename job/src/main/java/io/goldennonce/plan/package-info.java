/**
 * Sizes a search: executors, time, probability and cost; compares earlier plans with what happened.
 * May use {@code pow} and {@code search}.
 */
@NullMarked
package io.goldennonce.plan;

import org.jspecify.annotations.NullMarked;
