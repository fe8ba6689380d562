package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.gpu.Program.Node;
import io.goldennonce.kernel.gpu.Program.Operation;
import java.util.List;

/**
 * Prints a program as PTX, NVIDIA's assembly for all its GPUs since Maxwell (compute capability
 * 5.0), which the driver compiles.
 */
final class PtxPrinter {
  /** The entry point's name. */
  static final String ENTRY = "scan";

  private static final String HEAD =
      """
      .version 6.3
      .target sm_50
      .address_size 64
      .visible .entry %s(
        .param .align 4 .b8 constants[%d],
        .param .align 4 .b8 powers[128],
        .param .u64 hits, .param .u32 first, .param .u32 count, .param .u32 iterations,
        .param .u32 mask)
      {
      .reg .u32 %%v<%d>, %%c<%d>, %%m<33>, %%t<3>, %%index, %%step, %%left, %%first, %%count, %%mask, %%place;
      .reg .u64 %%hits, %%at, %%pair;
      .reg .pred %%p;
      """;

  private static final String BEGIN =
      """
      ld.param.u64 %hits, [hits];
      ld.param.u32 %first, [first];
      ld.param.u32 %count, [count];
      ld.param.u32 %left, [iterations];
      ld.param.u32 %mask, [mask];
      mov.u32 %step, %ntid.x;
      mov.u32 %index, %ctaid.x;
      mul.lo.u32 %index, %index, %step;
      mul.lo.u32 %index, %index, %left;
      mov.u32 %place, %tid.x;
      add.u32 %index, %index, %place;
      NEXT:
      setp.ge.u32 %p, %index, %count;
      @%p bra END;
      """;

  private static final String FINISH =
      """
      and.b32 %%t0, %s, %%mask;
      setp.ne.u32 %%p, %%t0, 0;
      @%%p bra MISS;
      atom.global.add.u32 %%place, [%%hits], 1;
      setp.ge.u32 %%p, %%place, %d;
      @%%p bra MISS;
      mad.wide.u32 %%at, %%place, 4, %%hits;
      st.global.u32 [%%at+4], %%index;
      MISS:
      add.u32 %%index, %%index, %%step;
      sub.u32 %%left, %%left, 1;
      setp.ne.u32 %%p, %%left, 0;
      @%%p bra NEXT;
      END:
      ret;
      }
      """;

  private final Program program;
  private final PtxStyle style;
  private final StringBuilder text = new StringBuilder();
  private int rotations;

  private PtxPrinter(Program program, PtxStyle style) {
    this.program = program;
    this.style = style;
  }

  /** A program as PTX, in ASCII. */
  static String print(Program program, PtxStyle style) {
    return new PtxPrinter(program, style).print();
  }

  /** The entry's second parameter: the powers of two that multiplications shift by. */
  static int[] powers() {
    int[] powers = new int[Integer.SIZE];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = 1 << i;
    }
    return powers;
  }

  private String print() {
    List<Node> nodes = program.nodes();
    int constants = Math.max(1, program.constantCount());
    text.append(String.format(HEAD, ENTRY, Integer.BYTES * constants, nodes.size(), constants));
    for (int i = 0; i < program.constantCount(); i++) {
      line("ld.param.u32 %c" + i + ", [constants+" + Integer.BYTES * i + "];");
    }
    for (int i = 0; i < Integer.SIZE; i++) {
      line("ld.param.u32 %m" + i + ", [powers+" + Integer.BYTES * i + "];");
    }
    text.append(BEGIN);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).varying()) {
        operation(i, nodes.get(i));
      }
    }
    text.append(String.format(FINISH, word(nodes.size() - 1), Device.MOST_HITS));
    return text.toString();
  }

  private void operation(int index, Node node) {
    String to = "%v" + index + ", ";
    String a = word(node.a());
    switch (node.operation()) {
      case NONCE -> line("add.u32 " + to + "%first, %index;");
      case ADD -> {
        String b = word(node.b());
        line(
            style.multiplyForAdd()
                ? "mad.lo.u32 " + to + a + ", %m0, " + b + ";"
                : "add.u32 " + to + a + ", " + b + ";");
      }
      case SHIFT ->
          line(
              style.multiplyForShift()
                  ? "mul.hi.u32 " + to + a + ", %m" + (Integer.SIZE - node.immediate()) + ";"
                  : "shr.u32 " + to + a + ", " + node.immediate() + ";");
      case ROTATE -> rotation(to, a, node.immediate());
      case LOGIC ->
          line(
              "lop3.b32 "
                  + to
                  + String.join(", ", a, word(node.b()), word(node.c()))
                  + ", "
                  + node.immediate()
                  + ";");
      case LITERAL, INPUT -> throw new IllegalStateException("does not vary: " + node);
    }
  }

  private void rotation(String to, String word, int bits) {
    rotations++;
    if (style.rotateByMultiply() > 0 && rotations % style.rotateByMultiply() == 0) {
      String power = "%m" + (Integer.SIZE - bits);
      if (style.wide()) {
        line("mul.wide.u32 %pair, " + word + ", " + power + ";");
        line("mov.b64 {%t1, %t2}, %pair;");
        line("mad.lo.u32 " + to + "%t1, %m0, %t2;");
        return;
      }
      line("mul.lo.u32 %t1, " + word + ", " + power + ";");
      line("mad.hi.u32 " + to + word + ", " + power + ", %t1;");
    } else {
      line("shf.r.wrap.b32 " + to + word + ", " + word + ", " + bits + ";");
    }
  }

  private String word(int index) {
    Node node = program.nodes().get(index);
    if (node.varying()) {
      return "%v" + index;
    }
    return node.operation() == Operation.LITERAL
        ? "0x" + Integer.toHexString(node.immediate())
        : "%c" + program.constantIndex(index);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
