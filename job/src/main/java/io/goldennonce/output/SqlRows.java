package io.goldennonce.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Rows of a query as they are printed. A value has the same form in text and in JSON, nested or
 * not: binaries in hex, instants in UTC as {@code 2026-01-01T00:00:00.123456Z} with all their
 * digits, decimals with all of theirs. Spark's own {@code show} and {@code toJSON} differ in all of
 * these.
 */
public final class SqlRows {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private SqlRows() {}

  /** Prints a table, until its reader closes the stream. */
  public static void printText(Dataset<Row> rows, PrintWriter out) {
    Iterator<Row> each = rows.toLocalIterator();
    Iterator<List<String>> lines =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return each.hasNext();
          }

          @Override
          public List<String> next() {
            return cells(each.next());
          }
        };
    TextTable.print(Arrays.asList(rows.columns()), lines, out);
  }

  /** Prints a JSON object per row, nulls included, until the reader closes the stream. */
  public static void printJson(Dataset<Row> rows, PrintWriter out) {
    for (Iterator<Row> i = rows.toLocalIterator(); i.hasNext() && !out.checkError(); ) {
      out.println(json(i.next()));
    }
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      cells.add(text(row.get(i)));
    }
    return cells;
  }

  /** As it stands in a table: nested values as Spark SQL's cast to a string has them. */
  private static String text(@Nullable Object value) {
    if (value instanceof Row struct) {
      return "{" + String.join(", ", cells(struct)) + "}";
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      for (Tuple2<?, ?> entry : entries(map)) {
        entries.add(text(entry._1()) + " -> " + text(entry._2()));
      }
      return "{" + String.join(", ", entries) + "}";
    }
    if (value instanceof scala.collection.Seq<?> array) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < array.length(); i++) {
        elements.add(text(array.apply(i)));
      }
      return "[" + String.join(", ", elements) + "]";
    }
    return plain(value);
  }

  /** Scala's own converters differ between the versions that Sparks come with. */
  private static List<Tuple2<?, ?>> entries(scala.collection.Map<?, ?> map) {
    List<Tuple2<?, ?>> entries = new ArrayList<>();
    for (scala.collection.Iterator<?> i = map.iterator(); i.hasNext(); ) {
      entries.add((Tuple2<?, ?>) i.next());
    }
    return entries;
  }

  /** A value that holds no others. */
  private static String plain(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    }
    return String.valueOf(value);
  }

  private static String json(Row row) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      write(row, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Row struct) {
      json.writeStartObject();
      for (int i = 0; i < struct.length(); i++) {
        json.writeFieldName(struct.schema().fields()[i].name());
        write(struct.get(i), json);
      }
      json.writeEndObject();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      json.writeStartObject();
      for (Tuple2<?, ?> entry : entries(map)) {
        json.writeFieldName(text(entry._1()));
        write(entry._2(), json);
      }
      json.writeEndObject();
    } else if (value instanceof scala.collection.Seq<?> array) {
      json.writeStartArray();
      for (int i = 0; i < array.length(); i++) {
        write(array.apply(i), json);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      writePlain(value, json);
    }
  }

  private static void writePlain(Object value, JsonGenerator json) throws IOException {
    if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number whole) {
      json.writeNumber(whole.longValue());
    } else {
      json.writeString(plain(value));
    }
  }
}
