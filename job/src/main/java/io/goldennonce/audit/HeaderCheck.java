package io.goldennonce.audit;

import io.goldennonce.chain.Retarget;
import io.goldennonce.chain.Violation;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.CompactBits;
import io.goldennonce.pow.Hash256;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks Bitcoin mainnet headers in sequence: hash, proof of work, limit and, for consecutive
 * heights, link and bits. {@link HeaderJoin} checks the boundaries between the parts of a file that
 * different tasks have read.
 *
 * <p>Memory grows with the number of runs of consecutive heights, not with headers.
 */
public final class HeaderCheck {
  /** Mainnet's limit (Bitcoin Core, {@code powLimit} in src/kernel/chainparams.cpp). */
  static final CompactBits LIMIT = CompactBits.ofHex("1d00ffff");

  private static final int WINDOW = Retarget.BITCOIN.window();

  /**
   * A header at the end of a run of consecutive heights, or at the end of a retarget window.
   *
   * @param previousHash its parent's hash
   */
  public record Mark(long height, Hash256 hash, Hash256 previousHash, long time, CompactBits bits)
      implements Serializable {}

  /** A run of consecutive heights, checked except for the bits at window boundaries. */
  public record Run(Mark first, Mark last) implements Serializable {}

  /**
   * The result of a check.
   *
   * @param ends the first and the last header of each window, if present
   */
  public record Part(long headers, List<Violation> faults, List<Run> runs, List<Mark> ends)
      implements Serializable {}

  private final List<Violation> faults = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Mark> ends = new ArrayList<>();
  private long headers;
  private @Nullable Mark first;
  private @Nullable Mark last;

  /**
   * Checks a header.
   *
   * @param height null if unknown
   * @param wire the 80 bytes of the header
   * @param hash the claimed hash, as Bitcoin displays it; null if none is claimed
   * @throws IllegalArgumentException if there are not 80 bytes
   */
  public void add(@Nullable Long height, byte[] wire, @Nullable String hash) {
    if (wire.length != BlockHeader.BYTES) {
      throw new IllegalArgumentException(
          "a header must have 80 bytes (160 hex digits), got " + wire.length);
    }
    headers++;
    Hash256 own = Hash256.sha256d(wire);
    if (hash != null && !hash.equals(own.toDisplay())) {
      fault(height, own, "hash", own.toDisplay(), hash);
    }
    BlockHeader header;
    try {
      header = BlockHeader.parse(wire);
    } catch (IllegalArgumentException e) {
      fault(height, own, "bits", "a compact target", String.valueOf(e.getMessage()));
      endRun();
      return;
    }
    if (!header.target().isMetBy(own)) {
      fault(height, own, "proof_of_work", "at most " + header.target(), own.toDisplay());
    }
    if (header.target().compareTo(LIMIT.toTarget()) > 0) {
      fault(height, own, "limit", "at most " + LIMIT, header.bits().toString());
    }
    if (height != null) {
      place(new Mark(height, own, header.previousHash(), header.time(), header.bits()));
    }
  }

  public Part end() {
    endRun();
    return new Part(headers, faults, runs, ends);
  }

  private void place(Mark mark) {
    Mark before = last;
    if (before != null && mark.height() == before.height() + 1) {
      follows(before, mark, faults);
    } else {
      endRun();
      first = mark;
    }
    last = mark;
    long inWindow = Math.floorMod(mark.height(), (long) WINDOW);
    if (inWindow == 0 || inWindow == WINDOW - 1) {
      ends.add(mark);
    }
  }

  private void endRun() {
    if (first != null && last != null) {
      runs.add(new Run(first, last));
    }
    first = null;
    last = null;
  }

  /** Checks a header against its parent, except for the bits at window boundaries. */
  static void follows(Mark parent, Mark mark, List<Violation> faults) {
    if (!mark.previousHash().equals(parent.hash())) {
      faults.add(fault(mark, "link", parent.hash().toDisplay(), mark.previousHash().toDisplay()));
    }
    if (mark.height() % WINDOW != 0 && !mark.bits().equals(parent.bits())) {
      faults.add(fault(mark, "retarget", parent.bits().toString(), mark.bits().toString()));
    }
  }

  static Violation fault(Mark mark, String rule, String expected, String found) {
    return new Violation(mark.height(), mark.hash().toDisplay(), rule, expected, found);
  }

  private void fault(
      @Nullable Long height, Hash256 hash, String rule, String expected, String found) {
    faults.add(new Violation(height, hash.toDisplay(), rule, expected, found));
  }
}
