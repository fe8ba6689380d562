package io.goldennonce.plan;

/**
 * The hash rate of one core.
 *
 * @param perSecond hashes per second
 * @param given whether the user gave it; otherwise it was measured on this machine
 */
public record CoreRate(double perSecond, boolean given) {}
