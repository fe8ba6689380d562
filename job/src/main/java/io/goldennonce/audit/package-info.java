/** Re-hashes stored blocks and headers in Spark jobs and reports violations. */
@NullMarked
package io.goldennonce.audit;

import org.jspecify.annotations.NullMarked;
