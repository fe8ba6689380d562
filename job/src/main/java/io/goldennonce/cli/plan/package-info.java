/** Commands that size a cluster: plan, bench. */
@NullMarked
package io.goldennonce.cli.plan;

import org.jspecify.annotations.NullMarked;
