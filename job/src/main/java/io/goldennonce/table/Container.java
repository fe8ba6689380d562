package io.goldennonce.table;

import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Safeguard;
import io.goldennonce.table.storage.StoredFile;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * The positions of the rows of some of the origins; null for all.
   *
   * @param which indexes of origins; not all of them without rows
   */
  @Nullable BitSet rows(BitSet which) {
    if (which.cardinality() == origins.size()) {
      return null;
    }
    BitSet rows = new BitSet();
    int position = 0;
    for (int i = 0; i < origins.size(); i++) {
      int end = position + origins.get(i).rows();
      rows.set(position, end, which.get(i));
      position = end;
    }
    return rows;
  }

  /** Whether some of the origins have rows, or may have. */
  boolean hasRows(BitSet which) {
    return which.stream().anyMatch(i -> origins.get(i).rows() != 0);
  }
}
