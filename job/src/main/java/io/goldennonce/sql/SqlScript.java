package io.goldennonce.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a text into SQL statements at its semicolons, by the rules of Spark's grammar. */
public final class SqlScript {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The place of an error in Spark's messages. */
  private static final Pattern POSITION = Pattern.compile("\\bline (\\d+)(,?) pos (\\d+)\\b");

  private SqlScript() {}

  /**
   * A statement, without its semicolon and with its comments.
   *
   * @param number its number in the script, from 1
   * @param line of the script in which it begins, from 1
   * @param column in which it begins, from 0
   */
  public record Statement(String text, int number, int line, int column) {
    /** Converts the line and column in Spark's message to those of the script. */
    public String inScript(String message) {
      Matcher matcher = POSITION.matcher(message);
      return matcher.replaceAll(
          found -> {
            int relative = Integer.parseInt(found.group(1));
            int position = Integer.parseInt(found.group(3));
            int inScript = relative == 1 ? column + position : position;
            return "line %s%s pos %s".formatted(line + relative - 1, found.group(2), inScript);
          });
    }
  }

  /**
   * The statements of a text. A semicolon in quotes or in a comment ends none; comments alone are
   * no statement.
   */
  public static List<Statement> statements(String text) {
    String script = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    List<Statement> statements = new ArrayList<>();
    int start = 0;
    boolean empty = true;
    for (int at = 0; at < script.length(); ) {
      char c = script.charAt(at);
      if (c == ';') {
        add(statements, script, start, at, empty);
        start = at + 1;
        empty = true;
      }
      int end = endOfComment(script, at);
      if (end == at) {
        empty &= c == ';' || Character.isWhitespace(c);
        end = c == '\'' || c == '"' || c == '`' ? endOfQuotes(script, at) : at + 1;
      }
      at = end;
    }
    add(statements, script, start, script.length(), empty);
    return statements;
  }

  private static void add(
      List<Statement> statements, String script, int from, int to, boolean empty) {
    if (empty) {
      return;
    }
    int start = from;
    while (Character.isWhitespace(script.charAt(start))) {
      start++;
    }
    String before = script.substring(0, start);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = start - 1 - before.lastIndexOf('\n');
    statements.add(
        new Statement(script.substring(start, to).strip(), statements.size() + 1, line, column));
  }

  /** The position after the comment that starts here; {@code at} if none does. */
  private static int endOfComment(String script, int at) {
    if (script.startsWith("--", at)) {
      return endOfLineComment(script, at);
    }
    return script.startsWith("/*", at) ? endOfBracketedComment(script, at) : at;
  }

  /** A backslash before a line break continues the comment. */
  private static int endOfLineComment(String script, int at) {
    int end = script.indexOf('\n', at);
    while (end > 0 && script.charAt(end - 1) == '\\') {
      end = script.indexOf('\n', end + 1);
    }
    return end < 0 ? script.length() : end + 1;
  }

  /** Bracketed comments nest. */
  private static int endOfBracketedComment(String script, int from) {
    int depth = 0;
    int at = from;
    while (at < script.length()) {
      if (script.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (script.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return script.length();
  }

  /** The position after the closing quote. Backquoted names and raw strings have no escapes. */
  private static int endOfQuotes(String script, int at) {
    char quote = script.charAt(at);
    boolean escapes = quote != '`' && !isRaw(script, at);
    int end = at + 1;
    while (end < script.length() && script.charAt(end) != quote) {
      end += script.charAt(end) == '\\' && escapes ? 2 : 1;
    }
    return Math.min(end + 1, script.length());
  }

  /** Whether the quote follows an r that is not the end of a name. */
  private static boolean isRaw(String script, int quote) {
    if (quote == 0 || Character.toLowerCase(script.charAt(quote - 1)) != 'r') {
      return false;
    }
    return quote == 1 || !Character.isUnicodeIdentifierPart(script.charAt(quote - 2));
  }
}
