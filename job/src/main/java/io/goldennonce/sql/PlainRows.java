package io.goldennonce.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A file's rows as they are, or those of them whose blocks are on the chain. */
final class PlainRows implements RowMaker {
  private static final long serialVersionUID = 1;
  private static final String HASH = "hash";
  private static final int ABSENT = -1;

  private final StructType columns;
  private final boolean chainOnly;

  private transient @Nullable GroupType type;
  private transient int[] fields = {};
  private transient Cell[] cells = {};
  private transient int hashField;

  PlainRows(StructType columns, boolean chainOnly) {
    this.columns = columns;
    this.chainOnly = chainOnly;
  }

  @Override
  public RowMaker fresh() {
    return new PlainRows(columns, chainOnly);
  }

  @Override
  public List<StoredColumn> reads() {
    List<StoredColumn> reads = new ArrayList<>();
    for (StructField column : columns.fields()) {
      reads.add(new StoredColumn(column.name(), !column.nullable()));
    }
    if (chainOnly) {
      reads.add(new StoredColumn(HASH, true));
    }
    return reads;
  }

  @Override
  public Iterator<InternalRow> rows(Group row, FileBundle.Part part) {
    if (row.getType() != type) {
      resolve(row.getType());
    }
    Set<String> onChain = part.onChain();
    if (chainOnly && (onChain == null || !onChain.contains(row.getString(hashField, 0)))) {
      return Collections.emptyIterator();
    }
    @Nullable Object[] values = new @Nullable Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      int field = fields[i];
      values[i] =
          field == ABSENT || row.getFieldRepetitionCount(field) == 0
              ? null
              : cells[i].value(row, field, 0);
    }
    return Collections.<InternalRow>singleton(new GenericInternalRow(values)).iterator();
  }

  /** Where a file has the columns. */
  private void resolve(GroupType newType) {
    StructField[] all = columns.fields();
    fields = new int[all.length];
    cells = new Cell[all.length];
    for (int i = 0; i < all.length; i++) {
      String name = all[i].name();
      fields[i] = newType.containsField(name) ? newType.getFieldIndex(name) : ABSENT;
      cells[i] = Cell.of(all[i].dataType());
    }
    hashField = chainOnly ? newType.getFieldIndex(HASH) : ABSENT;
    type = newType;
  }
}
