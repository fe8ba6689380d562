/** The notebooks, executed on a warehouse that was mined for them. */
@NullMarked
package io.goldennonce.notebooks;

import org.jspecify.annotations.NullMarked;
