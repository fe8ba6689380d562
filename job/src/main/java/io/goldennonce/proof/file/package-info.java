/** Proof files: what strangers need to check a search or a block without this program. */
@NullMarked
package io.goldennonce.proof.file;

import org.jspecify.annotations.NullMarked;
