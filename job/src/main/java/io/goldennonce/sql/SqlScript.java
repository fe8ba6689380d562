package io.goldennonce.sql;

import java.util.ArrayList;
import java.util.List;

/** A text of SQL statements that end in semicolons. */
public final class SqlScript {
  private SqlScript() {}

  /**
   * The statements, without their semicolons and with their comments. A semicolon in quotes or in a
   * comment ends none; nothing but comments is none.
   */
  public static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    int begin = 0;
    boolean empty = true;
    for (int at = 0; at < script.length(); ) {
      char c = script.charAt(at);
      if (c == ';') {
        add(statements, script.substring(begin, at), empty);
        begin = at + 1;
        empty = true;
      }
      int end = endOfComment(script, at);
      if (end == at) {
        empty &= c == ';' || Character.isWhitespace(c);
        end = c == '\'' || c == '"' || c == '`' ? endOfQuotes(script, at) : at + 1;
      }
      at = end;
    }
    add(statements, script.substring(begin), empty);
    return statements;
  }

  private static void add(List<String> statements, String statement, boolean empty) {
    if (!empty) {
      statements.add(statement.strip());
    }
  }

  /** Behind the comment that begins here; here, if none does. */
  private static int endOfComment(String script, int at) {
    if (script.startsWith("--", at)) {
      return after(script, "\n", at);
    }
    return script.startsWith("/*", at) ? after(script, "*/", at + 2) : at;
  }

  /** Behind the closing quote. Names in backquotes know no backslash. */
  private static int endOfQuotes(String script, int at) {
    char quote = script.charAt(at);
    int end = at + 1;
    while (end < script.length() && script.charAt(end) != quote) {
      end += script.charAt(end) == '\\' && quote != '`' ? 2 : 1;
    }
    return Math.min(end + 1, script.length());
  }

  private static int after(String script, String mark, int at) {
    int found = script.indexOf(mark, at);
    return found < 0 ? script.length() : found + mark.length();
  }
}
