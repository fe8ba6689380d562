package io.goldennonce.audit;

import io.goldennonce.audit.HeaderCheck.Mark;
import io.goldennonce.audit.HeaderCheck.Part;
import io.goldennonce.audit.HeaderCheck.Run;
import io.goldennonce.chain.Retarget;
import io.goldennonce.chain.Violation;
import io.goldennonce.pow.CompactBits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the boundaries between the parts of a file of headers: links from one run to the next, and
 * the bits of each retarget window whose first and last header and whose successor's first header
 * are present.
 */
public final class HeaderJoin {
  private HeaderJoin() {}

  /** All violations, within the parts and between them. */
  public static List<Violation> faults(Collection<Part> parts) {
    List<Violation> faults = new ArrayList<>();
    Map<Long, Mark> lastOfRun = new HashMap<>();
    Map<Long, Mark> ends = new HashMap<>();
    for (Part part : parts) {
      faults.addAll(part.faults());
      part.runs().forEach(run -> lastOfRun.put(run.last().height(), run.last()));
      part.ends().forEach(end -> ends.put(end.height(), end));
    }
    for (Part part : parts) {
      for (Run run : part.runs()) {
        Mark parent = lastOfRun.get(run.first().height() - 1);
        if (parent != null) {
          HeaderCheck.follows(parent, run.first(), faults);
        }
      }
    }
    ends.values().forEach(end -> boundary(end, ends, faults));
    return faults;
  }

  private static void boundary(Mark mark, Map<Long, Mark> ends, List<Violation> faults) {
    int window = Retarget.BITCOIN.window();
    if (mark.height() % window != 0) {
      return;
    }
    Mark first = ends.get(mark.height() - window);
    Mark last = ends.get(mark.height() - 1);
    if (first == null || last == null) {
      return;
    }
    if (!last.bits().equals(first.bits())) {
      faults.add(
          HeaderCheck.fault(last, "retarget", first.bits().toString(), last.bits().toString()));
    }
    CompactBits bits =
        Retarget.BITCOIN.next(last.bits(), first.time(), last.time(), HeaderCheck.LIMIT);
    if (!bits.equals(mark.bits())) {
      faults.add(HeaderCheck.fault(mark, "retarget", bits.toString(), mark.bits().toString()));
    }
  }
}
