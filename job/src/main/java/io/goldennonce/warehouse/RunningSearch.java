package io.goldennonce.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.goldennonce.table.storage.Lease;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a warehouse says of a search that is being run.
 *
 * @param searchId the search's fingerprint
 * @param host where its driver runs
 * @param pid the driver's process; 0 if unknown
 * @param seenAt when it last said that it is alive
 */
public record RunningSearch(String searchId, String host, long pid, Instant seenAt) {
  private static final Pattern HOLDER = Pattern.compile("(\\d{1,18}) (.+)");

  /** What a lease says about its holder. */
  static byte[] holder(String host, long pid) {
    return (pid + " " + host).getBytes(UTF_8);
  }

  /** From a lease, whose name begins with the search's id. */
  static RunningSearch of(Lease.Held held, Instant now) {
    // It can't be read while it is renewed, or when it has just ended.
    Matcher holder = HOLDER.matcher(new String(held.holder(), UTF_8));
    boolean known = holder.matches();
    return new RunningSearch(
        held.lease().split("-")[0],
        known ? holder.group(2) : "unknown host",
        known ? Long.parseLong(holder.group(1)) : 0,
        now.minus(held.age()));
  }
}
