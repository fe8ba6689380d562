package io.goldennonce.table;

import static java.util.stream.Collectors.toList;

import io.goldennonce.table.Container.Holder;
import io.goldennonce.table.Footers.Content;
import io.goldennonce.table.storage.Hooks;
import io.goldennonce.table.storage.Safeguard;
import io.goldennonce.table.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.schema.MessageType;

/**
 * Merges the small files of a table. It reads small files, writes their rows into one, reads that
 * back from the storage, and only then retires what nobody needs any more: a file of which each
 * origin is in a sound and durable file that comes before it in the order of {@link Holder#order}.
 *
 * <p>Any number of compactions may overlap, with no lock, and no row is lost or doubled; the proof
 * is in docs/storage.md, Compaction.
 */
public final class Compaction {
  /**
   * What a compaction did.
   *
   * @param merged files that were merged into larger ones
   * @param files files that are left
   * @param rows rows in what was merged
   * @param deleted files deleted, which earlier compactions had replaced or crashes had left
   */
  public record Result(long merged, long files, long rows, long deleted) {}

  /** How much larger than all smaller files together one may be to be merged with them. */
  private static final int TIER = 4;

  private final Table table;
  private final Storage storage;
  private final Hooks hooks;
  private final Duration grace;
  private boolean tiered;
  private final Set<String> written = new HashSet<>();
  private long merged;
  private long rows;

  Compaction(Table table, Duration grace) {
    this.table = table;
    this.storage = table.storage;
    this.hooks = table.hooks;
    this.grace = grace;
  }

  /**
   * Leaves merged files alone that are much larger than all that is smaller. So a row is rewritten
   * a few times in its life, at the price of a few more files.
   */
  Compaction tiered() {
    tiered = true;
    return this;
  }

  /**
   * Merges, retires what is merged, and deletes what has been of no use for the grace period.
   *
   * @throws IOException if the storage fails; the table is sound then too
   */
  public Result run() throws IOException {
    merge(table.snapshot());
    long deleted = sweep();
    return new Result(merged, table.snapshot().containers().size(), rows, deleted);
  }

  /**
   * Retires and deletes only.
   *
   * @return how many files were deleted
   */
  public long sweep() throws IOException {
    Set<String> superseded = superseded(table.snapshot());
    if (!superseded.isEmpty()) {
      storage.sync(table.directory());
    }
    for (String path : superseded) {
      storage.retire(path);
    }
    return new Sweep(storage, table.directory(), grace).run(superseded);
  }

  /** Merges what counted, however long ago that was. */
  void merge(Snapshot before) throws IOException {
    Map<Container, BitSet> partial = before.partial();
    Map<MessageType, MergedFile> bySchema = new HashMap<>();
    for (Container container : chosen(before)) {
      BitSet counting = partial.get(container);
      boolean counts = counting == null || !counting.isEmpty();
      Content content = counts ? table.footers.content(container) : null;
      if (content == null) {
        continue;
      }
      MergedFile file =
          bySchema.computeIfAbsent(content.schema(), schema -> new MergedFile(content.schema()));
      if (!file.fits(container)) {
        publish(file);
        file = new MergedFile(content.schema());
        bySchema.put(content.schema(), file);
      }
      file.add(container, content, counting);
    }
    for (MergedFile file : bySchema.values()) {
      publish(file);
    }
  }

  private void publish(MergedFile file) throws IOException {
    if (file.files() > 1) {
      written.add(file.publish(table));
      merged += file.files();
      rows += file.rows();
    }
  }

  private List<Container> chosen(Snapshot snapshot) {
    List<Container> small =
        snapshot.containers().stream().filter(MergedFile::isSmall).collect(toList());
    if (tiered) {
      small.sort(Comparator.comparingInt(container -> container.origins.size()));
      int smaller = 0;
      for (int i = 0; i < small.size(); i++) {
        int origins = small.get(i).origins.size();
        if (origins > 1 && origins > TIER * smaller) {
          small = small.subList(0, i);
          break;
        }
        smaller += origins;
      }
    }
    small.sort(Comparator.comparing(container -> container.file.name()));
    return small;
  }

  /** The files of which every origin is in a sound file that comes before it. */
  Set<String> superseded(Snapshot snapshot) throws IOException {
    Map<Container, BitSet> beaten = new HashMap<>();
    for (List<Holder> holders : snapshot.contested()) {
      boolean sound = false;
      boolean soundAndMerged = false;
      int before = 0;
      for (Holder holder : ranked(holders)) {
        // Where the first is the newest version, the one before it stays as its fallback.
        if (soundAndMerged || (sound && before > 1)) {
          beaten.computeIfAbsent(holder.container(), key -> new BitSet()).set(holder.index());
        } else if (table.footers.isSound(holder.container())) {
          sound = true;
          soundAndMerged = FileName.isMerged(holder.container().file.name());
        }
        before++;
      }
    }
    Set<String> superseded = new TreeSet<>();
    beaten.forEach(
        (container, origins) -> {
          if (origins.cardinality() == container.origins.size()) {
            superseded.add(container.file.path());
          }
        });
    return superseded;
  }

  private List<Holder> ranked(List<Holder> holders) {
    if (hooks.has(Safeguard.ORDER_BEFORE_RETIRE)) {
      return holders;
    }
    List<Holder> mineFirst = new ArrayList<>(holders);
    mineFirst.sort(
        Comparator.comparing(holder -> !written.contains(holder.container().file.name())));
    return mineFirst;
  }
}
