/**
 * How many executors, how long, how likely, at what cost; and whether earlier plans came true. May
 * use {@code pow} and {@code search}.
 */
@NullMarked
package io.goldennonce.plan;

import org.jspecify.annotations.NullMarked;
