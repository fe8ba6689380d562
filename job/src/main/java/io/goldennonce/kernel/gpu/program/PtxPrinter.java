package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.gpu.program.Program.Node;
import io.goldennonce.kernel.gpu.program.Program.Operation;
import java.util.List;

/**
 * Prints a program as PTX, NVIDIA's assembly language, for GPUs since Maxwell (compute capability
 * 5.0). The driver compiles it.
 */
public final class PtxPrinter {
  /** The entry point's name. */
  public static final String ENTRY = "scan";

  private static final String HEAD =
      """
      .version 6.3
      .target sm_50
      .address_size 64
      .visible .entry %s(
        .param .align 4 .b8 constants[%d],
        .param .u64 one, .param .u64 otherOne,
        .param .u64 hits, .param .u32 first, .param .u32 count, .param .u32 iterations,
        .param .u32 mask, .param .u32 stride, .param .u32 offset)
      {
      .reg .u32 %%v<%d>, %%c<%d>, %%one, %%otherOne, %%met, %%index, %%step, %%left, %%first, %%count, %%mask, %%stride, %%offset, %%place;
      .reg .u64 %%hits, %%at;
      .reg .pred %%p;
      """;

  private static final String BEGIN =
      """
      ld.param.u64 %hits, [hits];
      ld.param.u32 %first, [first];
      ld.param.u32 %count, [count];
      ld.param.u32 %left, [iterations];
      ld.param.u32 %mask, [mask];
      ld.param.u32 %stride, [stride];
      ld.param.u32 %offset, [offset];
      ld.param.u32 %one, [one];
      ld.param.u32 %otherOne, [otherOne];
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

  private static final String TEST =
      """
      and.b32 %%met, %1$s, %%mask;
      setp.ne.u32 %%p, %%met, 0;
      @%%p bra MISS%3$d;
      atom.global.add.u32 %%place, [%%hits], 1;
      setp.ge.u32 %%p, %%place, %2$d;
      @%%p bra MISS%3$d;
      mad.wide.u32 %%at, %%place, 4, %%hits;
      mad.lo.u32 %%met, %%index, %%stride, %%offset;
      add.u32 %%met, %%met, %3$d;
      st.global.u32 [%%at+4], %%met;
      MISS%3$d:
      """;

  private static final String FINISH =
      """
      add.u32 %index, %index, %step;
      sub.u32 %left, %left, 1;
      setp.ne.u32 %p, %left, 0;
      @%p bra NEXT;
      END:
      ret;
      }
      """;

  private final Program program;
  private final int mostHits;
  private final boolean multiplyForSums;
  private final StringBuilder text = new StringBuilder();

  private PtxPrinter(Program program, int mostHits, boolean multiplyForSums) {
    this.program = program;
    this.mostHits = mostHits;
    this.multiplyForSums = multiplyForSums;
  }

  /**
   * Returns a program as PTX, in ASCII.
   *
   * @param mostHits number of hits that fit into the hit buffer
   * @param multiplyForSums whether additions are multiply-adds by one. The integer pipe of a
   *     multiprocessor executes additions, logic and shifts and is the bottleneck; another pipe
   *     executes multiplications. The factor one is a parameter, since the compiler would turn a
   *     literal into additions again. Sums with terms that are the same for all nonces use a second
   *     parameter, since they need it in a register; the compiler would then use that register in
   *     all sums, and instructions that read three registers delay each other. Both have 64 bits,
   *     since a pair of 32-bit neighbors would be loaded into registers together.
   */
  public static String print(Program program, int mostHits, boolean multiplyForSums) {
    return new PtxPrinter(program, mostHits, multiplyForSums).print();
  }

  private String print() {
    List<Node> nodes = program.nodes();
    int constants = Math.max(1, program.constantCount());
    text.append(String.format(HEAD, ENTRY, Integer.BYTES * constants, nodes.size(), constants));
    for (int i = 0; i < program.constantCount(); i++) {
      line("ld.param.u32 %c" + i + ", [constants+" + Integer.BYTES * i + "];");
    }
    text.append(BEGIN);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).varying()) {
        operation(i, nodes.get(i));
      }
    }
    for (int i = 0; i < program.results().size(); i++) {
      text.append(String.format(TEST, word(program.results().get(i)), mostHits, i));
    }
    return text.append(FINISH).toString();
  }

  private void operation(int index, Node node) {
    String to = "%v" + index + ", ";
    String a = word(node.a());
    switch (node.operation()) {
      case NONCE -> line("add.u32 " + to + "%first, %index;");
      case ADD -> line(sum(to, a, node.b()));
      case SHIFT -> line("shr.u32 " + to + a + ", " + node.immediate() + ";");
      case ROTATE -> line("shf.r.wrap.b32 " + to + a + ", " + a + ", " + node.immediate() + ";");
      case LOGIC ->
          line(
              "lop3.b32 %s%s, %s, %s, %s;"
                  .formatted(to, a, word(node.b()), word(node.c()), node.immediate()));
      case LITERAL, INPUT -> throw new IllegalStateException("does not vary: " + node);
    }
  }

  private String sum(String to, String a, int b) {
    if (!multiplyForSums) {
      return "add.u32 " + to + a + ", " + word(b) + ";";
    }
    String one = program.nodes().get(b).varying() ? ", %one, " : ", %otherOne, ";
    return "mad.lo.u32 " + to + a + one + word(b) + ";";
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
