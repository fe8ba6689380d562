package io.goldennonce.kernel;

import static io.goldennonce.kernel.VectorMemory.BEFORE;
import static io.goldennonce.kernel.VectorMemory.CHAIN;
import static io.goldennonce.kernel.VectorMemory.INITIAL;
import static io.goldennonce.kernel.VectorMemory.LANES;
import static io.goldennonce.kernel.VectorMemory.LAST_SCHEDULE;
import static io.goldennonce.kernel.VectorMemory.MIDSTATE;
import static io.goldennonce.kernel.VectorMemory.NONCE_SCHEDULE;
import static io.goldennonce.kernel.VectorMemory.SPILL_SCHEDULE;
import static io.goldennonce.kernel.VectorMemory.STATE;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * SHA-256 of two vectors of nonces at once, as many lanes as the vectors have.
 *
 * <p>This class is a template: {@link VectorKernel} defines it once for each vector width, as a
 * hidden class whose class data is that width, because the compiler needs the species to be a
 * constant. Nothing else may refer to it.
 *
 * <p>Two vectors, because the steps of one hash depend on each other and leave the processor half
 * idle. Vectors never cross a call that is not inlined, or each would become an object: methods
 * hand over words in {@link VectorMemory}, and are small enough for both of HotSpot's compilers.
 */
final class VectorFilter implements GroupFilter {
  private static final VectorSpecies<Integer> SPECIES = species();

  /** Words in a vector, and in a row: that of two vectors. */
  private static final int VECTOR = SPECIES.length();

  private static final int ROW = 2 * VECTOR;

  /** JDK 17 has no rotation of vectors: it makes two shifts and an OR of it, which fuse less. */
  private static final boolean ROTATES = Runtime.version().feature() > 17;

  private static final int[] K = Sha256.constants();

  private final int[] m;
  private final VectorPlan plan;

  /** The filter for a template; called by {@link VectorKernel} through the hidden class. */
  VectorFilter(NonceTemplate template) {
    VectorMemory memory = new VectorMemory(ROW);
    m = memory.rows;
    plan = new VectorPlan(template, memory);
  }

  private static VectorSpecies<Integer> species() {
    try {
      int bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
      return VectorSpecies.of(int.class, VectorShape.forBitSize(bits));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a class may see its own data", e);
    }
  }

  @Override
  public int lanes() {
    return ROW;
  }

  @Override
  public int alignment() {
    return ROW;
  }

  @Override
  public void prepare(NonceBlocks blocks, int mask) {
    plan.prepare(blocks, mask);
  }

  @Override
  public int groupsWithoutCandidate(int low, int groups) {
    for (int i = 0; i < groups; i++) {
      if (hasCandidate(low + i * ROW)) {
        return i;
      }
    }
    return groups;
  }

  private boolean hasCandidate(int low) {
    VectorPlan p = plan;
    NonceBlocks blocks = p.blocks;
    int last = blocks.blocks() - 1;
    placeNonces(p, blocks.asBigEndianWord(low), 0);
    placeNonces(p, blocks.asBigEndianWord(low), VECTOR);
    beginNonceBlock(p);
    if (last == 0 && !p.twice) {
      return finish(p, NONCE_SCHEDULE, MIDSTATE);
    }
    extend(m, NONCE_SCHEDULE, 16, 64);
    rounds(m, STATE, NONCE_SCHEDULE, 16, 64);
    addChain(m, MIDSTATE, last == 0 ? LAST_SCHEDULE : CHAIN);
    for (int block = 1; block <= last; block++) {
      int schedule = block == 1 && p.spills ? SPILL_SCHEDULE : LAST_SCHEDULE;
      if (block == last && !p.twice) {
        rounds(m, CHAIN, schedule, 0, 16);
        return finish(p, schedule, CHAIN);
      }
      hashFurtherBlock(p, block);
      addChain(m, CHAIN, block == last ? LAST_SCHEDULE : CHAIN);
    }
    rounds(m, INITIAL, LAST_SCHEDULE, 0, 8);
    constantRounds(m, STATE, p.digestSums, 8, 16);
    return finish(p, LAST_SCHEDULE, INITIAL);
  }

  /** The rounds from the nonce's first word up to the last word that the block gives. */
  private void beginNonceBlock(VectorPlan p) {
    int from = BEFORE;
    if (p.firstRound < p.firstRoundAfterNonce) {
      rounds(m, BEFORE, NONCE_SCHEDULE, p.firstRound, p.firstRoundAfterNonce);
      from = STATE;
    }
    constantRounds(m, from, p.sums[0], p.firstRoundAfterNonce, 16);
  }

  private void hashFurtherBlock(VectorPlan p, int block) {
    if (block == 1 && p.spills) {
      rounds(m, CHAIN, SPILL_SCHEDULE, 0, 16);
      extend(m, SPILL_SCHEDULE, 16, 64);
      rounds(m, STATE, SPILL_SCHEDULE, 16, 64);
    } else {
      constantRounds(m, CHAIN, p.sums[block], 0, 64);
    }
  }

  /** The rest of the last block, up to the round that settles the deciding word. */
  private boolean finish(VectorPlan p, int schedule, int chain) {
    int rounds = p.topWord.rounds() & -4;
    extend(m, schedule, 16, rounds);
    rounds(m, STATE, schedule, 16, rounds);
    return p.topWord.rounds() == rounds
        ? anyZero(m, chain, p.mask)
        : anyZeroAfterRound60(m, schedule, chain, p.mask);
  }

  /** Writes a vector of nonces into the message, or into what the first round lacks of them. */
  private void placeNonces(VectorPlan p, int first, int vector) {
    NonceBlocks blocks = p.blocks;
    int word = blocks.nonceWord();
    int shift = blocks.nonceShift();
    IntVector nonces = load(m, LANES, vector).add(first);
    store(nonces.lanewise(LSHR, shift).or(blocks.words()[word]), m, NONCE_SCHEDULE + word, vector);
    if (shift != 0) {
      int row = p.spills ? SPILL_SCHEDULE : NONCE_SCHEDULE + word + 1;
      store(nonces.lanewise(LSHL, 32 - shift).or(blocks.words()[word + 1]), m, row, vector);
    }
    if (p.folded) {
      store(nonces.add(p.before[0]), m, BEFORE, vector);
      store(nonces.add(p.before[4]), m, BEFORE + 4, vector);
    }
  }

  /** Extends a schedule; {@code to − from} is a multiple of four. */
  private static void extend(int[] m, int schedule, int from, int to) {
    IntVector u0 = load(m, schedule + from - 2, 0);
    IntVector u1 = load(m, schedule + from - 2, VECTOR);
    IntVector v0 = load(m, schedule + from - 1, 0);
    IntVector v1 = load(m, schedule + from - 1, VECTOR);
    for (int w = schedule + from; w < schedule + to; w += 4) {
      u0 =
          load(m, w + 0 - 16, 0)
              .add(smallSigma0(load(m, w + 0 - 15, 0)))
              .add(load(m, w + 0 - 7, 0))
              .add(smallSigma1(u0));
      store(u0, m, w + 0, 0);
      u1 =
          load(m, w + 0 - 16, VECTOR)
              .add(smallSigma0(load(m, w + 0 - 15, VECTOR)))
              .add(load(m, w + 0 - 7, VECTOR))
              .add(smallSigma1(u1));
      store(u1, m, w + 0, VECTOR);
      v0 =
          load(m, w + 1 - 16, 0)
              .add(smallSigma0(load(m, w + 1 - 15, 0)))
              .add(load(m, w + 1 - 7, 0))
              .add(smallSigma1(v0));
      store(v0, m, w + 1, 0);
      v1 =
          load(m, w + 1 - 16, VECTOR)
              .add(smallSigma0(load(m, w + 1 - 15, VECTOR)))
              .add(load(m, w + 1 - 7, VECTOR))
              .add(smallSigma1(v1));
      store(v1, m, w + 1, VECTOR);
      u0 =
          load(m, w + 2 - 16, 0)
              .add(smallSigma0(load(m, w + 2 - 15, 0)))
              .add(load(m, w + 2 - 7, 0))
              .add(smallSigma1(u0));
      store(u0, m, w + 2, 0);
      u1 =
          load(m, w + 2 - 16, VECTOR)
              .add(smallSigma0(load(m, w + 2 - 15, VECTOR)))
              .add(load(m, w + 2 - 7, VECTOR))
              .add(smallSigma1(u1));
      store(u1, m, w + 2, VECTOR);
      v0 =
          load(m, w + 3 - 16, 0)
              .add(smallSigma0(load(m, w + 3 - 15, 0)))
              .add(load(m, w + 3 - 7, 0))
              .add(smallSigma1(v0));
      store(v0, m, w + 3, 0);
      v1 =
          load(m, w + 3 - 16, VECTOR)
              .add(smallSigma0(load(m, w + 3 - 15, VECTOR)))
              .add(load(m, w + 3 - 7, VECTOR))
              .add(smallSigma1(v1));
      store(v1, m, w + 3, VECTOR);
    }
  }

  /** Rounds with words from a schedule; {@code to − from} is a multiple of four. */
  private static void rounds(int[] m, int source, int schedule, int from, int to) {
    IntVector t1;
    IntVector a0 = load(m, source, 0);
    IntVector b0 = load(m, source + 1, 0);
    IntVector c0 = load(m, source + 2, 0);
    IntVector d0 = load(m, source + 3, 0);
    IntVector e0 = load(m, source + 4, 0);
    IntVector f0 = load(m, source + 5, 0);
    IntVector g0 = load(m, source + 6, 0);
    IntVector h0 = load(m, source + 7, 0);
    IntVector a1 = load(m, source, VECTOR);
    IntVector b1 = load(m, source + 1, VECTOR);
    IntVector c1 = load(m, source + 2, VECTOR);
    IntVector d1 = load(m, source + 3, VECTOR);
    IntVector e1 = load(m, source + 4, VECTOR);
    IntVector f1 = load(m, source + 5, VECTOR);
    IntVector g1 = load(m, source + 6, VECTOR);
    IntVector h1 = load(m, source + 7, VECTOR);
    for (int t = from, w = schedule + from; t < to; t += 4, w += 4) {
      t1 = h0.add(load(m, w, 0)).add(K[t]).add(choose(e0, f0, g0)).add(bigSigma1(e0));
      d0 = d0.add(t1);
      h0 = t1.add(bigSigma0(a0)).add(majority(a0, b0, c0));
      t1 = h1.add(load(m, w, VECTOR)).add(K[t]).add(choose(e1, f1, g1)).add(bigSigma1(e1));
      d1 = d1.add(t1);
      h1 = t1.add(bigSigma0(a1)).add(majority(a1, b1, c1));
      t1 = g0.add(load(m, w + 1, 0)).add(K[t + 1]).add(choose(d0, e0, f0)).add(bigSigma1(d0));
      c0 = c0.add(t1);
      g0 = t1.add(bigSigma0(h0)).add(majority(h0, a0, b0));
      t1 = g1.add(load(m, w + 1, VECTOR)).add(K[t + 1]).add(choose(d1, e1, f1)).add(bigSigma1(d1));
      c1 = c1.add(t1);
      g1 = t1.add(bigSigma0(h1)).add(majority(h1, a1, b1));
      t1 = f0.add(load(m, w + 2, 0)).add(K[t + 2]).add(choose(c0, d0, e0)).add(bigSigma1(c0));
      b0 = b0.add(t1);
      f0 = t1.add(bigSigma0(g0)).add(majority(g0, h0, a0));
      t1 = f1.add(load(m, w + 2, VECTOR)).add(K[t + 2]).add(choose(c1, d1, e1)).add(bigSigma1(c1));
      b1 = b1.add(t1);
      f1 = t1.add(bigSigma0(g1)).add(majority(g1, h1, a1));
      t1 = e0.add(load(m, w + 3, 0)).add(K[t + 3]).add(choose(b0, c0, d0)).add(bigSigma1(b0));
      a0 = a0.add(t1);
      e0 = t1.add(bigSigma0(f0)).add(majority(f0, g0, h0));
      t1 = e1.add(load(m, w + 3, VECTOR)).add(K[t + 3]).add(choose(b1, c1, d1)).add(bigSigma1(b1));
      a1 = a1.add(t1);
      e1 = t1.add(bigSigma0(f1)).add(majority(f1, g1, h1));
      t1 = a0;
      a0 = e0;
      e0 = t1;
      t1 = b0;
      b0 = f0;
      f0 = t1;
      t1 = c0;
      c0 = g0;
      g0 = t1;
      t1 = d0;
      d0 = h0;
      h0 = t1;
      t1 = a1;
      a1 = e1;
      e1 = t1;
      t1 = b1;
      b1 = f1;
      f1 = t1;
      t1 = c1;
      c1 = g1;
      g1 = t1;
      t1 = d1;
      d1 = h1;
      h1 = t1;
    }
    store(a0, m, STATE, 0);
    store(b0, m, STATE + 1, 0);
    store(c0, m, STATE + 2, 0);
    store(d0, m, STATE + 3, 0);
    store(e0, m, STATE + 4, 0);
    store(f0, m, STATE + 5, 0);
    store(g0, m, STATE + 6, 0);
    store(h0, m, STATE + 7, 0);
    store(a1, m, STATE, VECTOR);
    store(b1, m, STATE + 1, VECTOR);
    store(c1, m, STATE + 2, VECTOR);
    store(d1, m, STATE + 3, VECTOR);
    store(e1, m, STATE + 4, VECTOR);
    store(f1, m, STATE + 5, VECTOR);
    store(g1, m, STATE + 6, VECTOR);
    store(h1, m, STATE + 7, VECTOR);
  }

  /** Rounds with words that are the same in every lane, given with the round constants added. */
  private static void constantRounds(int[] m, int source, int[] sums, int from, int to) {
    IntVector t1;
    IntVector a0 = load(m, source, 0);
    IntVector b0 = load(m, source + 1, 0);
    IntVector c0 = load(m, source + 2, 0);
    IntVector d0 = load(m, source + 3, 0);
    IntVector e0 = load(m, source + 4, 0);
    IntVector f0 = load(m, source + 5, 0);
    IntVector g0 = load(m, source + 6, 0);
    IntVector h0 = load(m, source + 7, 0);
    IntVector a1 = load(m, source, VECTOR);
    IntVector b1 = load(m, source + 1, VECTOR);
    IntVector c1 = load(m, source + 2, VECTOR);
    IntVector d1 = load(m, source + 3, VECTOR);
    IntVector e1 = load(m, source + 4, VECTOR);
    IntVector f1 = load(m, source + 5, VECTOR);
    IntVector g1 = load(m, source + 6, VECTOR);
    IntVector h1 = load(m, source + 7, VECTOR);
    for (int t = from; t < to; t += 4) {
      t1 = h0.add(sums[t]).add(choose(e0, f0, g0)).add(bigSigma1(e0));
      d0 = d0.add(t1);
      h0 = t1.add(bigSigma0(a0)).add(majority(a0, b0, c0));
      t1 = h1.add(sums[t]).add(choose(e1, f1, g1)).add(bigSigma1(e1));
      d1 = d1.add(t1);
      h1 = t1.add(bigSigma0(a1)).add(majority(a1, b1, c1));
      t1 = g0.add(sums[t + 1]).add(choose(d0, e0, f0)).add(bigSigma1(d0));
      c0 = c0.add(t1);
      g0 = t1.add(bigSigma0(h0)).add(majority(h0, a0, b0));
      t1 = g1.add(sums[t + 1]).add(choose(d1, e1, f1)).add(bigSigma1(d1));
      c1 = c1.add(t1);
      g1 = t1.add(bigSigma0(h1)).add(majority(h1, a1, b1));
      t1 = f0.add(sums[t + 2]).add(choose(c0, d0, e0)).add(bigSigma1(c0));
      b0 = b0.add(t1);
      f0 = t1.add(bigSigma0(g0)).add(majority(g0, h0, a0));
      t1 = f1.add(sums[t + 2]).add(choose(c1, d1, e1)).add(bigSigma1(c1));
      b1 = b1.add(t1);
      f1 = t1.add(bigSigma0(g1)).add(majority(g1, h1, a1));
      t1 = e0.add(sums[t + 3]).add(choose(b0, c0, d0)).add(bigSigma1(b0));
      a0 = a0.add(t1);
      e0 = t1.add(bigSigma0(f0)).add(majority(f0, g0, h0));
      t1 = e1.add(sums[t + 3]).add(choose(b1, c1, d1)).add(bigSigma1(b1));
      a1 = a1.add(t1);
      e1 = t1.add(bigSigma0(f1)).add(majority(f1, g1, h1));
      t1 = a0;
      a0 = e0;
      e0 = t1;
      t1 = b0;
      b0 = f0;
      f0 = t1;
      t1 = c0;
      c0 = g0;
      g0 = t1;
      t1 = d0;
      d0 = h0;
      h0 = t1;
      t1 = a1;
      a1 = e1;
      e1 = t1;
      t1 = b1;
      b1 = f1;
      f1 = t1;
      t1 = c1;
      c1 = g1;
      g1 = t1;
      t1 = d1;
      d1 = h1;
      h1 = t1;
    }
    store(a0, m, STATE, 0);
    store(b0, m, STATE + 1, 0);
    store(c0, m, STATE + 2, 0);
    store(d0, m, STATE + 3, 0);
    store(e0, m, STATE + 4, 0);
    store(f0, m, STATE + 5, 0);
    store(g0, m, STATE + 6, 0);
    store(h0, m, STATE + 7, 0);
    store(a1, m, STATE, VECTOR);
    store(b1, m, STATE + 1, VECTOR);
    store(c1, m, STATE + 2, VECTOR);
    store(d1, m, STATE + 3, VECTOR);
    store(e1, m, STATE + 4, VECTOR);
    store(f1, m, STATE + 5, VECTOR);
    store(g1, m, STATE + 6, VECTOR);
    store(h1, m, STATE + 7, VECTOR);
  }

  private static void addChain(int[] m, int chain, int target) {
    for (int i = 0; i < 8; i++) {
      store(load(m, STATE + i, 0).add(load(m, chain + i, 0)), m, target + i, 0);
      store(load(m, STATE + i, VECTOR).add(load(m, chain + i, VECTOR)), m, target + i, VECTOR);
    }
  }

  private static boolean anyZero(int[] m, int chain, int mask) {
    return load(m, STATE, 0).add(load(m, chain, 0)).and(mask).compare(EQ, 0).anyTrue()
        || load(m, STATE, VECTOR).add(load(m, chain, VECTOR)).and(mask).compare(EQ, 0).anyTrue();
  }

  /** Works round 60 as far as the last word needs it: after three more, h would be this e. */
  private static boolean anyZeroAfterRound60(int[] m, int schedule, int chain, int mask) {
    return round60(m, schedule, 0).add(load(m, chain + 7, 0)).and(mask).compare(EQ, 0).anyTrue()
        || round60(m, schedule, VECTOR)
            .add(load(m, chain + 7, VECTOR))
            .and(mask)
            .compare(EQ, 0)
            .anyTrue();
  }

  private static IntVector round60(int[] m, int schedule, int v) {
    IntVector w60 =
        load(m, schedule + 44, v)
            .add(smallSigma0(load(m, schedule + 45, v)))
            .add(load(m, schedule + 53, v))
            .add(smallSigma1(load(m, schedule + 58, v)));
    IntVector e = load(m, STATE + 4, v);
    return load(m, STATE + 7, v)
        .add(w60)
        .add(K[60])
        .add(choose(e, load(m, STATE + 5, v), load(m, STATE + 6, v)))
        .add(bigSigma1(e))
        .add(load(m, STATE + 3, v));
  }

  private static IntVector choose(IntVector e, IntVector f, IntVector g) {
    return e.and(f.lanewise(XOR, g)).lanewise(XOR, g);
  }

  private static IntVector majority(IntVector a, IntVector b, IntVector c) {
    return a.and(b).or(c.and(a.or(b)));
  }

  private static IntVector bigSigma0(IntVector a) {
    return rotations(a, 2, 13, 22);
  }

  private static IntVector bigSigma1(IntVector e) {
    return rotations(e, 6, 11, 25);
  }

  private static IntVector smallSigma0(IntVector w) {
    return shiftAndRotations(w, 3, 7, 18);
  }

  private static IntVector smallSigma1(IntVector w) {
    return shiftAndRotations(w, 10, 17, 19);
  }

  /** The XOR of three rotations to the right. */
  private static IntVector rotations(IntVector x, int i, int j, int k) {
    if (ROTATES) {
      return xor(x.lanewise(ROR, i), x.lanewise(ROR, j), x.lanewise(ROR, k));
    }
    return xor(x.lanewise(LSHR, i), x.lanewise(LSHL, 32 - i), x.lanewise(LSHR, j))
        .lanewise(
            XOR, xor(x.lanewise(LSHL, 32 - j), x.lanewise(LSHR, k), x.lanewise(LSHL, 32 - k)));
  }

  /** The XOR of a shift to the right and two rotations to the right. */
  private static IntVector shiftAndRotations(IntVector x, int shift, int i, int j) {
    if (ROTATES) {
      return xor(x.lanewise(LSHR, shift), x.lanewise(ROR, i), x.lanewise(ROR, j));
    }
    IntVector first = xor(x.lanewise(LSHR, shift), x.lanewise(LSHR, i), x.lanewise(LSHL, 32 - i));
    return first.lanewise(XOR, x.lanewise(LSHR, j)).lanewise(XOR, x.lanewise(LSHL, 32 - j));
  }

  private static IntVector xor(IntVector x, IntVector y, IntVector z) {
    return x.lanewise(XOR, y).lanewise(XOR, z);
  }

  private static IntVector load(int[] m, int row, int vector) {
    return IntVector.fromArray(SPECIES, m, row * ROW + vector);
  }

  private static void store(IntVector words, int[] m, int row, int vector) {
    words.intoArray(m, row * ROW + vector);
  }
}
