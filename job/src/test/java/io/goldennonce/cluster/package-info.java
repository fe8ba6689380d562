/** The job on a real standalone cluster, which the tests start, break and stop themselves. */
@NullMarked
package io.goldennonce.cluster;

import org.jspecify.annotations.NullMarked;
