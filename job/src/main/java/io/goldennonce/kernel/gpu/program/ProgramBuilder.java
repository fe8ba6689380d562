package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.gpu.program.Program.Node;
import io.goldennonce.kernel.gpu.program.Program.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a {@link Program} node by node. Words are identified by the index of their node. Constants
 * are folded, and the terms of a sum that do not depend on the nonce are added first.
 */
final class ProgramBuilder {
  /** Truth tables of {@link Operation#LOGIC} for the operands a, b, c, in this order. */
  static final int XOR = 0x96;

  static final int CHOOSE = 0xca;
  static final int MAJORITY = 0xe8;

  /** {@code a & b}. */
  static final int AND = 0xc0;

  /** {@code (a & b) | c}. */
  static final int AND_OR = 0xea;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> known = new HashMap<>();
  private final int inputs;

  ProgramBuilder(int inputs) {
    this.inputs = inputs;
  }

  int literal(int value) {
    return node(Operation.LITERAL, 0, 0, 0, value, false);
  }

  int input(int index) {
    return node(Operation.INPUT, 0, 0, 0, index, false);
  }

  int nonce() {
    return node(Operation.NONCE, 0, 0, 0, 0, true);
  }

  int rotate(int word, int bits) {
    if (bits % 32 == 0) {
      return word;
    }
    return node(Operation.ROTATE, word, 0, 0, Math.floorMod(bits, 32), varies(word));
  }

  int shift(int word, int bits) {
    return bits == 0 ? word : node(Operation.SHIFT, word, 0, 0, bits, varies(word));
  }

  int logic(int table, int a, int b, int c) {
    return node(Operation.LOGIC, a, b, c, table, varies(a) || varies(b) || varies(c));
  }

  /** {@code word & mask}. */
  int and(int word, int mask) {
    return logic(AND, word, literal(mask), literal(0));
  }

  /** The exclusive or of two rotations of a word and a third rotation or shift. */
  int sigma(int word, int first, int second, int third, boolean shifts) {
    int last = shifts ? shift(word, third) : rotate(word, third);
    return logic(XOR, rotate(word, first), rotate(word, second), last);
  }

  /** The sum of words: literals are added first, then terms that are the same for all nonces. */
  int add(int... words) {
    int sum = 0;
    int uniform = -1;
    int varying = -1;
    for (int word : words) {
      if (nodes.get(word).operation() == Operation.LITERAL) {
        sum += nodes.get(word).immediate();
      } else if (varies(word)) {
        varying = varying < 0 ? word : plus(varying, word);
      } else {
        uniform = uniform < 0 ? word : plus(uniform, word);
      }
    }
    if (uniform < 0) {
      uniform = sum == 0 && varying >= 0 ? -1 : literal(sum);
    } else if (sum != 0) {
      uniform = plus(uniform, literal(sum));
    }
    if (varying < 0) {
      return uniform;
    }
    return uniform < 0 ? varying : plus(varying, uniform);
  }

  /** Builds the program that computes words, without unneeded nodes. */
  Program build(int... results) {
    boolean[] needed = new boolean[nodes.size()];
    for (int result : results) {
      needed[result] = true;
    }
    for (int i = needed.length - 1; i >= 0; i--) {
      if (needed[i]) {
        for (int operand : Program.operands(nodes.get(i))) {
          needed[operand] = true;
        }
      }
    }
    int[] moved = new int[needed.length];
    List<Node> left = new ArrayList<>();
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        Node old = nodes.get(i);
        moved[i] = left.size();
        left.add(
            new Node(
                old.operation(),
                moved[old.a()],
                moved[old.b()],
                moved[old.c()],
                old.immediate(),
                old.varying()));
      }
    }
    return new Program(left, inputs, Arrays.stream(results).map(i -> moved[i]).boxed().toList());
  }

  private int plus(int a, int b) {
    return node(Operation.ADD, a, b, 0, 0, varies(a) || varies(b));
  }

  private boolean varies(int word) {
    return nodes.get(word).varying();
  }

  /** Returns a node: a literal if all operands are literals, or an earlier node if it is equal. */
  private int node(Operation operation, int a, int b, int c, int immediate, boolean varying) {
    Node node = new Node(operation, a, b, c, immediate, varying);
    int[] operands = Program.operands(node);
    boolean computable = operands.length > 0;
    for (int operand : operands) {
      computable &= nodes.get(operand).operation() == Operation.LITERAL;
    }
    if (computable) {
      int[] words = new int[nodes.size()];
      for (int operand : operands) {
        words[operand] = nodes.get(operand).immediate();
      }
      return literal(Program.apply(node, words));
    }
    return known.computeIfAbsent(
        node,
        added -> {
          nodes.add(added);
          return nodes.size() - 1;
        });
  }
}
