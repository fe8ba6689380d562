package io.goldennonce.plan;

/**
 * What a search costs on one kind of machine.
 *
 * @param instance the kind
 * @param count how many; 0 where the money buys none
 * @param probability of a solution by the time it is stopped
 * @param meanCost what it costs on average, as a find ends it early
 * @param mostCost what it costs if nothing is found
 */
public record Offer(
    Instance instance, int count, double probability, double meanCost, double mostCost) {}
