package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import java.io.Serializable;

/**
 * A range to scan, by one task or, if Spark retries it, by several.
 *
 * @param id unique in the run; the same range may be allocated again under another id
 * @param losses number of times that positions in it were lost with their wave
 */
public record Assignment(long id, NonceRange range, int losses) implements Serializable {}
