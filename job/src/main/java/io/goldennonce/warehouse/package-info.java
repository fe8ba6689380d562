/**
 * A directory of tables: creates and opens it, gives its tables and the leases of searches, and
 * cleans it up. Knows no feature; each feature has its tables in a package of its own.
 */
@NullMarked
package io.goldennonce.warehouse;

import org.jspecify.annotations.NullMarked;
