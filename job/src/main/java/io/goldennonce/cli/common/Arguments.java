package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import io.goldennonce.output.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Decodes the arguments as typed. A JVM decodes arguments by the locale, and a shell may be between
 * the user and a driver on a cluster. Therefore {@code scripts/submit.sh} can send all of them in
 * one ASCII argument, and arguments with replaced characters are refused.
 */
public final class Arguments {
  /** Precedes one argument with all others: each in UTF-8, ended by a NUL, together in base64. */
  static final String ENCODED = "--encoded";

  private static final char REPLACEMENT = '\uFFFD';

  private Arguments() {}

  /**
   * The arguments as typed.
   *
   * @throws UsageException if characters of an argument were lost
   */
  public static String[] decoded(String... given) {
    if (given.length == 2 && given[0].equals(ENCODED)) {
      return ofBase64(given[1]);
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    boolean relayed = Boolean.getBoolean("SPARK_SUBMIT");
    for (String argument : given) {
      requireWhole(argument, encoding, relayed);
    }
    return given;
  }

  /** Whether a character was lost in an argument. */
  private static boolean isReplaced(String argument) {
    return argument.indexOf(REPLACEMENT) >= 0;
  }

  /**
   * Refuses an argument that may differ from what was typed.
   *
   * @param encoding the encoding by which the JVM decodes arguments
   * @param relayed whether a JVM of {@code spark-submit} has decoded and encoded them before, which
   *     replaces characters that the encoding lacks with question marks
   */
  static void requireWhole(String argument, String encoding, boolean relayed) {
    boolean isUtf8 = encoding.equals(StandardCharsets.UTF_8.name());
    if (!isReplaced(argument) && (isUtf8 || !relayed || argument.indexOf('?') < 0)) {
      return;
    }
    String remedy =
        isUtf8
            ? "give other bytes in hex (--template-hex) or in a pool's 'payload'"
            : "set LC_ALL=C.UTF-8, or start with scripts/submit.sh";
    throw new UsageException(
        "an argument must be text in the locale's encoding, which is %s, got %s; %s"
            .formatted(encoding, Printable.of(argument), remedy));
  }

  private static String[] ofBase64(String text) {
    List<String> arguments = new ArrayList<>();
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      int from = 0;
      for (int at = 0; at < bytes.length; at++) {
        if (bytes[at] == 0) {
          ByteBuffer argument = ByteBuffer.wrap(bytes, from, at - from);
          arguments.add(StandardCharsets.UTF_8.newDecoder().decode(argument).toString());
          from = at + 1;
        }
      }
      if (from == bytes.length) {
        return arguments.toArray(String[]::new);
      }
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "an argument must be UTF-8, got other bytes after "
              + arguments.stream().map(Printable::of).toList(),
          e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(ENCODED + " must have base64 after it, got another text", e);
    }
    throw new UsageException(ENCODED + " must have whole arguments after it, got a part");
  }
}
