package io.goldennonce.table;

import static java.util.stream.Collectors.toList;

import io.goldennonce.table.Container.Holder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the small files of a table. It reads small files, writes their rows into one, reads that
 * back from the storage, and only then retires what nobody needs any more.
 *
 * <p>Any number of compactions may overlap, with no lock, and no row is lost. For each origin, its
 * files are in a total order that all processes compute alike ({@link Holder#ORDER}). A file is
 * retired only if, for each of its origins, a file that comes before it in that order was there and
 * read whole. So the first file of an origin that is sound is never retired: nothing sound comes
 * before it. While files are added and retired the first one only changes to one that is still
 * further in front. No row is doubled, since readers take each origin from one file.
 */
public final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** Large enough for the full rate of a disk or S3, small enough to be built in memory. */
  private static final long LARGE_BYTES = 32L << 20;

  /** Their list takes 1.6 MB of a file's footer. */
  private static final int MANY_ORIGINS = 50_000;

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
    this.storage = table.storage();
    this.hooks = table.hooks();
    this.grace = grace;
  }

  /** A file that was read to be merged. */
  private record Input(
      Container container,
      MessageType schema,
      Map<String, String> metadata,
      List<Origin> origins,
      List<@Nullable Object[]> rows) {}

  /** Files of the same columns that become one. */
  private static final class Bundle {
    private final List<Input> inputs = new ArrayList<>();
    private long bytes;
    private int origins;

    boolean fits(Input input) {
      return bytes + input.container().file.length() <= LARGE_BYTES
          && origins + input.origins().size() <= MANY_ORIGINS;
    }

    void add(Input input) {
      inputs.add(input);
      bytes += input.container().file.length();
      origins += input.origins().size();
    }
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
   * @param alive called now and then
   * @throws IOException if the storage fails; the table is sound then too
   */
  public Compacted run(Runnable alive) throws IOException {
    List<StoredFile> listing = storage.list(table.directory());
    if (listing.isEmpty()) {
      return new Compacted(0, 0, 0, 0);
    }
    merge(listing, alive);
    long deleted = sweep();
    return new Compacted(merged, table.snapshot().containers().size(), rows, deleted);
  }

  /**
   * Retires and deletes only.
   *
   * @return how many files were deleted
   */
  public long sweep() throws IOException {
    List<StoredFile> listing = storage.list(table.directory());
    LegacyNotes legacy = table.legacy(listing);
    Set<String> superseded = new HashSet<>(superseded(table.resolve(listing)));
    for (String path : superseded) {
      storage.retire(path);
    }
    deleteReplaced(legacy);
    superseded.addAll(legacy.spent());
    return new Sweep(storage, table.directory(), grace).run(superseded);
  }

  /** Merges what counted when a listing was made, however long ago that was. */
  void merge(List<StoredFile> listing, Runnable alive) throws IOException {
    Snapshot before = table.resolve(listing);
    Map<Container, BitSet> partial = before.partial();
    Set<String> waiting = new HashSet<>();
    table.legacy(listing).notes().stream()
        .filter(note -> !note.there().isEmpty())
        .forEach(note -> waiting.add(note.merged().name()));
    Map<MessageType, Bundle> bundles = new HashMap<>();
    for (Container container : chosen(before)) {
      BitSet counting = partial.get(container);
      if (waiting.contains(container.file.name()) || (counting != null && counting.isEmpty())) {
        continue;
      }
      Input input = read(container, counting);
      if (input == null) {
        continue;
      }
      Bundle bundle = bundles.computeIfAbsent(input.schema(), schema -> new Bundle());
      if (!bundle.fits(input)) {
        write(bundle);
        alive.run();
        bundle = new Bundle();
        bundles.put(input.schema(), bundle);
      }
      bundle.add(input);
    }
    for (Bundle bundle : bundles.values()) {
      write(bundle);
    }
  }

  private List<Container> chosen(Snapshot snapshot) {
    List<Container> small =
        snapshot.containers().stream().filter(Compaction::isSmall).collect(toList());
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

  /** Whether it is merged with others. */
  static boolean isSmall(Container container) {
    return container.file.length() < LARGE_BYTES / 2 && container.origins.size() < MANY_ORIGINS / 2;
  }

  /**
   * Reads what counts of a file.
   *
   * @return null if it is damaged, then it stays as it is, or gone, as another has merged it
   */
  private @Nullable Input read(Container container, @Nullable BitSet counting) throws IOException {
    StoredFile file = container.file;
    byte[] content;
    try {
      content = storage.read(file.path(), 0, Math.toIntExact(file.length()));
    } catch (FileNotFoundException e) {
      return null;
    }
    try (ParquetFile parquet = ParquetFile.open(content)) {
      List<@Nullable Object[]> all = parquet.readAll();
      if (all.size() != parquet.rowCount()) {
        throw new IOException("it has " + all.size() + " rows of " + parquet.rowCount());
      }
      List<Origin> origins =
          FileName.isMerged(file.name())
              ? Table.origins(parquet)
              : List.of(container.origins.get(0).withRows(all.size()));
      List<Origin> kept = new ArrayList<>();
      List<@Nullable Object[]> keptRows = new ArrayList<>();
      int position = 0;
      for (int i = 0; i < origins.size(); i++) {
        Origin origin = origins.get(i);
        if (counting == null || counting.get(i)) {
          kept.add(origin);
          keptRows.addAll(all.subList(position, position + origin.rows()));
        }
        position += origin.rows();
      }
      return new Input(container, parquet.schema(), parquet.metadata(), kept, keptRows);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is damaged and not merged: {}", file.path(), e.getMessage());
      return null;
    }
  }

  private void write(Bundle bundle) throws IOException {
    if (bundle.inputs.size() < 2) {
      return;
    }
    Input first = bundle.inputs.get(0);
    List<Origin> origins = new ArrayList<>();
    List<@Nullable Object[]> all = new ArrayList<>();
    for (Input input : bundle.inputs) {
      origins.addAll(input.origins());
      all.addAll(input.rows());
    }
    Map<String, String> metadata = new HashMap<>(first.metadata());
    metadata.put(Origin.FOOTER_KEY, Origin.encode(origins));
    byte[] content = ParquetFile.write(first.schema(), metadata, all);
    requireRows(content, all);
    Input last = bundle.inputs.get(bundle.inputs.size() - 1);
    String name = FileName.merged(last.container().file.name(), hooks.ids().get());
    storage.publish(table.path(name), content);
    if (hooks.has(Safeguard.READ_BACK)) {
      byte[] stored = storage.read(table.path(name), 0, content.length);
      if (!Arrays.equals(stored, content)) {
        throw new IOException(table.path(name) + " reads otherwise than it was written");
      }
    }
    table.setSound(name);
    written.add(name);
    merged += bundle.inputs.size();
    rows += all.size();
  }

  private static void requireRows(byte[] content, List<@Nullable Object[]> rows)
      throws IOException {
    try (ParquetFile file = ParquetFile.open(content)) {
      Table.origins(file);
      for (@Nullable Object[] row : rows) {
        if (!Arrays.deepEquals(row, file.read())) {
          throw new IllegalStateException("a merged file must have the rows of its parts");
        }
      }
    }
  }

  /** The files of which every origin is in a sound file that comes before it. */
  List<String> superseded(Snapshot snapshot) throws IOException {
    Map<Container, BitSet> beaten = new HashMap<>();
    for (List<Holder> holders : snapshot.contested()) {
      boolean sound = false;
      boolean soundAndMerged = false;
      int before = 0;
      for (Holder holder : ranked(holders)) {
        // Where the first is the newest version, the one before it stays as its fallback.
        if (soundAndMerged || (sound && before > 1)) {
          beaten.computeIfAbsent(holder.container(), key -> new BitSet()).set(holder.index());
        } else if (table.isSound(holder.container().file)) {
          sound = true;
          soundAndMerged = FileName.isMerged(holder.container().file.name());
        }
        before++;
      }
    }
    List<String> superseded = new ArrayList<>();
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

  /**
   * Deletes what notes of 0.1.0 hide, where what they stand for is sound. A note whose files have
   * notes of their own waits for these. The notes themselves go after the grace period: a power cut
   * could bring back the files.
   */
  private void deleteReplaced(LegacyNotes legacy) throws IOException {
    Set<String> withNotes = new HashSet<>();
    legacy.notes().stream()
        .filter(note -> !note.there().isEmpty())
        .forEach(note -> withNotes.add(note.merged().name()));
    for (LegacyNotes.Note note : legacy.notes()) {
      boolean inner = note.there().stream().map(StoredFile::name).noneMatch(withNotes::contains);
      if (inner && !note.there().isEmpty() && table.isSound(note.merged())) {
        for (StoredFile file : note.there()) {
          storage.retire(file.path());
          storage.delete(file.path());
        }
      }
    }
  }
}
