/**
 * Sources of work and destinations of solutions. May use {@code chain}, {@code search} and their
 * dependencies.
 */
@NullMarked
package io.goldennonce.work;

import org.jspecify.annotations.NullMarked;
