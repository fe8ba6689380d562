package io.goldennonce.table.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PrimitiveIterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file as rows of plain values: an array with a value per column.
 *
 * <p>A value is a {@code Long}, {@code Integer}, {@code Double}, {@code Boolean}, {@code byte[]}
 * (texts in UTF-8, and INT96 timestamps as they are stored), an {@code Object[]} of these for a
 * list, or null. Columns of other types (maps, structs) are refused.
 *
 * <p>No Hadoop settings are read: parsing Hadoop's defaults takes longer than a small file. Readers
 * are not thread-safe.
 */
public final class ParquetFile implements Closeable {
  /** Empty on purpose, and without Hadoop's default resources; codecs ask it for their options. */
  private static final Configuration NO_SETTINGS = new Configuration(false);

  private final ParquetFileReader reader;
  private final FilterCompat.Filter filter;
  private final RowMaterializer materializer;
  private final MessageType requested;
  private @Nullable RecordReader<@Nullable Object[]> group;
  private PrimitiveIterator.@Nullable OfLong indexes;
  private long left;
  private long firstPosition;
  private long next;
  private long position = -1;

  /**
   * What to read of a file.
   *
   * @param columns the values of a row, in this order; null where a file lacks the column
   * @param filter rows that do not match are skipped; its columns must be among {@code columns}
   */
  public record Selection(List<String> columns, FilterCompat.Filter filter) {
    public Selection {
      columns = List.copyOf(columns);
    }

    /** Some columns of all rows. */
    public static Selection of(List<String> columns) {
      return new Selection(columns, FilterCompat.NOOP);
    }

    /** The same columns of rows with a value in a STRING. */
    public Selection equal(String column, String value) {
      return with(FilterApi.eq(FilterApi.binaryColumn(column), Binary.fromString(value)));
    }

    /** The same columns of rows with a value in a STRING that is not less. */
    public Selection atLeast(String column, String value) {
      return with(FilterApi.gtEq(FilterApi.binaryColumn(column), Binary.fromString(value)));
    }

    /** The same columns of rows with a value in a LONG from one to another, both included. */
    public Selection between(String column, long from, long to) {
      Operators.LongColumn name = FilterApi.longColumn(column);
      return with(FilterApi.and(FilterApi.gtEq(name, from), FilterApi.ltEq(name, to)));
    }

    private Selection with(FilterPredicate predicate) {
      return new Selection(columns, FilterCompat.get(predicate));
    }
  }

  private ParquetFile(ParquetFileReader reader, @Nullable Selection selection) {
    this.reader = reader;
    MessageType schema = schema();
    List<String> columns =
        selection == null
            ? schema.getFields().stream().map(Type::getName).toList()
            : selection.columns();
    this.filter = selection == null ? FilterCompat.NOOP : selection.filter();
    List<Type> present =
        columns.stream().distinct().filter(schema::containsField).map(schema::getType).toList();
    this.requested = new MessageType(schema.getName(), present);
    this.materializer = new RowMaterializer(requested, columns);
    reader.setRequestedSchema(requested);
  }

  /**
   * Writes rows into a file in memory, compressed with Zstandard.
   *
   * @param metadata key-value pairs for the footer
   * @throws IllegalArgumentException if a value does not fit its column
   */
  public static byte[] write(
      MessageType schema,
      Map<String, String> metadata,
      Iterable<? extends @Nullable Object[]> rows) {
    MemoryOutput file = new MemoryOutput();
    try (ParquetWriter<@Nullable Object[]> writer =
        new RowWriteSupport.Builder(file, new RowWriteSupport(schema, metadata))
            .withConf(NO_SETTINGS)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (@Nullable Object[] row : rows) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write rows to memory: " + e.getMessage(), e);
    }
    return file.bytes();
  }

  /** Opens a file in memory to read all of it; for exceptions see the other method. */
  public static ParquetFile open(byte[] bytes) throws IOException {
    return open(inMemory(bytes), null);
  }

  static InputFile inMemory(byte[] bytes) {
    return new WindowedFile(
        "the content",
        bytes.length,
        (from, length) -> Arrays.copyOfRange(bytes, (int) from, (int) from + length));
  }

  /**
   * Opens a file to read it.
   *
   * @param selection what to read; null for all
   * @throws IOException if it can't be read, or its footer is damaged
   * @throws RuntimeException if it is not a Parquet file
   */
  public static ParquetFile open(InputFile file, @Nullable Selection selection) throws IOException {
    return open(file, selection, new CodecFactory(NO_SETTINGS, 0));
  }

  /**
   * Opens a file of strangers: what its pages and its footer say takes no more memory than a limit.
   *
   * @param limit the most bytes that all its columns have without compression
   * @throws TooLargeException if they have more; or {@link #read} throws it where the footer lies
   * @throws IOException as {@link #open(InputFile, Selection)}
   */
  public static ParquetFile openUntrusted(InputFile file, Selection selection, long limit)
      throws IOException {
    ParquetFile opened =
        open(file, selection, new BoundedCodecs(new CodecFactory(NO_SETTINGS, 0), limit));
    try {
      BoundedCodecs.requireWithin(opened.reader.getFooter(), file.getLength(), limit);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static ParquetFile open(
      InputFile file, @Nullable Selection selection, CompressionCodecFactory codecs)
      throws IOException {
    ParquetReadOptions.Builder options =
        HadoopReadOptions.builder(NO_SETTINGS)
            .withCodecFactory(codecs)
            .usePageChecksumVerification();
    if (selection != null) {
      options.withRecordFilter(selection.filter());
    }
    ParquetFileReader reader = ParquetFileReader.open(file, options.build());
    try {
      return new ParquetFile(reader, selection);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** All columns of the file. */
  public MessageType schema() {
    return footer().getSchema();
  }

  /** The key-value pairs of its footer. */
  public Map<String, String> metadata() {
    return footer().getKeyValueMetaData();
  }

  /** How many rows its footer says there are, whatever is selected. */
  public long rowCount() {
    return reader.getRecordCount();
  }

  /**
   * The next row; null after the last.
   *
   * @throws IOException if the file can't be read
   * @throws RuntimeException if it is damaged, or a column has a type that is not supported
   */
  public @Nullable Object @Nullable [] read() throws IOException {
    while (true) {
      while (left == 0) {
        if (!openGroup()) {
          return null;
        }
      }
      left--;
      RecordReader<@Nullable Object[]> records = Objects.requireNonNull(group);
      @Nullable Object @Nullable [] row = records.read();
      position = firstPosition + (indexes == null ? next++ : indexes.nextLong());
      if (row != null && !records.shouldSkipCurrentRecord()) {
        return row;
      }
    }
  }

  /**
   * All rows of a file that was opened without a selection, to be called before {@link #read}.
   *
   * @throws IOException as {@link #read}, or if they are not as many as the footer says
   */
  public List<@Nullable Object[]> readAll() throws IOException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (@Nullable Object[] row = read(); row != null; row = read()) {
      rows.add(row);
    }
    if (rows.size() != rowCount()) {
      throw new IOException("it has " + rows.size() + " rows of " + rowCount());
    }
    return rows;
  }

  /** The position in the file of the row read last, from 0; rows that a filter skips count. */
  public long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean openGroup() throws IOException {
    PageReadStore pages = reader.readNextFilteredRowGroup();
    if (pages == null) {
      return false;
    }
    ColumnIOFactory factory = new ColumnIOFactory(footer().getCreatedBy());
    group =
        factory.getColumnIO(requested, schema(), true).getRecordReader(pages, materializer, filter);
    left = pages.getRowCount();
    firstPosition = pages.getRowIndexOffset().orElse(0L);
    indexes = pages.getRowIndexes().orElse(null);
    next = 0;
    return true;
  }

  private FileMetaData footer() {
    return reader.getFooter().getFileMetaData();
  }
}
