package io.goldennonce.table.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that claims a lease. All that decides about it is in its name and its time, so that one
 * that can't be read (it is being overwritten, or was cut by a power loss) counts the same.
 *
 * @param lease the name of the lease
 * @param token later claims of a lease have higher ones
 * @param timeToLive how often it must be renewed
 * @param owner 32 hexadecimal digits, unique to the claim
 * @param file where it is, and when it was renewed
 */
record Claim(String lease, long token, Duration timeToLive, String owner, StoredFile file) {
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_-]+)\\.(\\d{16})\\.(\\d{1,12})\\.([0-9a-f]{32})");

  static String name(String lease, long token, Duration timeToLive, String owner) {
    String name =
        String.format(Locale.ROOT, "%s.%016d.%d.%s", lease, token, timeToLive.toMillis(), owner);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a lease's name must consist of letters, digits, - and _, got " + lease);
    }
    return name;
  }

  static Optional<Claim> of(StoredFile file) {
    Matcher name = NAME.matcher(file.name());
    if (!name.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Claim(
            name.group(1),
            Long.parseLong(name.group(2)),
            Duration.ofMillis(Long.parseLong(name.group(3))),
            name.group(4),
            file));
  }

  /**
   * Whether it counts. Others wait for half as long again as its owner may, since S3 stamps a file
   * when its upload starts, with full seconds.
   *
   * @param now by the storage's clock
   */
  boolean isLive(Instant now) {
    return age(now).compareTo(timeToLive.plus(timeToLive.dividedBy(2))) < 0;
  }

  Duration age(Instant now) {
    return Duration.between(file.modified(), now);
  }
}
