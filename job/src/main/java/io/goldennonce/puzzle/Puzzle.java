package io.goldennonce.puzzle;

import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.pow.Target;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.SearchSpec;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.Solution;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A puzzle to solve.
 *
 * @param target the upper bound of a solution's hash; empty if the lowest hash is wanted
 * @param upperCase whether its hashes are shown in upper-case hex
 * @param more further fields of a solution, by column name
 */
public record Puzzle(
    SearchTemplate template,
    Optional<Target> target,
    boolean upperCase,
    Function<Solution, Map<String, Object>> more) {

  /** Creates a puzzle without further fields. */
  public Puzzle(SearchTemplate template, Optional<Target> target, boolean upperCase) {
    this(template, target, upperCase, found -> Map.of());
  }

  public SearchSpec search(NonceRange keyspace, ResultMode mode) {
    return target
        .map(bound -> new SearchSpec(template, bound, keyspace, mode))
        .orElseGet(() -> SearchSpec.ofLowestHash(template, keyspace));
  }

  /**
   * A solution to print, keyed by the tables' column names: {@code nonce}, {@code nonce_text} if
   * the message has it in hex or base64, {@code timestamp} if it was incremented, {@code hash}, and
   * the whole message that was hashed, in {@code message} or {@code message_hex}; then the further
   * fields of the format.
   */
  public Map<String, Object> solution(Solution found) {
    Map<String, Object> solution = new LinkedHashMap<>();
    NonceTemplate message = template.variant(found.variant());
    solution.put("nonce", found.nonce());
    if (message.encoding() == NonceEncoding.HEX || message.encoding() == NonceEncoding.BASE64) {
      solution.put(
          "nonce_text", new String(message.encode(found.nonce()), StandardCharsets.US_ASCII));
    }
    if (template instanceof TimedTemplate timed) {
      solution.put("timestamp", timed.timestamp(found.variant()));
    }
    // As sha256sum prints it, whatever end of it was searched for.
    String hash =
        message.order() == HashOrder.LITTLE_ENDIAN
            ? found.hash().toHex()
            : found.hash().toDisplay();
    solution.put("hash", upperCase ? hash.toUpperCase(Locale.ROOT) : hash);
    byte[] bytes = message.message(found.nonce());
    if (message.encoding().isText() && isPrintable(bytes)) {
      solution.put("message", new String(bytes, StandardCharsets.US_ASCII));
    } else {
      solution.put("message_hex", HexFormat.of().formatHex(bytes));
    }
    solution.putAll(more.apply(found));
    return solution;
  }

  private static boolean isPrintable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.chars().allMatch(each -> each >= ' ' && each <= '~');
  }
}
