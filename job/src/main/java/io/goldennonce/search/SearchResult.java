package io.goldennonce.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param outcome how it ended
 * @param found the solution, if there is one
 * @param hashes positions tried
 * @param hashesExact whether {@code hashes} is exact; else it is a lower bound, as tasks that were
 *     cancelled could not report
 * @param startedAt when it began
 * @param elapsed from then to the find or the end
 * @param stopLatency from the driver's order to stop until its last task was idle; nothing where no
 *     task had to be stopped
 * @param slots tasks that could run at once
 * @param kernel the name of the kernel that scanned the most ranges, or nothing where none reported
 */
public record SearchResult(
    Outcome outcome,
    Optional<Found> found,
    long hashes,
    boolean hashesExact,
    Instant startedAt,
    Duration elapsed,
    Optional<Duration> stopLatency,
    int slots,
    Optional<String> kernel) {}
