/** Message formats with a nonce in them, by name. May use {@code search} and what it is made of. */
@NullMarked
package io.goldennonce.puzzle;

import org.jspecify.annotations.NullMarked;
