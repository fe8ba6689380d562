package io.goldennonce.plan;

/**
 * The cost of a search on one machine type.
 *
 * @param instance the machine type
 * @param count number of machines; 0 if the money buys none
 * @param costPerBlock what the hashes that a solution takes on average cost, without start-up
 * @param probability of a solution by the time it is stopped
 * @param meanCost mean cost, since a solution ends the search early
 * @param mostCost cost if nothing is found
 */
public record Offer(
    Instance instance,
    int count,
    double costPerBlock,
    double probability,
    double meanCost,
    double mostCost) {}
