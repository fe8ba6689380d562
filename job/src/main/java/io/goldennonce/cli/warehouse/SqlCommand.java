package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.FailureText;
import io.goldennonce.output.SqlRows;
import io.goldennonce.sql.PowCatalog;
import io.goldennonce.sql.SqlScript;
import io.goldennonce.sql.function.FunctionException;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL queries on the warehouse. */
@Command(
    name = "sql",
    description = "Query the warehouse: SHOW TABLES, SHOW FUNCTIONS IN pow, DESCRIBE blocks.",
    sortOptions = false)
public final class SqlCommand implements Callable<Integer> {
  /** A mistyped option. A query that starts with a comment has more than one word. */
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][^\\s;]*");

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "QUERY",
      description = "A query, such as \"SELECT height, hash FROM chain ORDER BY height\".")
  private List<String> queries = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Run the statements in this file, separated by semicolons.")
  private @Nullable Path file;

  @Option(names = "--named", paramLabel = "NAME", description = "Run a query shown by --list.")
  private @Nullable String named;

  @Option(names = "--list", description = "List the queries that ship with the program.")
  private boolean list;

  @Option(names = "--json", description = "Print rows as JSON, one object per line.")
  private boolean json;

  @Override
  public Integer call() {
    if (list) {
      printList();
      return ExitCode.OK.code();
    }
    List<SqlScript.Statement> statements = statements();
    Configuration configuration = common.configuration();
    try (JobSession session = JobSession.start("sql", configuration, common.quiet())) {
      Warehouse warehouse = session.storage().existingWarehouse();
      SparkSession sql = session.sql();
      PowCatalog.use(sql, warehouse);
      // Return instants: java.sql's types would be converted to the JVM's time zone and calendar.
      sql.conf().set("spark.sql.datetime.java8API.enabled", "true");
      boolean answered = false;
      for (SqlScript.Statement statement : statements) {
        answered |= answer(sql, statement, statements.size() > 1, answered);
      }
      return ExitCode.OK.code();
    }
  }

  private List<SqlScript.Statement> statements() {
    for (String given : queries) {
      if (OPTION.matcher(given).matches()) {
        throw new ParameterException(spec.commandLine(), "Unknown option: '" + given + "'");
      }
    }
    if (queries.size() > 1) {
      throw new UsageException(
          "QUERY must be one argument, in quotes, got " + queries.size() + " arguments");
    }
    @Nullable String query = queries.isEmpty() ? null : queries.get(0);
    if (Stream.of(query, named, file).filter(given -> given != null).count() != 1) {
      throw new UsageException("one of QUERY, --file FILE and --named NAME must be given");
    }
    String text = query;
    if (named != null) {
      text = NamedQuery.named(named).text();
    } else if (file != null) {
      text = read(file);
    }
    List<SqlScript.Statement> statements = SqlScript.statements(text == null ? "" : text);
    if (statements.isEmpty()) {
      throw new UsageException(source() + " must hold at least 1 statement, got none");
    }
    return statements;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(
          "--file must be a text in UTF-8 that can be read, got %s (%s)"
              .formatted(file, FailureText.of(e)),
          e);
    }
  }

  private String source() {
    return file != null ? "--file " + file : "QUERY";
  }

  private void printList() {
    for (NamedQuery each : NamedQuery.values()) {
      common.out().printf("%-10s  %s%n", each.label(), each.about());
    }
  }

  /** Runs a statement; returns whether it has a result. SET has one, CREATE TEMPORARY VIEW none. */
  private boolean answer(
      SparkSession sql, SqlScript.Statement statement, boolean several, boolean further) {
    try {
      Dataset<Row> rows = sql.sql(statement.text());
      boolean answers = rows.columns().length > 0;
      if (answers) {
        print(rows, further);
      }
      return answers;
    } catch (Exception e) {
      // Spark's Scala code throws checked exceptions undeclared.
      String source = several ? source() + ": statement " + statement.number() : source();
      throw explained(e, source, statement);
    }
  }

  /** Converts an error in the query to a usage error; returns other failures unchanged. */
  private static RuntimeException explained(
      Exception failure, String source, SqlScript.Statement statement) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfTheQuery(cause)) {
        String message = statement.inScript(FailureText.of(cause));
        return new UsageException(source + ": " + message, failure);
      }
      if (cause instanceof IOException unreadable) {
        return new UncheckedIOException(unreadable.getMessage(), unreadable);
      }
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** By the class of SQLSTATE: feature not supported, data exception, syntax error. */
  private static boolean isOfTheQuery(Throwable cause) {
    if (cause instanceof SparkThrowable known && known.getSqlState() != null) {
      return Stream.of("0A", "21", "22", "42").anyMatch(known.getSqlState()::startsWith);
    }
    return cause instanceof AnalysisException
        || cause instanceof FunctionException
        || cause instanceof UnsupportedOperationException;
  }

  private void print(Dataset<Row> rows, boolean further) {
    PrintWriter out = common.out();
    if (json) {
      SqlRows.printJson(rows, out);
    } else {
      if (further) {
        out.println();
      }
      SqlRows.printText(rows, out);
    }
  }
}
