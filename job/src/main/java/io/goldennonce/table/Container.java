package io.goldennonce.table;

import io.goldennonce.table.Part.RowRange;
import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Safeguard;
import io.goldennonce.table.storage.StoredFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** A file and whose rows it holds, in the order of its rows: one origin, or many if merged. */
final class Container {
  final StoredFile file;
  final List<Origin> origins;

  Container(StoredFile file, List<Origin> origins) {
    this.file = file;
    this.origins = origins;
  }

  /** One origin of a container. */
  record Holder(Container container, int index) {
    /** Best first: the highest version, then the file with most origins, then by name. */
    static Comparator<Holder> order(Hooks hooks) {
      return Comparator.comparingInt(
              (Holder holder) ->
                  hooks.has(Safeguard.HIGHEST_VERSION) ? -holder.origin().version() : 0)
          .thenComparingInt(holder -> -holder.container.origins.size())
          .thenComparing(holder -> holder.container.file.name());
    }

    Origin origin() {
      return container.origins.get(index);
    }
  }

  /**
   * The rows of some of the origins; empty for all rows.
   *
   * @param which indexes of origins; not all of them without rows
   */
  List<RowRange> rows(BitSet which) {
    if (which.cardinality() == origins.size()) {
      return List.of();
    }
    List<RowRange> ranges = new ArrayList<>();
    long position = 0;
    for (int i = 0; i < origins.size(); i++) {
      long end = position + origins.get(i).rows();
      if (which.get(i) && end > position) {
        int last = ranges.size() - 1;
        boolean goesOn = last >= 0 && ranges.get(last).to() == position;
        long from = goesOn ? ranges.remove(last).from() : position;
        ranges.add(new RowRange(from, end));
      }
      position = end;
    }
    return ranges;
  }

  /** Whether it was merged, by this version or an earlier one. */
  boolean isMerged() {
    return origins.size() > 1 || FileName.isMerged(file.name());
  }

  /** Whether some of the origins have rows, or may have. */
  boolean hasRows(BitSet which) {
    return which.stream().anyMatch(i -> origins.get(i).rows() != 0);
  }
}
