package io.goldennonce.search;

import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * What is searched for, and where.
 *
 * @param template what is hashed at a position
 * @param target a hash must be at or below it
 * @param keyspace the positions to look at, within the template's
 * @param mode which solution to end with
 */
public record SearchSpec(
    SearchTemplate template, Target target, NonceRange keyspace, ResultMode mode)
    implements Serializable {
  private static final int ID_DIGITS = 16;

  public SearchSpec {
    if (keyspace.to() > template.keyspace().to()) {
      throw new IllegalArgumentException(
          "the keyspace must end at "
              + template.keyspace().to()
              + " at the latest, got "
              + keyspace.to());
    }
  }

  /** A search of the template's whole keyspace. */
  public static SearchSpec of(SearchTemplate template, Target target, ResultMode mode) {
    return new SearchSpec(template, target, template.keyspace(), mode);
  }

  /** The search's fingerprint, 16 hex digits: the same template and target give the same id. */
  public String id() {
    String text = template.canonicalText() + " target " + target;
    return Hash256.sha256(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, ID_DIGITS);
  }
}
