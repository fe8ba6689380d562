/** Commands over a warehouse: sql, verify, audit, status, compact, restore, generate. */
@NullMarked
package io.goldennonce.cli.warehouse;

import org.jspecify.annotations.NullMarked;
