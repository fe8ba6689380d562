package io.goldennonce.testing;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How much memory an object holds, with all that can be reached from it: an estimate from above.
 */
public final class ReachableMemory {
  private static final int HEADER = 16;
  private static final int FIELD = 8;

  private ReachableMemory() {}

  /** Bytes of an object and of all that its fields lead to; what a JDK module hides counts once. */
  public static long bytes(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>();
    seen.add(root);
    left.add(root);
    long bytes = 0;
    while (!left.isEmpty()) {
      Object object = left.remove();
      bytes += HEADER;
      if (object.getClass().isArray()) {
        int length = Array.getLength(object);
        boolean holdsObjects = object instanceof Object[];
        for (int i = 0; i < length; i++) {
          visit(holdsObjects ? ((Object[]) object)[i] : null, seen, left);
        }
        bytes += (long) length * (object instanceof byte[] ? 1 : FIELD);
      } else {
        bytes += fields(object, seen, left);
      }
    }
    return bytes;
  }

  private static long fields(Object object, Set<Object> seen, Deque<Object> left) {
    long bytes = 0;
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        bytes += FIELD;
        if (!field.getType().isPrimitive()) {
          try {
            field.setAccessible(true);
            visit(field.get(object), seen, left);
          } catch (InaccessibleObjectException e) {
            bytes += HEADER + FIELD; // an Instant's like, which holds little
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
    return bytes;
  }

  private static void visit(Object object, Set<Object> seen, Deque<Object> left) {
    boolean isShared = object == null || object instanceof Class<?> || object instanceof Enum<?>;
    if (!isShared && seen.add(object)) {
      left.add(object);
    }
  }
}
