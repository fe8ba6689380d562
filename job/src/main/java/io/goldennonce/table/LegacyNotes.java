package io.goldennonce.table;

import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How version 0.1.0 merged files: a note {@code _replaced-by-NAME}, one name per line, says of
 * which files NAME has the rows. So it stands for the origins that merged files have in their
 * footers today.
 */
final class LegacyNotes {
  static final String PREFIX = "_replaced-by-";

  private LegacyNotes() {}

  /**
   * The origins of files that have a note, by their names. The first has all of the rows: what the
   * names have together.
   *
   * @param known the answer for the notes and files seen last, as neither ever changes
   * @throws java.io.FileNotFoundException if a note has gone meanwhile: list again
   */
  static Map<String, List<Origin>> origins(
      List<StoredFile> files,
      Storage storage,
      Map<Set<StoredFile>, Map<String, List<Origin>>> known,
      Footers footers)
      throws IOException {
    Map<String, StoredFile> noted = new TreeMap<>();
    for (StoredFile file : files) {
      if (file.name().startsWith(PREFIX)) {
        noted.put(file.name().substring(PREFIX.length()), file);
      }
    }
    Set<StoredFile> seen = new HashSet<>(noted.values());
    files.stream().filter(file -> noted.containsKey(file.name())).forEach(seen::add);
    Map<String, List<Origin>> origins = known.get(seen);
    if (origins == null) {
      origins = origins(noted, seen, storage, footers);
      known.clear();
      known.put(seen, origins);
    }
    return origins;
  }

  private static Map<String, List<Origin>> origins(
      Map<String, StoredFile> noted, Set<StoredFile> files, Storage storage, Footers footers)
      throws IOException {
    Map<String, Set<String>> notes = new TreeMap<>();
    for (Map.Entry<String, StoredFile> note : noted.entrySet()) {
      String text = new String(storage.read(note.getValue().path()), StandardCharsets.UTF_8);
      notes.put(note.getKey(), Set.copyOf(text.lines().toList()));
    }
    Map<String, List<Origin>> origins = new HashMap<>();
    for (StoredFile file : files) {
      Set<String> names = notes.get(file.name());
      List<Origin> footer = names == null ? null : footers.ofUnmerged(file, together(names));
      if (names != null && footer != null) {
        List<Origin> all = new ArrayList<>(footer);
        inside(names, notes).forEach(id -> all.add(new Origin(id, 0, 0)));
        origins.put(file.name(), all);
      }
    }
    return origins;
  }

  /**
   * What has its rows in a file with some names: these, what they replace, and what a compaction
   * that ran at the same time has made of some of them.
   */
  private static Set<Origin.Id> inside(Set<String> names, Map<String, Set<String>> notes) {
    Set<String> all = new HashSet<>(names);
    Deque<String> next = new ArrayDeque<>(names);
    while (!next.isEmpty()) {
      notes.getOrDefault(next.remove(), Set.of()).stream().filter(all::add).forEach(next::add);
    }
    Set<Origin.Id> ids = new LinkedHashSet<>();
    all.forEach(name -> ids.add(FileName.origin(name, false).id()));
    notes.values().stream().filter(all::containsAll).forEach(other -> ids.add(together(other)));
    ids.remove(together(names));
    return ids;
  }

  private static Origin.Id together(Set<String> names) {
    return Origin.Id.of(String.join("\n", new TreeSet<>(names)));
  }
}
