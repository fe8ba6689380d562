package io.goldennonce.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Chains;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockCheckTest {
  private static final List<Block> CHAIN = Chains.chain(12, Blocks.EASY);

  /**
   * What a block alone can't prove: the search and the moment are in no hash, and the chain's root
   * is of all blocks (see the audit's test).
   */
  private static final List<String> NOT_HASHED = List.of("searchId", "minedAt", "chainRoot");

  private final Random random = new Random(7);

  @Test
  void of_soundBlocks_hasNoFault() {
    assertThat(CHAIN).allSatisfy(block -> assertThat(faults(BlockRow.of(block))).isEmpty());
  }

  static Stream<RecordComponent> fields() {
    return Stream.of(BlockRow.class.getRecordComponents())
        .filter(field -> !NOT_HASHED.contains(field.getName()));
  }

  /**
   * Every field of every block, changed at random many times. Chain work alone may be another
   * number in good form, which its parent tells: see ChainCheckTest.
   */
  @ParameterizedTest
  @MethodSource("fields")
  void of_anyFieldTampered_hasAFault(RecordComponent field) throws Exception {
    for (Block block : CHAIN) {
      BlockRow sound = BlockRow.of(block);
      Object value = field.getAccessor().invoke(sound);
      for (int i = 0; i < 40; i++) {
        Object other = tampered(value);
        BlockRow stored = with(sound, field.getName(), other);
        if (field.getName().equals("chainWork")) {
          BlockCheck.Result result = BlockCheck.of(stored);
          List<Violation> all = new ArrayList<>(result.faults());
          List<BlockIndexEntry> links = new ArrayList<>(links());
          links.set((int) block.height(), result.link().orElseThrow());
          all.addAll(ChainCheck.faults(links, Chains.RULES));
          assertThat(all).as("chain work %s", other).isNotEmpty();
        } else {
          assertThat(faults(stored)).as("%s = %s", field.getName(), other).isNotEmpty();
        }
      }
    }
  }

  @Test
  void of_anyBitOfAHeaderFlipped_hasAFault() {
    BlockRow sound = BlockRow.of(CHAIN.get(5));
    for (int bit = 0; bit < 640; bit++) {
      byte[] header = sound.header().clone();
      header[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(faults(with(sound, "header", header))).as("bit %d", bit).isNotEmpty();
    }
  }

  /** The same merkle root, as CVE-2012-2459 has it. */
  @Test
  void of_lastTransactionsDoubled_hasAFault() {
    BlockRow sound = BlockRow.of(CHAIN.get(2));
    assertThat(sound.transactions()).hasSize(2);
    List<byte[]> doubled = new ArrayList<>(sound.transactions());
    doubled.add(doubled.get(1));
    assertThat(faults(with(sound, "transactions", doubled)))
        .extracting(Violation::rule)
        .containsExactly("contents");
  }

  @Test
  void of_allColumnsOfAnotherHeader_isFoundByItsWork() {
    Block block = CHAIN.get(3);
    var worthless = block.header();
    while (worthless.meetsTarget()) {
      worthless = worthless.withNonce(worthless.nonce() + 1);
    }
    BlockRow stored = with(BlockRow.of(block), "header", worthless.toBytes());
    stored = with(stored, "nonce", worthless.nonce());
    stored = with(stored, "hash", worthless.hash().toDisplay());
    assertThat(faults(stored)).extracting(Violation::rule).containsExactly("proof_of_work");
  }

  @Test
  void of_headerOfAnotherLength_saysSo() {
    BlockRow stored = with(BlockRow.of(CHAIN.get(3)), "header", new byte[79]);
    assertThat(BlockCheck.of(stored).link()).isEmpty();
    assertThat(faults(stored))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.rule()).isEqualTo("header");
              assertThat(fault.expected()).contains("80 bytes");
            });
  }

  @Test
  void of_timeFarAfterItWasMined_hasAFault() {
    Block block = CHAIN.get(3);
    Instant early = Instant.ofEpochSecond(block.header().time() - 7201);
    assertThat(faults(with(BlockRow.of(block), "minedAt", early)))
        .extracting(Violation::rule)
        .containsExactly("time");
    assertThat(faults(with(BlockRow.of(block), "minedAt", early.plusSeconds(1)))).isEmpty();
  }

  private static List<Violation> faults(BlockRow stored) {
    return BlockCheck.of(stored).faults();
  }

  private static List<BlockIndexEntry> links() {
    return CHAIN.stream()
        .map(block -> BlockCheck.of(BlockRow.of(block)).link().orElseThrow())
        .toList();
  }

  private Object tampered(Object value) {
    if (value instanceof Long number) {
      return number ^ (1L << random.nextInt(64));
    } else if (value instanceof Integer number) {
      return number ^ (1 << random.nextInt(32));
    } else if (value instanceof Double number) {
      return Double.longBitsToDouble(Double.doubleToLongBits(number) ^ (1L << random.nextInt(64)));
    } else if (value instanceof String text) {
      return new String(tampered(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } else if (value instanceof byte[] bytes) {
      return tampered(bytes);
    }
    List<byte[]> payloads = new ArrayList<>();
    ((List<?>) value).forEach(payload -> payloads.add((byte[]) payload));
    if (payloads.isEmpty() || random.nextInt(4) == 0) {
      payloads.add(random.nextInt(payloads.size() + 1), new byte[] {1, 2, 3});
    } else if (random.nextInt(3) == 0) {
      payloads.remove(random.nextInt(payloads.size()));
    } else {
      payloads.replaceAll(payload -> payload);
      int at = random.nextInt(payloads.size());
      payloads.set(at, tampered(payloads.get(at)));
    }
    return payloads;
  }

  /** A byte changed, added or taken away. */
  private byte[] tampered(byte[] bytes) {
    List<Byte> changed = new ArrayList<>();
    for (byte each : bytes) {
      changed.add(each);
    }
    int kind = bytes.length == 0 ? 1 : random.nextInt(3);
    int at = random.nextInt(bytes.length + (kind == 1 ? 1 : 0));
    if (kind == 0) {
      changed.set(at, (byte) (bytes[at] ^ 1 << random.nextInt(7)));
    } else if (kind == 1) {
      changed.add(at, (byte) 'x');
    } else {
      changed.remove(at);
    }
    byte[] result = new byte[changed.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = changed.get(i);
    }
    return result;
  }

  /** A record with another value in one of its components. */
  private static BlockRow with(BlockRow block, String name, Object value) {
    try {
      RecordComponent[] components = BlockRow.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] =
            components[i].getName().equals(name)
                ? value
                : components[i].getAccessor().invoke(block);
      }
      return BlockRow.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
