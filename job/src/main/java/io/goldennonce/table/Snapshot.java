package io.goldennonce.table;

import io.goldennonce.table.Container.Holder;
import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Safeguard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which rows of a table count, as one listing showed it: for each origin those of one file, the
 * best in the order of {@link Holder#order}. It depends on nothing but the listing and what the
 * files say, so that all readers agree, and on no order in which the files came to be.
 */
public final class Snapshot {
  private final List<Container> containers;
  private final Index merged;
  private final Index plain;
  private final List<Part> parts;

  /** The origins that more than one file holds, each with its holders, best first. */
  private final Map<Origin.Id, List<Holder>> contested;

  /**
   * Who holds what, in the files of one kind.
   *
   * @param holders of each origin, best first
   * @param contested those origins that several of the files hold
   */
  record Index(
      List<Container> containers,
      Map<Origin.Id, List<Holder>> holders,
      Map<Origin.Id, List<Holder>> contested) {
    static Index of(List<Container> containers, Comparator<Holder> order) {
      Map<Origin.Id, List<Holder>> holders = new HashMap<>();
      Map<Origin.Id, List<Holder>> contested = new HashMap<>();
      for (Container container : containers) {
        for (int i = 0; i < container.origins.size(); i++) {
          Holder holder = new Holder(container, i);
          Origin.Id id = holder.origin().id();
          List<Holder> others = holders.putIfAbsent(id, List.of(holder));
          if (others != null) {
            List<Holder> all = sorted(others, List.of(holder), order);
            holders.put(id, all);
            contested.put(id, all);
          }
        }
      }
      return new Index(containers, holders, contested);
    }

    private static List<Holder> sorted(List<Holder> a, List<Holder> b, Comparator<Holder> order) {
      return Stream.concat(a.stream(), b.stream()).sorted(order).toList();
    }

    List<Holder> of(Origin.Id id) {
      return holders.getOrDefault(id, List.of());
    }
  }

  /**
   * Resolves.
   *
   * @param merged of the merged files, made once for as long as these do not change
   * @param others the other files
   */
  Snapshot(Index merged, List<Container> others, Hooks hooks) {
    Comparator<Holder> order = Holder.order(hooks);
    this.merged = merged;
    this.plain = Index.of(others, order);
    this.containers = new ArrayList<>(merged.containers());
    this.containers.addAll(others);
    this.containers.sort(Comparator.comparing(container -> container.file.name()));
    this.contested = new LinkedHashMap<>(merged.contested());
    plain
        .holders()
        .forEach(
            (id, holders) -> {
              if (holders.size() + merged.of(id).size() > 1) {
                contested.put(id, Index.sorted(holders, merged.of(id), order));
              }
            });
    this.parts = hooks.has(Safeguard.ROWS_ONCE) ? resolve(hooks) : all();
  }

  /** What counts, in order of file names. */
  public List<Part> parts() {
    return parts;
  }

  /**
   * The highest version of a key in a versioned table; 0 if there is none.
   *
   * @param key as given to {@link Table#versions}
   */
  public int version(String key) {
    Origin.Id id = Origin.Id.of(key);
    return Stream.concat(merged.of(id).stream(), plain.of(id).stream())
        .mapToInt(holder -> holder.origin().version())
        .max()
        .orElse(0);
  }

  /** All files, whether they count or not. */
  List<Container> containers() {
    return containers;
  }

  /** The holders of origins that several files hold, best first. */
  Iterable<List<Holder>> contested() {
    return contested.values();
  }

  /** The origins of each file that count; a file of which all count is not there. */
  Map<Container, BitSet> partial() {
    Map<Container, BitSet> counting = new HashMap<>();
    for (List<Holder> holders : contested.values()) {
      for (Holder loser : holders.subList(1, holders.size())) {
        counting.computeIfAbsent(loser.container(), Snapshot::everything).clear(loser.index());
      }
    }
    return counting;
  }

  private List<Part> resolve(Hooks hooks) {
    Map<Container, BitSet> partial = partial();
    Map<Container, List<List<Holder>>> won = new HashMap<>();
    if (hooks.has(Safeguard.FALLBACK)) {
      contested
          .values()
          .forEach(
              holders ->
                  won.computeIfAbsent(holders.get(0).container(), key -> new ArrayList<>())
                      .add(holders));
    }
    List<Part> resolved = new ArrayList<>();
    for (Container container : containers) {
      BitSet counting = partial.get(container);
      if (counting == null || container.hasRows(counting)) {
        resolved.add(
            new Part(
                container.file,
                counting == null ? null : container.rows(counting),
                fallbacks(won.getOrDefault(container, List.of()), 1)));
      }
    }
    return List.copyOf(resolved);
  }

  /** The parts that count where the holders before a rank are damaged. */
  private static List<Part> fallbacks(List<List<Holder>> chains, int rank) {
    Map<String, List<List<Holder>>> byFile = new TreeMap<>();
    for (List<Holder> chain : chains) {
      if (chain.size() > rank) {
        byFile
            .computeIfAbsent(chain.get(rank).container().file.name(), key -> new ArrayList<>())
            .add(chain);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (List<List<Holder>> same : byFile.values()) {
      Container container = same.get(0).get(rank).container();
      BitSet which = new BitSet();
      same.forEach(chain -> which.set(chain.get(rank).index()));
      if (container.hasRows(which)) {
        parts.add(new Part(container.file, container.rows(which), fallbacks(same, rank + 1)));
      }
    }
    return parts;
  }

  private List<Part> all() {
    return containers.stream().map(container -> Part.whole(container.file)).toList();
  }

  private static BitSet everything(Container container) {
    BitSet all = new BitSet();
    all.set(0, container.origins.size());
    return all;
  }
}
