package io.goldennonce.sql;

import java.io.Serializable;
import java.util.BitSet;

/** Positions of rows in a file. */
final class RowSet implements Serializable {
  private static final long serialVersionUID = 1;

  private final BitSet positions = new BitSet();

  void add(long position) {
    positions.set(Math.toIntExact(position));
  }

  boolean contains(long position) {
    return positions.get(Math.toIntExact(position));
  }
}
