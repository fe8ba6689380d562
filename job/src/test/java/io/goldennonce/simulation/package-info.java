/**
 * Deterministic simulation of processes, storage and crashes: what a run leaves open is decided by
 * one sequence of choices, drawn from a seed or enumerated.
 */
@NullMarked
package io.goldennonce.simulation;

import org.jspecify.annotations.NullMarked;
