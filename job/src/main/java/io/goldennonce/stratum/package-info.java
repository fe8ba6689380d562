/**
 * Takes jobs from a mining pool over Stratum v1 and submits shares; the table {@code shares}. Uses
 * {@code work} and what it is made of, {@code table}, and Jackson.
 */
@NullMarked
package io.goldennonce.stratum;

import org.jspecify.annotations.NullMarked;
