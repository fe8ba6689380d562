package io.goldennonce.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.goldennonce.chain.Violation;
import io.goldennonce.pow.BlockHeader;
import io.goldennonce.pow.RealHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeaderCheckTest {
  /** Bitcoin's first and last headers of windows, and a few well-known ones. */
  private static final TreeMap<Long, BlockHeader> REAL = real();

  private static TreeMap<Long, BlockHeader> real() {
    TreeMap<Long, BlockHeader> real = new TreeMap<>();
    RealHeaders.WELL_KNOWN.forEach(
        row -> real.put((long) row.height(), BlockHeader.ofHex(row.hex())));
    RealHeaders.checkpoints()
        .forEach(row -> real.put((long) row.height(), BlockHeader.ofHex(row.hex())));
    RealHeaders.windowEnds().forEach((height, header) -> real.put((long) height, header));
    return real;
  }

  @Test
  void faults_realHeaders_areNone() {
    assertThat(REAL).hasSizeGreaterThan(850);
    assertThat(faults(REAL, 1)).isEmpty();
  }

  /** Cut into parts anywhere, even between a window's last header and the next one's first. */
  @Test
  void faults_realHeadersInAnyParts_areNoneAndABrokenLinkIsTold() {
    for (int size : List.of(1, 2, 3, 7, 100)) {
      assertThat(faults(REAL, size)).isEmpty();
      TreeMap<Long, BlockHeader> without = new TreeMap<>(REAL);
      // Another real header in the place of 4031: sound by itself, but not the parent of 4032.
      without.put(4031L, REAL.get(6047L));
      assertThat(faults(without, size)).extracting(Violation::rule).contains("link");
    }
  }

  @Test
  void faults_anyBitOfAnyHeaderFlipped_areThere() {
    Random random = new Random(1);
    List<Map.Entry<Long, BlockHeader>> rows = new ArrayList<>(REAL.entrySet());
    for (int i = 0; i < 5000; i++) {
      Map.Entry<Long, BlockHeader> row = rows.get(random.nextInt(rows.size()));
      assertFlipIsFound(row.getKey(), row.getValue(), random.nextInt(640));
    }
    for (int i = 0; i < 3; i++) {
      Map.Entry<Long, BlockHeader> row = rows.get(random.nextInt(rows.size()));
      for (int bit = 0; bit < 640; bit++) {
        assertFlipIsFound(row.getKey(), row.getValue(), bit);
      }
    }
  }

  private static void assertFlipIsFound(long height, BlockHeader header, int bit) {
    byte[] wire = header.toBytes();
    wire[bit / 8] ^= (byte) (1 << bit % 8);
    HeaderCheck named = new HeaderCheck();
    named.add(height, wire, header.hash().toDisplay());
    assertThat(named.end().faults()).as("bit %d at %d", bit, height).isNotEmpty();
    // Its work alone betrays it too, where nobody says what the hash should be.
    HeaderCheck alone = new HeaderCheck();
    alone.add(null, wire, null);
    assertThat(alone.end().faults()).as("bit %d at %d", bit, height).isNotEmpty();
  }

  @Test
  void faults_wrongBitsAtABoundary_areTold() {
    TreeMap<Long, BlockHeader> wrong = new TreeMap<>(REAL);
    // A window that took another time: sound headers of their own, at heights that aren't theirs.
    wrong.put(32256L - 2016, REAL.get(0L));
    assertThat(faults(wrong, 50)).extracting(Violation::rule).contains("retarget");
  }

  @Test
  void faults_easierThanTheLimit_areTold() {
    HeaderCheck check = new HeaderCheck();
    // Regtest's genesis (Bitcoin Core, src/kernel/chainparams.cpp).
    String regtest =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b2"
            + "7ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000";
    check.add(
        0L,
        BlockHeader.ofHex(regtest).toBytes(),
        "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
    assertThat(check.end().faults()).extracting(Violation::rule).containsExactly("limit");
  }

  @Test
  void add_anotherLength_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeaderCheck().add(1L, new byte[81], null))
        .withMessage("a header must have 80 bytes (160 hex digits), got 81");
  }

  private static List<Violation> faults(Map<Long, BlockHeader> headers, int partSize) {
    List<HeaderCheck.Part> parts = new ArrayList<>();
    HeaderCheck check = new HeaderCheck();
    int inPart = 0;
    for (Map.Entry<Long, BlockHeader> row : headers.entrySet()) {
      check.add(row.getKey(), row.getValue().toBytes(), row.getValue().hash().toDisplay());
      if (++inPart == partSize) {
        parts.add(check.end());
        check = new HeaderCheck();
        inPart = 0;
      }
    }
    parts.add(check.end());
    assertThat(parts.stream().mapToLong(HeaderCheck.Part::headers).sum()).isEqualTo(headers.size());
    return HeaderJoin.faults(parts);
  }
}
