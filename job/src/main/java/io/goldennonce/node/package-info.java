/**
 * Takes work from a Bitcoin node over JSON-RPC and submits blocks. Uses {@code bitcoin}, {@code
 * work} and what they are made of, and Jackson.
 */
@NullMarked
package io.goldennonce.node;

import org.jspecify.annotations.NullMarked;
