package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceBlocks;
import io.goldennonce.kernel.NonceRun;
import io.goldennonce.kernel.NonceRuns;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.TopWord;
import java.util.function.BooleanSupplier;

/**
 * Scans with a {@link GroupFilter}, and searches its candidate groups for the first hit with {@code
 * MessageDigest}. So a filter can neither report a wrong nonce nor lose one in a group that the
 * range's end cuts off.
 */
final class GroupScanner implements NonceScanner {
  /** Nonces between polls of the stop signal: 0.1 ms for the fastest kernel, 1.5 the slowest. */
  private static final int POLL = 4096;

  private final NonceRuns runs;
  private final GroupFilter filter;

  /** Number of versions that the filter hashes with each nonce. */
  private final int versions;

  private final TopWord topWord;

  /** What the deciding word should be, without the bits that a mask leaves out. */
  private final int wanted;

  private final NonceScanner exact;

  /** Bounds with fewer leading zero bits than this are left to {@code MessageDigest}. */
  private final int easiest;

  /** The run and the mask that the filter is prepared for. */
  private NonceRun run = new NonceRun(-1, -1, NonceBlocks.EMPTY);

  private int preparedMask;

  /**
   * If most groups contained a hit, nearly all hashes would be wasted, so bounds that one nonce in
   * 16 groups meets are left to {@code MessageDigest}.
   */
  GroupScanner(NonceTemplate template, GroupFilter filter) {
    this(
        template,
        filter,
        Integer.SIZE - Integer.numberOfLeadingZeros(filter.lanes() * template.versions() - 1) + 4);
  }

  GroupScanner(NonceTemplate template, GroupFilter filter, int easiest) {
    this.runs = new NonceRuns(template);
    this.filter = filter;
    this.versions = template.versions();
    this.topWord = TopWord.of(template.order());
    this.wanted = topWord.of(template.pattern());
    this.exact = new MessageDigestKernel().scanner(template);
    this.easiest = easiest;
  }

  @Override
  public ScanResult scan(long from, long to, byte[] bound, BooleanSupplier stop) {
    if (TopWord.leadingZeros(bound) < easiest) {
      return exact.scan(from, to, bound, stop);
    }
    int mask = topWord.mask(bound);
    for (long at = from; at < to; ) {
      if (at < runs.first()) {
        long end = Math.min(to, runs.first());
        ScanResult result = exact.scan(at, end, bound, stop);
        if (result.hit() || result.end() < end) {
          return result;
        }
        at = end;
        continue;
      }
      if (stop.getAsBoolean()) {
        return new ScanResult(at, false);
      }
      prepare(at / versions, mask);
      long runEnd = Math.min((to - 1) / versions, run.last()) + 1;
      long low = (at / versions - run.first()) & -filter.alignment();
      long first = run.first() + low;
      int groups = groups(runEnd - first);
      int clean = filter.groupsWithoutCandidate((int) low, groups);
      // Relative to the group's start, since the last group may exceed the last long.
      long cleanLength = (long) clean * filter.lanes();
      at = within(at, to, first + Math.min(runEnd - first, cleanLength));
      if (clean < groups) {
        long groupEnd =
            within(at, to, first + Math.min(runEnd - first, cleanLength + filter.lanes()));
        ScanResult found = exact.scan(at, groupEnd, bound, () -> false);
        if (found.hit()) {
          return found;
        }
        at = groupEnd;
      }
    }
    return new ScanResult(to, false);
  }

  /** Returns the position of a nonce's first version, within the range. */
  private long within(long from, long to, long nonce) {
    return Math.max(from, Math.min(to, nonce * versions));
  }

  /** Returns the number of groups that cover some nonces, up to the next poll. */
  private int groups(long nonces) {
    long covering = (nonces + filter.lanes() - 1) / filter.lanes();
    return (int) Math.min(covering, Math.max(1, POLL / (filter.lanes() * versions)));
  }

  private void prepare(long nonce, int mask) {
    if (!run.contains(nonce) || mask != preparedMask) {
      run = runs.at(nonce);
      filter.prepare(run.blocks(), mask, wanted & mask);
      preparedMask = mask;
    }
  }
}
