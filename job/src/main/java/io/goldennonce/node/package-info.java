/**
 * Takes work from a Bitcoin node over JSON-RPC and hands found blocks in. Uses {@code bitcoin},
 * {@code work} and what they are made of, and Jackson.
 */
@NullMarked
package io.goldennonce.node;

import org.jspecify.annotations.NullMarked;
