/**
 * Where work comes from and solutions go. May use {@code chain}, {@code search} and what they are
 * made of.
 */
@NullMarked
package io.goldennonce.work;

import org.jspecify.annotations.NullMarked;
