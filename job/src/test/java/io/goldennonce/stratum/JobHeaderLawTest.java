package io.goldennonce.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.goldennonce.pow.BlockHeader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.bitcoinj.base.Sha256Hash;

/**
 * A pool's job gives the header that another implementation makes of the whole block: the merkle
 * tree over all transactions and the hash are bitcoinj's digests and this test's own tree.
 */
class JobHeaderLawTest {
  private static final HexFormat HEX = HexFormat.of();

  @Property(tries = 200)
  void header_ofAnyJob_isThatOfTheWholeBlock(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int transactions,
      @ForAll @IntRange(min = 0, max = 12) int extranonce1,
      @ForAll @IntRange(min = 0, max = 12) int extranonce2,
      @ForAll int version,
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long time,
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long nonce,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long variant) {
    Random random = new Random(seed);
    byte[] before = bytes(random, random.nextInt(80));
    byte[] after = bytes(random, random.nextInt(200));
    byte[] first = bytes(random, extranonce1);
    byte[] previous = bytes(random, 32);
    List<byte[]> others = new ArrayList<>();
    for (int i = 1; i < transactions; i++) {
      others.add(bytes(random, 32));
    }

    ArrayNode notify = new ObjectMapper().createArrayNode().add("j");
    notify.add(HEX.formatHex(swapped(previous)));
    notify.add(HEX.formatHex(before)).add(HEX.formatHex(after));
    ArrayNode branch = notify.addArray();
    branch(others).forEach(hash -> branch.add(HEX.formatHex(hash)));
    notify.add(word(version)).add("1d00ffff").add(word((int) time)).add(true);
    JobSearch headers =
        new JobSearch(
            "pool",
            new PoolJob(
                StratumJob.of(notify),
                new Extranonce(HEX.formatHex(first), extranonce2),
                1,
                1,
                0,
                0));
    long which = variant % headers.variants();
    BlockHeader header = BlockHeader.parse(headers.variant(which).message(nonce));

    // The other way: put the coinbase together, and hash the tree of all transactions.
    byte[] second = HEX.parseHex(headers.extranonce2(which));
    assertThat(second).hasSize(extranonce2);
    BigInteger all = BigInteger.ONE.shiftLeft(8 * extranonce2);
    assertThat(new BigInteger(1, second)).isEqualTo(BigInteger.valueOf(which).mod(all));
    byte[] coinbase =
        ByteBuffer.allocate(before.length + first.length + second.length + after.length)
            .put(before)
            .put(first)
            .put(second)
            .put(after)
            .array();
    List<byte[]> leaves = new ArrayList<>();
    leaves.add(Sha256Hash.hashTwice(coinbase));
    leaves.addAll(others);
    assertThat(header.merkleRoot().toBytes()).isEqualTo(root(leaves));
    assertThat(header.previousHash().toBytes()).isEqualTo(previous);
    assertThat(header.version()).isEqualTo(version);
    assertThat(header.time())
        .isEqualTo(time + BigInteger.valueOf(which).divide(all).longValueExact());
    assertThat(header.nonce()).isEqualTo(nonce);
    assertThat(header.hash().toBytes()).isEqualTo(Sha256Hash.hashTwice(header.toBytes()));
  }

  /** The siblings on the first leaf's way up. */
  private static List<byte[]> branch(List<byte[]> others) {
    List<byte[]> branch = new ArrayList<>();
    List<byte[]> level = new ArrayList<>();
    level.add(new byte[32]); // stands for the coinbase
    level.addAll(others);
    while (level.size() > 1) {
      branch.add(level.get(1));
      level = parents(level);
    }
    return branch;
  }

  private static byte[] root(List<byte[]> leaves) {
    List<byte[]> level = leaves;
    while (level.size() > 1) {
      level = parents(level);
    }
    return level.get(0);
  }

  private static List<byte[]> parents(List<byte[]> level) {
    List<byte[]> parents = new ArrayList<>();
    for (int i = 0; i < level.size(); i += 2) {
      byte[] right = level.get(Math.min(i + 1, level.size() - 1));
      parents.add(
          Sha256Hash.hashTwice(ByteBuffer.allocate(64).put(level.get(i)).put(right).array()));
    }
    return parents;
  }

  private static byte[] swapped(byte[] digest) {
    ByteBuffer swapped = ByteBuffer.allocate(32);
    for (int word = 0; word < 8; word++) {
      for (int i = 3; i >= 0; i--) {
        swapped.put(digest[4 * word + i]);
      }
    }
    return swapped.array();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String word(int value) {
    return String.format(Locale.ROOT, "%08x", value);
  }
}
