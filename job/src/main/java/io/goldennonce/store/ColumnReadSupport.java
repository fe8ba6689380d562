package io.goldennonce.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InvalidRecordException;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads some columns of a file, and no others. */
final class ColumnReadSupport extends ReadSupport<Group> {
  private final List<RowMaker.StoredColumn> columns;

  ColumnReadSupport(List<RowMaker.StoredColumn> columns) {
    this.columns = columns;
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    Set<Type> fields = new LinkedHashSet<>();
    for (RowMaker.StoredColumn column : columns) {
      if (file.containsField(column.name())) {
        fields.add(file.getType(column.name()));
      } else if (column.required()) {
        throw new InvalidRecordException("it has no column " + column.name());
      }
    }
    return new ReadContext(new MessageType(file.getName(), new ArrayList<>(fields)));
  }

  @Override
  public RecordMaterializer<Group> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType file,
      ReadContext context) {
    return new GroupRecordConverter(context.getRequestedSchema());
  }
}
