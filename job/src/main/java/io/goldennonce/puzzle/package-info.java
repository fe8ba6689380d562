/**
 * Named message formats that contain a nonce. May use {@code search} and its dependencies, and
 * Jackson.
 */
@NullMarked
package io.goldennonce.puzzle;

import org.jspecify.annotations.NullMarked;
