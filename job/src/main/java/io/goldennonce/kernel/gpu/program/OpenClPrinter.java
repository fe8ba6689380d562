package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.gpu.program.Program.Node;
import io.goldennonce.kernel.gpu.program.Program.Operation;
import java.util.ArrayList;
import java.util.List;

/** Prints a program as OpenCL C 1.1. */
public final class OpenClPrinter {
  /** The kernel's name. */
  public static final String ENTRY = "scan";

  private static final String BEGIN =
      """
      __kernel void %s(__constant uint *constants, volatile __global uint *hits, uint first,
                       uint count, uint iterations, uint mask, uint stride, uint offset) {
        uint index = get_group_id(0) * get_local_size(0) * iterations + get_local_id(0);
        for (uint i = 0; i < iterations && index < count; i++, index += get_local_size(0)) {
      """;

  private static final String TEST =
      """
          if ((%s & mask) == 0) {
            uint place = atomic_inc(hits);
            if (place < %d) {
              hits[1 + place] = index * stride + offset + %du;
            }
          }
      """;

  private static final String FINISH =
      """
        }
      }
      """;

  private final Program program;
  private final int mostHits;

  private OpenClPrinter(Program program, int mostHits) {
    this.program = program;
    this.mostHits = mostHits;
  }

  /**
   * Returns a program as OpenCL C, in ASCII.
   *
   * @param mostHits number of hits that fit into the hit buffer
   */
  public static String print(Program program, int mostHits) {
    return new OpenClPrinter(program, mostHits).print();
  }

  private String print() {
    StringBuilder text = new StringBuilder(String.format(BEGIN, ENTRY));
    List<Node> nodes = program.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).varying()) {
        text.append("uint v").append(i).append(" = ").append(expression(nodes.get(i)));
        text.append(";\n");
      }
    }
    for (int i = 0; i < program.results().size(); i++) {
      text.append(String.format(TEST, word(program.results().get(i)), mostHits, i));
    }
    return text.append(FINISH).toString();
  }

  private String expression(Node node) {
    String a = word(node.a());
    return switch (node.operation()) {
      case NONCE -> "first + index";
      case ADD -> a + " + " + word(node.b());
      case SHIFT -> a + " >> " + node.immediate();
      case ROTATE -> "rotate(" + a + ", " + (Integer.SIZE - node.immediate()) + "u)";
      case LOGIC -> logic(node.immediate(), a, word(node.b()), word(node.c()));
      case LITERAL, INPUT -> throw new IllegalStateException("does not vary: " + node);
    };
  }

  private static String logic(int table, String a, String b, String c) {
    return switch (table) {
      case ProgramBuilder.XOR -> a + " ^ " + b + " ^ " + c;
      // bitselect selects the second operand where the third is one: one instruction on most GPUs.
      case ProgramBuilder.CHOOSE -> "bitselect(" + c + ", " + b + ", " + a + ")";
      case ProgramBuilder.MAJORITY -> "bitselect(" + a + ", " + b + ", " + a + " ^ " + c + ")";
      case ProgramBuilder.AND -> a + " & " + b;
      case ProgramBuilder.AND_OR -> "(" + a + " & " + b + ") | " + c;
      default -> rows(table, a, b, c);
    };
  }

  /** Returns an expression for a truth table, row by row. */
  private static String rows(int table, String a, String b, String c) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      if ((table >> row & 1) != 0) {
        rows.add(
            "(%s%s & %s%s & %s%s)".formatted(not(row & 4), a, not(row & 2), b, not(row & 1), c));
      }
    }
    return rows.isEmpty() ? "0u" : String.join(" | ", rows);
  }

  private static String not(int bit) {
    return bit == 0 ? "~" : "";
  }

  private String word(int index) {
    Node node = program.nodes().get(index);
    if (node.varying()) {
      return "v" + index;
    }
    return node.operation() == Operation.LITERAL
        ? "0x" + Integer.toHexString(node.immediate()) + "u"
        : "constants[" + program.constantIndex(index) + "]";
  }
}
