package io.goldennonce.table;

import io.goldennonce.table.storage.Storage;
import io.goldennonce.table.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How version 0.1.0 merged files: a note {@code _replaced-by-NAME}, one name per line, hides the
 * files that are merged into NAME, for as long as NAME is there and readable. Compaction retires
 * what a note hides, and then the note.
 *
 * @param notes those that hide files which are still there, in order of names
 * @param hidden names of the files that do not count
 * @param spent paths of notes that hide nothing any more
 */
record LegacyNotes(List<Note> notes, Set<String> hidden, List<String> spent) {
  private static final String PREFIX = "_replaced-by-";

  /**
   * A note that counts.
   *
   * @param path of the note
   * @param merged the merged file
   * @param replaced all names in the note
   * @param there the files that it hides and that are still there
   */
  record Note(String path, StoredFile merged, Set<String> replaced, List<StoredFile> there) {}

  /**
   * Reads the notes of a listing.
   *
   * @param read names in the notes read before, which never change; those read now are added
   * @param footers tell whether a merged file is readable
   * @throws java.io.FileNotFoundException if a note has gone meanwhile: list again
   */
  static LegacyNotes of(
      List<StoredFile> files, Storage storage, Map<String, Set<String>> read, Footers footers)
      throws IOException {
    Map<String, StoredFile> byName = new TreeMap<>();
    files.forEach(file -> byName.put(file.name(), file));
    List<Note> notes = new ArrayList<>();
    Set<String> hidden = new HashSet<>();
    List<String> spent = new ArrayList<>();
    for (StoredFile file : byName.values()) {
      if (!file.name().startsWith(PREFIX)) {
        continue;
      }
      StoredFile merged = byName.get(file.name().substring(PREFIX.length()));
      if (merged == null) {
        spent.add(file.path());
      } else if (footers.isReadable(merged)) {
        Set<String> names = names(file, storage, read);
        // Two compactions of 0.1.0 at once merged the same files twice.
        Optional<Note> twin =
            notes.stream().filter(note -> note.replaced().containsAll(names)).findFirst();
        if (twin.isPresent()) {
          twin.get().there().add(merged);
          hidden.add(merged.name());
        } else {
          List<StoredFile> there = new ArrayList<>(byName.values());
          there.removeIf(other -> !names.contains(other.name()));
          notes.add(new Note(file.path(), merged, names, there));
          hidden.addAll(names);
        }
      }
    }
    notes.stream().filter(note -> note.there().isEmpty()).map(Note::path).forEach(spent::add);
    notes.removeIf(note -> note.there().isEmpty());
    return new LegacyNotes(notes, hidden, spent);
  }

  /** Names of merged files that must stay, as what they hide is still there. */
  Set<String> waiting() {
    return notes.stream().map(note -> note.merged().name()).collect(Collectors.toSet());
  }

  private static Set<String> names(StoredFile note, Storage storage, Map<String, Set<String>> read)
      throws IOException {
    Set<String> names = read.get(note.name());
    if (names == null) {
      String text = new String(storage.read(note.path()), StandardCharsets.UTF_8);
      names = Set.copyOf(text.lines().toList());
      read.put(note.name(), names);
    }
    return names;
  }
}
