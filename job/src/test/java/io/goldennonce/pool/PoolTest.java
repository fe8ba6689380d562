package io.goldennonce.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.chain.Transaction;
import io.goldennonce.chain.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {
  private static final int MAX_BYTES = 200;
  private static final Transfer TRANSFER = new Transfer("bob", "alice", 5, "1", 7);
  private static final String LINE =
      "{\"to\":\"bob\",\"from\":\"alice\",\"amount\":5,\"id\":\"1\",\"date\":7}\n";

  private final Path directory;

  PoolTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void look_jsonLines_givesEachFormInItsOrder() throws IOException {
    write("a.jsonl", "\uFEFF" + LINE + "\n{\"data\": \"größer\"}\r\n{\"payload\":\"AP8=\"}\n");
    Pool.Look look = open().look();
    assertThat(look.rejected()).isEmpty();
    assertThat(transactions(look))
        .containsExactly(
            TRANSFER.transaction(),
            Transaction.ofText("größer"),
            Transaction.ofBytes(new byte[] {0, -1}));
  }

  @Test
  void look_csv_readsColumnsInAnyOrderAndQuotes() throws IOException {
    write("a.csv", "id,date,\"to\",from,amount\n1,7,bob,alice,5\n2,7,\"b,\"\"ob\",alice,6\n");
    write("b.csv", "data\n\"a, b\"\n");
    write("c.csv", "payload\nAP8=\n");
    Pool.Look look = open().look();
    assertThat(look.rejected()).isEmpty();
    assertThat(transactions(look))
        .containsExactly(
            TRANSFER.transaction(),
            new Transfer("b,\"ob", "alice", 6, "2", 7).transaction(),
            Transaction.ofText("a, b"),
            Transaction.ofBytes(new byte[] {0, -1}));
  }

  /** RFC 4180: spaces are part of a field, # begins no comment, and a number has 19 digits. */
  @Test
  void look_csv_takesEachFieldAsItIs() throws IOException {
    write("a.csv", "data\n#bitcoin\n  two spaces  \nplain\n\"\"\n\" q \"\nc\rr\r\n");
    write(
        "b.csv",
        "to,from,amount,id,date\nbob,alice,1000000000000000000,1,1700000000000\n"
            + "bob,alice,9223372036854775807,,1700000000000\n");
    Pool.Look look = open().look();
    assertThat(transactions(look))
        .containsExactly(
            Transaction.ofText("#bitcoin"),
            Transaction.ofText("  two spaces  "),
            Transaction.ofText("plain"),
            Transaction.ofText(""),
            Transaction.ofText(" q "),
            Transaction.ofText("c\rr"),
            new Transfer("bob", "alice", 1_000_000_000_000_000_000L, "1", 1_700_000_000_000L)
                .transaction());
    assertThat(transactions(look))
        .extracting(it -> it.id().toDisplay().substring(0, 16))
        .contains("eba68e5032a3986f", "abfff3293adbcf0f", "d399d27398deaffc", "ba2d0e773f39612c");
    assertThat(look.rejected()).extracting(Rejection::position).containsExactly(69L);
  }

  /** By the logical type, or refused: never by what it is stored as. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "int32 amount; int64 date (TIMESTAMP(MILLIS,true)); 5; 1700000000000; 5; 1700000000000",
        "int32 amount; int64 date (TIMESTAMP(MICROS,true)); 5; 1700000000000999; 5; 1700000000000",
        "int32 amount; int64 date (TIMESTAMP(NANOS,true)); 5; 1700000000000999999; 5;"
            + " 1700000000000",
        "int32 amount; int32 date (DATE);                   5; 19675; 5; 1699920000000",
        "int64 amount (INTEGER(64,true)); int64 date;       5; 7; 5; 7",
        "int32 amount (INTEGER(32,false)); int64 date;      -1; 7; 4294967295; 7",
        "int64 amount (INTEGER(64,false)); int64 date;      5; 7; 5; 7",
        "int32 amount (DECIMAL(9,2)); int64 date;           2500; 7; 25; 7",
        "int64 amount (DECIMAL(18,2)); int64 date (DECIMAL(18,3)); 2500; 7000; 25; 7",
        "int64 amount (INTEGER(64,false)); int64 date;      -1; 7; "
            + "'amount' must be a whole number below 2^63, got 18446744073709551615; ",
        "int32 amount (DECIMAL(9,2)); int64 date;           2550; 7; "
            + "'amount' must be a whole number below 2^63, got 25.50; ",
        "int64 amount (TIMESTAMP(MILLIS,true)); int64 date; 5; 7; "
            + "'amount' must be a whole number below 2^63, got a time; ",
        "int32 amount (DATE); int64 date;                   5; 7; got a time; ",
        "int64 amount (TIME(MICROS,true)); int64 date;      5; 7; "
            + "got a value of type time(micros,true); ",
        "int32 amount; int64 date (TIMESTAMP(MICROS,false)); 5; 7; "
            + "'date' must be a whole number below 2^63, got a timestamp without a time zone; ",
      })
  void look_parquetNumbers_areReadByTheirLogicalType(
      String amountType,
      String dateType,
      long amount,
      long date,
      String expected,
      String expectedDate)
      throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary to (STRING); required binary from (STRING); required "
                + amountType
                + "; required binary id (STRING); required "
                + dateType
                + "; }");
    Group row = new SimpleGroupFactory(type).newGroup();
    row.append("to", "bob").append("from", "alice").append("id", "1");
    appendNumber(row, "amount", amount);
    appendNumber(row, "date", date);
    Files.write(directory.resolve("a.parquet"), parquet(type, row));
    Pool.Look look = open().look();
    if (expectedDate == null) {
      assertThat(look.added()).isEmpty();
      assertThat(look.rejected())
          .singleElement()
          .extracting(Rejection::reason)
          .asString()
          .endsWith(expected);
    } else {
      assertThat(look.rejected()).isEmpty();
      assertThat(transactions(look))
          .containsExactly(
              new Transfer(
                      "bob", "alice", Long.parseLong(expected), "1", Long.parseLong(expectedDate))
                  .transaction());
    }
  }

  @Test
  void look_parquetInt96_isAnInstant() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary to; required binary from; required int64 amount;"
                + " required binary id; required int96 date; }");
    Group row = new SimpleGroupFactory(type).newGroup();
    row.append("to", "bob").append("from", "alice").append("amount", 5L).append("id", "1");
    // 2023-11-14T22:13:20Z, as Spark writes it: nanoseconds of the day, Julian day.
    byte[] int96 =
        java.nio.ByteBuffer.allocate(12)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putLong((22 * 3_600 + 13 * 60 + 20) * 1_000_000_000L)
            .putInt(2_440_588 + 19_675)
            .array();
    row.append("date", Binary.fromConstantByteArray(int96));
    Files.write(directory.resolve("a.parquet"), parquet(type, row));
    assertThat(transactions(open().look()))
        .containsExactly(new Transfer("bob", "alice", 5, "1", 1_700_000_000_000L).transaction());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "optional group data { optional binary element (STRING); } | 'data' must be text, got a"
            + " nested value",
        "repeated binary data (STRING) | 'data' must be text, got a nested value",
        "optional double data | 'data' must be text, got the floating-point number 0.5",
        "optional boolean data | 'data' must be text, got the boolean true",
        "optional binary data (DECIMAL(9,2)) | 'data' must be text, got 3.20",
        "optional fixed_len_byte_array(16) data (UUID) | 'data' must be text, got a value of type"
            + " uuid",
        "optional binary payload (STRING) | 'payload' must be base64, got §",
      })
  void look_parquetOfAnotherType_isRefusedWithIt(String field, String reason) throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { " + field.strip() + (field.contains("{") ? " }" : "; }"));
    Group row = new SimpleGroupFactory(type).newGroup();
    if (field.contains("group")) {
      row.addGroup("data").append("element", "a");
    } else if (field.contains("double")) {
      row.append("data", 0.5);
    } else if (field.contains("boolean")) {
      row.append("data", true);
    } else if (field.contains("DECIMAL")) {
      row.append("data", Binary.fromConstantByteArray(new byte[] {1, 64}));
    } else if (field.contains("UUID")) {
      row.append("data", Binary.fromConstantByteArray(new byte[16]));
    } else {
      row.append(field.contains("payload") ? "payload" : "data", "§");
    }
    Files.write(directory.resolve("a.parquet"), parquet(type, row));
    assertThat(open().look().rejected())
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).startsWith(reason.strip()));
  }

  @Test
  void look_parquet_readsRowsOnceItIsWhole() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required binary to (STRING); required binary from (STRING);"
                + " required int32 amount; optional binary id (STRING);"
                + " required int64 date (TIMESTAMP(MICROS,true)); }");
    Group good = new SimpleGroupFactory(type).newGroup();
    good.append("to", "bob").append("from", "alice").append("amount", 5).append("id", "1");
    good.append("date", 7_000L);
    Group bad = new SimpleGroupFactory(type).newGroup();
    bad.append("to", "bob").append("from", "bob").append("amount", 5).append("date", 7_000L);
    byte[] bytes = parquet(type, good, bad);
    Path file = directory.resolve("a.parquet");
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Pool pool = open();
    assertThat(pool.look()).isEqualTo(new Pool.Look(List.of(), List.of(), List.of()));
    Files.write(file, bytes);
    Pool.Look look = pool.look();
    assertThat(transactions(look)).containsExactly(TRANSFER.transaction());
    assertThat(look.rejected())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.position()).isEqualTo(1);
              assertThat(it.reason()).isEqualTo("'id' must be text, got null");
            });
    assertThat(pool.look().added()).isEmpty();

    type = MessageTypeParser.parseMessageType("message m { required binary payload; }");
    Group raw = new SimpleGroupFactory(type).newGroup();
    raw.append("payload", Binary.fromConstantByteArray(new byte[] {0, -1}));
    Group huge = new SimpleGroupFactory(type).newGroup();
    huge.append("payload", Binary.fromConstantByteArray(new byte[MAX_BYTES + 1]));
    Files.write(directory.resolve("b.parquet"), parquet(type, raw, huge));
    look = pool.look();
    assertThat(transactions(look)).containsExactly(Transaction.ofBytes(new byte[] {0, -1}));
    assertThat(look.rejected())
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).contains("at most 200 bytes, got 201"));
  }

  @Test
  void look_parquetThatStaysDamaged_isRefusedOnce() throws IOException {
    age(Files.write(directory.resolve("a.parquet"), new byte[99]));
    Pool pool = open();
    assertThat(pool.look().rejected())
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).startsWith("the file must be whole Parquet"));
    assertThat(pool.look().rejected()).isEmpty();
  }

  /** A | in the file stands for a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "jsonl; hello;                          a line must be one JSON object",
        "jsonl; [1];                            a line must be one JSON object, got [1]",
        "jsonl; {\"data\":\"a\"} x;             a line must be one JSON object",
        "jsonl; {\"data\":\"a\",\"data\":\"b\"}; a line must be one JSON object: Duplicate",
        "jsonl; {};                             a record must have 'data', or 'payload', or"
            + " [amount",
        "jsonl; {\"data\":\"a\",\"more\":1};    got [data, more]",
        "jsonl; {\"data\":5};                   'data' must be text, got 5",
        "jsonl; {\"data\":null};                'data' must be text, got null",
        "jsonl; {\"payload\":\"§\"};            'payload' must be base64",
        "jsonl; {\"to\":\"b\",\"from\":\"a\",\"id\":\"1\",\"date\":1}; a record must have",
        "jsonl; {\"to\":\"b\",\"from\":\"a\",\"amount\":1.5,\"id\":\"1\",\"date\":1}; "
            + "'amount' must be a whole number below 2^63, got 1.5",
        "jsonl; {\"to\":\"b\",\"from\":\"a\",\"amount\":\"1\",\"id\":\"1\",\"date\":1}; got 1",
        "jsonl;"
            + " {\"to\":\"b\",\"from\":\"a\",\"amount\":9223372036854775808,\"id\":\"1\",\"date\":1};"
            + " got 9223372036854775808",
        "jsonl; {\"to\":\"b\",\"from\":\"a\",\"amount\":0,\"id\":\"1\",\"date\":1}; at least 1, got"
            + " 0",
        "jsonl; {\"to\":\"a\",\"from\":\"a\",\"amount\":1,\"id\":\"1\",\"date\":1}; must differ",
        "csv;   data|a,b;                       as many values as the header, 1, got 2",
        "csv;   data|\"a;                       a quote for each quote",
        "csv;   data|c\"d;                      in quotes, and the quote doubled, got c\"d",
        "csv;   data|\"a\"b;                   must end with its closing quote, got \"a\"b",
        "csv;   data|\"a\"\"b;                 a quote for each quote",
        "csv;   to,from,amount,id,date|b,a,9223372036854775808,1,1; 'amount' must be a whole number"
            + " below 2^63, got 9223372036854775808",
        "csv;   to,from,amount,id,date|b,a,+1,1,1; 'amount' must be a whole number",
        "csv;   to,from,amount,id,date|b,a,x,1,1; 'amount' must be a whole number",
        "csv;   to,from|b,a;                    a record must have 'data'",
        "csv;   data,data|b,a;                  columns must differ",
      })
  void look_aBadRecord_saysWhy(String ending, String text, String reason) throws IOException {
    write("a." + ending, text.replace('|', '\n') + "\n");
    Pool.Look look = open().look();
    assertThat(look.added().stream().map(it -> it.transaction().payload().length))
        .allMatch(length -> length < 5);
    assertThat(look.rejected()).isNotEmpty();
    assertThat(look.rejected().get(0).reason()).contains(reason);
    assertThat(look.rejected().get(0).source()).isEqualTo("a." + ending);
  }

  @Test
  void look_hugeAndNotUtf8_areRefusedAndTheRestIsRead() throws IOException {
    Path file = directory.resolve("a.jsonl");
    String huge = "{\"data\":\"" + "x".repeat(100_000) + "\"}\n";
    Files.writeString(file, huge);
    Files.write(file, new byte[] {'{', (byte) 0xc3, '(', '}', '\n'}, StandardOpenOption.APPEND);
    Files.writeString(file, LINE, StandardOpenOption.APPEND);
    Pool.Look look = open().look();
    assertThat(transactions(look)).containsExactly(TRANSFER.transaction());
    assertThat(look.rejected())
        .extracting(Rejection::reason)
        .containsExactly(
            "a record must have at most 200 bytes, got 100011",
            "a record must be UTF-8, got other bytes");
    assertThat(look.rejected())
        .extracting(Rejection::position)
        .containsExactly(0L, (long) huge.length());
    assertThat(look.rejected().get(0).id()).isEqualTo(Transaction.ofText(huge.strip()).id());
  }

  @Test
  void look_csvWithABadHeader_refusesTheFileAndNoLine() throws IOException {
    write("a.csv", "to;from\nb;a\nc;a\n");
    Pool pool = open();
    assertThat(pool.look().rejected()).hasSize(1);
    append("a.csv", "d;a\n");
    assertThat(pool.look().rejected()).isEmpty();
  }

  @Test
  void look_aFileThatGrows_readsEachLineOnceItsBreakIsThere() throws IOException {
    write("a.jsonl", LINE + "{\"data\":");
    Pool pool = open();
    assertThat(transactions(pool.look())).containsExactly(TRANSFER.transaction());
    assertThat(pool.look().added()).isEmpty();
    append("a.jsonl", "\"late\"}");
    assertThat(pool.look()).isEqualTo(new Pool.Look(List.of(), List.of(), List.of()));
    append("a.jsonl", "\n{\"data\":\"later\"}\n");
    assertThat(transactions(pool.look()))
        .containsExactly(Transaction.ofText("late"), Transaction.ofText("later"));
  }

  @Test
  void look_aLastLineWithoutItsBreak_isReadOnceNobodyWrites() throws IOException {
    write("a.jsonl", LINE.strip());
    Pool pool = open();
    assertThat(pool.look().added()).isEmpty();
    age(directory.resolve("a.jsonl"));
    assertThat(transactions(pool.look())).containsExactly(TRANSFER.transaction());
    assertThat(pool.look().added()).isEmpty();
  }

  @Test
  void look_theSameTransactionAgain_isRefused() throws IOException {
    write("a.jsonl", LINE);
    write("b.csv", "to,from,amount,id,date\nbob,alice,5,1,7\n");
    Pool.Look look = open().look();
    assertThat(look.added()).hasSize(1);
    assertThat(look.rejected())
        .extracting(Rejection::reason)
        .containsExactly(
            "the pool has this transaction already: " + TRANSFER.transaction().id().toDisplay());
  }

  @Test
  void look_filesThatComeAndGo_followsThem() throws IOException {
    write("a.jsonl", LINE);
    write("_b.jsonl", "{\"data\":\"aside\"}\n");
    write(".c.jsonl", "{\"data\":\"hidden\"}\n");
    write("d.txt", "other");
    Pool pool = open();
    assertThat(transactions(pool.look())).containsExactly(TRANSFER.transaction());
    // A file that is renamed is the same transactions, not doubled ones.
    Files.move(directory.resolve("a.jsonl"), directory.resolve("z.jsonl"));
    Pool.Look renamed = pool.look();
    assertThat(renamed.rejected()).isEmpty();
    assertThat(renamed.gone()).isEmpty();
    assertThat(pool.transactions()).hasSize(1);
    Files.delete(directory.resolve("z.jsonl"));
    Files.move(directory.resolve("_b.jsonl"), directory.resolve("b.jsonl"));
    Pool.Look gone = pool.look();
    assertThat(gone.gone()).containsExactly(TRANSFER.transaction().id());
    assertThat(transactions(gone)).containsExactly(Transaction.ofText("aside"));
    // A shorter file of the same name is another one.
    write("b.jsonl", "{\"data\":\"b\"}\n");
    Pool.Look replaced = pool.look();
    assertThat(replaced.gone()).containsExactly(Transaction.ofText("aside").id());
    assertThat(transactions(replaced)).containsExactly(Transaction.ofText("b"));
  }

  @Test
  void look_aFileReplacedByALongerOne_isReadFromItsStart() throws IOException {
    write("a.jsonl", "{\"data\":\"one\"}\n");
    Pool pool = open();
    assertThat(transactions(pool.look())).containsExactly(Transaction.ofText("one"));
    write("new", "{\"data\":\"zero\"}\n{\"data\":\"one\"}\n");
    Files.move(
        directory.resolve("new"),
        directory.resolve("a.jsonl"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    touch("a.jsonl", 1);
    Pool.Look replaced = pool.look();
    assertThat(pool.transactions().stream().map(Pooled::transaction))
        .containsExactly(Transaction.ofText("zero"), Transaction.ofText("one"));
    assertThat(replaced.gone()).isEmpty();
    assertThat(replaced.rejected()).isEmpty();
    // In place, of the same length.
    write("a.jsonl", "{\"data\":\"2ero\"}\n{\"data\":\"one\"}\n");
    touch("a.jsonl", 2);
    pool.look();
    assertThat(pool.transactions().stream().map(Pooled::transaction))
        .containsExactly(Transaction.ofText("2ero"), Transaction.ofText("one"));
    // Grown only: nothing is read twice.
    append("a.jsonl", "{\"data\":\"three\"}\n");
    touch("a.jsonl", 3);
    Pool.Look grown = pool.look();
    assertThat(transactions(grown)).containsExactly(Transaction.ofText("three"));
    assertThat(grown.rejected()).isEmpty();
  }

  @Test
  void look_aFileThatShrinks_isReadFromItsStart() throws IOException {
    write("a.jsonl", "{\"data\":\"one\"}\n{\"data\":\"two\"}\n");
    Pool pool = open();
    pool.look();
    write("a.jsonl", "{\"data\":\"new\"}\n");
    touch("a.jsonl", 1);
    Pool.Look look = pool.look();
    assertThat(transactions(look)).containsExactly(Transaction.ofText("new"));
    assertThat(look.gone()).hasSize(2);
    append("a.jsonl", "{\"data\":\"more\"}\n");
    touch("a.jsonl", 2);
    assertThat(transactions(pool.look())).containsExactly(Transaction.ofText("more"));
  }

  @Test
  void look_aFileThatIsRotated_losesNoLine() throws IOException {
    write("a.jsonl", "{\"data\":\"one\"}\n");
    Pool pool = open();
    pool.look();
    // Written after the look, then rotated; the new file is longer than what was read.
    append("a.jsonl", "{\"data\":\"two\"}\n");
    Files.move(directory.resolve("a.jsonl"), directory.resolve("a.jsonl.1"));
    write("a.jsonl", "{\"data\":\"three, which is longer\"}\n");
    touch("a.jsonl", 1);
    Pool.Look look = pool.look();
    assertThat(look.gone()).isEmpty();
    assertThat(look.rejected()).isEmpty();
    assertThat(
            pool.transactions().stream()
                .map(
                    it ->
                        new String(
                            it.transaction().payload(), java.nio.charset.StandardCharsets.UTF_8)))
        .containsExactlyInAnyOrder("one", "two", "three, which is longer");
  }

  @Test
  void look_aSingleFile_isThatFileAlone() throws IOException {
    write("a.jsonl", LINE);
    write("b.jsonl", "{\"data\":\"other\"}\n");
    Pool pool = open(directory.resolve("a.jsonl"));
    assertThat(transactions(pool.look())).containsExactly(TRANSFER.transaction());
    Files.delete(directory.resolve("a.jsonl"));
    assertThat(pool.look().gone()).hasSize(1);
  }

  @Test
  void open_whatIsNoPool_isRefused() throws IOException {
    write("d.txt", "other");
    assertThatThrownBy(() -> open(directory.resolve("d.txt")))
        .isInstanceOf(PoolException.class)
        .hasMessageContaining(".jsonl, .ndjson, .json, .csv, .parquet, got ");
    assertThatThrownBy(() -> open(directory.resolve("none")))
        .isInstanceOf(PoolException.class)
        .hasMessageContaining("a pool must be a file or a directory");
  }

  @Test
  void write_transactions_areReadBackAndTheNameIsTakenOnce() throws IOException {
    List<Transaction> all =
        List.of(
            TRANSFER.transaction(),
            Transaction.ofText("text \"\u0000"),
            Transaction.ofBytes(new byte[] {(byte) 0xff}),
            Transaction.ofBytes(new byte[0]),
            Transaction.ofText(
                "{\"amount\":0,\"date\":0,\"from\":\"a\",\"id\":\"1\",\"to\":\"b\"}"),
            Transaction.ofText(LINE));
    PoolWriter writer = PoolWriter.open(directory.resolve("new").toString(), new Configuration());
    writer.write("one", all);
    assertThat(transactions(open(directory.resolve("new")).look())).isEqualTo(all);
    assertThatThrownBy(() -> writer.write("one", all)).isInstanceOf(PoolException.class);
    try (var files = Files.list(directory.resolve("new"))) {
      assertThat(files).hasSize(1);
    }
    assertThatThrownBy(
            () ->
                PoolWriter.open(directory.resolve("new/one.jsonl").toString(), new Configuration()))
        .isInstanceOf(PoolException.class)
        .hasMessageContaining("directory");
  }

  @Test
  void generator_ofASeed_givesTheSameDifferentTransfers() {
    TransferGenerator one = new TransferGenerator(5);
    TransferGenerator again = new TransferGenerator(5);
    List<Transfer> transfers = java.util.stream.Stream.generate(one::next).limit(1_000).toList();
    assertThat(transfers).doesNotHaveDuplicates();
    assertThat(java.util.stream.Stream.generate(again::next).limit(1_000).toList())
        .isEqualTo(transfers);
    assertThat(new TransferGenerator(6).next()).isNotEqualTo(transfers.get(0));
  }

  private Pool open() {
    return open(directory);
  }

  private static Pool open(Path path) {
    return Pool.open(
        path.toString(), new Configuration(), new Pool.Settings(MAX_BYTES, Duration.ofMinutes(5)));
  }

  private static List<Transaction> transactions(Pool.Look look) {
    return look.added().stream().map(Pooled::transaction).toList();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardOpenOption.APPEND);
  }

  private static void appendNumber(Group row, String name, long value) {
    boolean isInt =
        row.getType().getType(name).asPrimitiveType().getPrimitiveTypeName()
            == org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
    if (isInt) {
      row.append(name, (int) value);
    } else {
      row.append(name, value);
    }
  }

  /** Was written at another time than before, however coarse the clock is. */
  private void touch(String name, int seconds) throws IOException {
    Files.setLastModifiedTime(
        directory.resolve(name), FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  /** Nobody has written to it for an hour. */
  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_600)));
  }

  private byte[] parquet(MessageType type, Group... rows) throws IOException {
    Path file = Files.createTempFile("rows", ".tmp");
    Files.delete(file);
    var path = new org.apache.hadoop.fs.Path(file.toString());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path, new Configuration()))
            .withType(type)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    return bytes;
  }
}
