package io.goldennonce.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files and directories of a {@link DiskModel}: what they hold, and what of it is durable. */
final class DiskNodes {
  private DiskNodes() {}

  interface Node {}

  static final class Inode implements Node {
    byte[] bytes = {};
    byte[] synced = {};
    boolean dirty;
    long modified;
    @Nullable Object owner;

    boolean isLocked() {
      return owner != null && Scheduler.isAlive(owner);
    }

    void cutPower(Scheduler scheduler, String name) {
      if (!dirty) {
        return;
      }
      int kept = scheduler.choices().next(4);
      if (kept > 0) {
        scheduler.note("lost bytes of", name);
      }
      bytes =
          switch (kept) {
            case 0 -> bytes;
            case 1 -> synced;
            case 2 -> Arrays.copyOf(bytes, bytes.length / 2);
            default -> new byte[bytes.length];
          };
      synced = bytes;
      dirty = false;
    }
  }

  static final class Directory implements Node {
    final Map<String, Node> entries = new TreeMap<>();
    Map<String, Node> synced = new HashMap<>();
    final List<Map<String, @Nullable Node>> pending = new ArrayList<>();

    void change(Map<String, @Nullable Node> change) {
      apply(change, entries);
      pending.add(change);
    }

    void sync() {
      synced = new HashMap<>(entries);
      pending.clear();
    }

    static void apply(Map<String, @Nullable Node> change, Map<String, Node> to) {
      change.forEach(
          (name, node) -> {
            if (node == null) {
              to.remove(name);
            } else {
              to.put(name, node);
            }
          });
    }

    void cutPower(Scheduler scheduler) {
      for (Map<String, @Nullable Node> change : pending) {
        if (scheduler.choices().next(2) == 0) {
          apply(change, synced);
        } else {
          scheduler.note("lost", change.keySet());
        }
      }
      pending.clear();
      entries.clear();
      entries.putAll(synced);
      entries.forEach(
          (name, node) -> {
            if (node instanceof Directory below) {
              below.cutPower(scheduler);
            } else if (node instanceof Inode file) {
              file.cutPower(scheduler, name);
            }
          });
    }
  }
}
