package io.goldennonce.search.schedule;

import io.goldennonce.search.NonceRange;
import java.io.Serializable;

/**
 * A range that is sent out to be scanned, once by one task, or by several where Spark tries again.
 *
 * @param id its number, unique in the run: the same range may be sent out again under another
 * @param range the positions
 * @param losses how often positions of it were lost with their whole wave before
 */
public record Assignment(long id, NonceRange range, int losses) implements Serializable {}
