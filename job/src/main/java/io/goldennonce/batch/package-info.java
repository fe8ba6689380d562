/**
 * Solves tables of templates for other Spark programs. May use {@code search}, its dependencies,
 * and Spark SQL.
 */
@NullMarked
package io.goldennonce.batch;

import org.jspecify.annotations.NullMarked;
