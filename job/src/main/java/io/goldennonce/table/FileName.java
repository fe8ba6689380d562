package io.goldennonce.table;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a table's files. Appended: {@code NAME.parquet}. A version: {@code
 * KEY-VERSION-vUNIQUE.parquet}; version 0.1.0 had {@code KEY-VERSION}, {@code KEY-1-pending} and
 * {@code KEY-2-judged}. Merged: {@code LAST-merged-UNIQUE.parquet}, where LAST is the name of the
 * last file merged, so that names stay in the order of work or time, and a name that begins with
 * the greatest value in its file still does.
 */
final class FileName {
  static final String SUFFIX = ".parquet";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern VERSION =
      Pattern.compile("(.+)-(\\d{1,10})(-v[0-9a-f]{8}|-pending|-judged)?");
  private static final Pattern MERGED = Pattern.compile("(.+)-merged-[0-9a-f]{32}");

  private FileName() {}

  /** The file of an append. */
  static String appended(String name) {
    if (!ALLOWED.matcher(name).matches() || MERGED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name must consist of letters, digits, -, _ and . and not look like a merged file's,"
              + " got "
              + name);
    }
    return name + SUFFIX;
  }

  /** The file of a version. Its end tells apart two writers who save the same version. */
  static String version(String key, int version, String unique) {
    return appended(
        String.format(Locale.ROOT, "%s-%010d-v%s", key, version, unique.substring(0, 8)));
  }

  /** The file for what is merged of a file and others before it. */
  static String merged(String last, String unique) {
    Matcher merged = MERGED.matcher(stem(last));
    return (merged.matches() ? merged.group(1) : stem(last)) + "-merged-" + unique + SUFFIX;
  }

  static boolean isData(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith("_") && !name.startsWith(".");
  }

  static boolean isMerged(String name) {
    return isData(name) && MERGED.matcher(stem(name)).matches();
  }

  /** The one origin of a file that is not merged. */
  static Origin origin(String name, boolean versioned) {
    Matcher version = VERSION.matcher(stem(name));
    if (versioned && version.matches()) {
      long number = Long.parseLong(version.group(2));
      if (number <= Integer.MAX_VALUE) {
        return new Origin(Origin.Id.of(version.group(1)), (int) number, Origin.UNCOUNTED);
      }
    }
    return new Origin(Origin.Id.of(stem(name)), 0, Origin.UNCOUNTED);
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
