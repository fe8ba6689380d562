/** What tests of several packages share. */
@NullMarked
package io.goldennonce.testing;

import org.jspecify.annotations.NullMarked;
