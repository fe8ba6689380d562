/**
 * Checks what is under emr/ without an account: calls against a recorder, templates by a synthesis.
 */
@NullMarked
package io.goldennonce.emr;

import org.jspecify.annotations.NullMarked;
