package io.goldennonce.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What writers have attempted and what was acknowledged to them; judges what readers see. A row is
 * a text that exists once: {@code name} for one that was appended, {@code key@save} for one of the
 * rows that the Nth save of a key wrote.
 */
final class Expectations {
  private final Set<String> attempted = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<String, Integer> savesAttempted = new HashMap<>();
  private final Map<String, Integer> savesAcknowledged = new HashMap<>();

  /** What was acknowledged when a read began, which the read must show. */
  record Before(Set<String> rows, Map<String, Integer> saves) {}

  void attempt(String row) {
    attempted.add(row);
  }

  void acknowledge(String row) {
    acknowledged.add(row);
  }

  /** The number of the next save of a key, from 1 on. */
  int attemptSave(String key) {
    return savesAttempted.merge(key, 1, Integer::sum);
  }

  void acknowledgeSave(String key, int save) {
    savesAcknowledged.put(key, save);
  }

  Before before() {
    return new Before(Set.copyOf(acknowledged), Map.copyOf(savesAcknowledged));
  }

  /** The rows that a save writes: as many as its number, three at most. */
  static List<String> rowsOf(String key, int save) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(save, 3); i++) {
      rows.add(key + "@" + save + "#" + i);
    }
    return rows;
  }

  /**
   * Checks a read: every row acknowledged before it is there, none twice, none that nobody wrote;
   * of each key the rows of one save, not older than the last acknowledged.
   *
   * @param lost how many saves a key may fall back by, where its newest file was damaged
   */
  void check(Before before, List<String> seen, int lost) {
    assertThat(new HashSet<>(seen)).as("no row twice in %s", seen).hasSameSizeAs(seen);
    Map<String, List<String>> saved = new TreeMap<>();
    Set<String> appended = new HashSet<>();
    for (String row : seen) {
      int at = row.indexOf('@');
      if (at < 0) {
        appended.add(row);
      } else {
        saved.computeIfAbsent(row.substring(0, at), key -> new ArrayList<>()).add(row);
      }
    }
    assertThat(appended).as("no acknowledged row lost").containsAll(before.rows());
    assertThat(attempted).as("no row that nobody wrote").containsAll(appended);
    before
        .saves()
        .forEach(
            (key, save) -> {
              if (save > lost) {
                assertThat(saved).as("the key with acknowledged saves").containsKey(key);
              }
            });
    saved.forEach(
        (key, rows) -> {
          int save = Integer.parseInt(rows.get(0).replaceAll(".*@|#.*", ""));
          assertThat(rows)
              .as("all rows of one save")
              .containsExactlyInAnyOrderElementsOf(rowsOf(key, save));
          assertThat(save)
              .as("save of %s", key)
              .isBetween(
                  Math.max(1, before.saves().getOrDefault(key, 0) - lost),
                  savesAttempted.getOrDefault(key, 0));
        });
  }

  /** After a crash: what is there is there to stay, whether it was acknowledged or not. */
  void settle(List<String> seen) {
    for (String row : seen) {
      int at = row.indexOf('@');
      if (at < 0) {
        acknowledged.add(row);
      } else {
        int save = Integer.parseInt(row.substring(at + 1, row.indexOf('#')));
        savesAcknowledged.merge(row.substring(0, at), save, Math::max);
      }
    }
  }
}
