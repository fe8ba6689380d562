package io.goldennonce.kernel.gpu;

import java.util.List;

/**
 * A straight line of operations on 32-bit words that computes one word for each nonce. It is in
 * static single assignment form: node {@code i} uses only nodes below {@code i}.
 *
 * <p>Nodes that don't depend on the nonce are computed once per launch, by {@link #constants}; a
 * device computes the others.
 */
final class Program {
  /** What a node computes. */
  enum Operation {
    /** {@code immediate} itself. */
    LITERAL,
    /** The input at index {@code immediate}: the same for all nonces of a launch. */
    INPUT,
    /** The word that differs between nonces. */
    NONCE,
    /** {@code a + b} modulo 2³². */
    ADD,
    /** {@code a} rotated right by {@code immediate} bits, 1 to 31. */
    ROTATE,
    /** {@code a} shifted right by {@code immediate} bits, 1 to 31, zeros moving in. */
    SHIFT,
    /**
     * Any function of three bits, for each of the 32 bits of {@code a}, {@code b} and {@code c}:
     * {@code immediate} is its truth table, as in the PTX instruction {@code lop3}.
     */
    LOGIC
  }

  /**
   * One operation.
   *
   * @param a the index of the first operand; 0 where there is none, as for the others
   * @param varying whether it depends on the nonce
   */
  record Node(Operation operation, int a, int b, int c, int immediate, boolean varying) {}

  private final List<Node> nodes;
  private final int inputs;

  /** The indexes of the nodes that {@link #constants} gives, ascending. */
  private final int[] constantNodes;

  /** For each node its place among the launch constants, or −1. */
  private final int[] constantIndex;

  /**
   * A program whose result is its last node.
   *
   * @param nodes in order; the last depends on the nonce
   * @param inputs how many words {@link #constants} takes
   */
  Program(List<Node> nodes, int inputs) {
    this.nodes = List.copyOf(nodes);
    this.inputs = inputs;
    boolean[] needed = new boolean[nodes.size()];
    for (Node node : nodes) {
      if (node.varying()) {
        for (int operand : operands(node)) {
          Node source = nodes.get(operand);
          needed[operand] |= !source.varying() && source.operation() != Operation.LITERAL;
        }
      }
    }
    constantIndex = new int[nodes.size()];
    int count = 0;
    for (int i = 0; i < needed.length; i++) {
      constantIndex[i] = needed[i] ? count++ : -1;
    }
    constantNodes = new int[count];
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        constantNodes[constantIndex[i]] = i;
      }
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** How many launch constants there are. */
  int constantCount() {
    return constantNodes.length;
  }

  /** A node's place among the launch constants, or −1 if it is none. */
  int constantIndex(int node) {
    return constantIndex[node];
  }

  /** The indexes of a node's operands. */
  static int[] operands(Node node) {
    return switch (node.operation()) {
      case LITERAL, INPUT, NONCE -> new int[0];
      case ROTATE, SHIFT -> new int[] {node.a()};
      case ADD -> new int[] {node.a(), node.b()};
      case LOGIC -> new int[] {node.a(), node.b(), node.c()};
    };
  }

  /**
   * Computes what a launch needs and no nonce changes.
   *
   * @param values the inputs
   */
  int[] constants(int[] values) {
    if (values.length != inputs) {
      throw new IllegalArgumentException(
          "the program takes " + inputs + " inputs, got " + values.length);
    }
    int[] words = new int[nodes.size()];
    for (int i = 0; i < words.length; i++) {
      Node node = nodes.get(i);
      if (!node.varying()) {
        words[i] =
            node.operation() == Operation.INPUT ? values[node.immediate()] : apply(node, words);
      }
    }
    int[] constants = new int[constantNodes.length];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = words[constantNodes[i]];
    }
    return constants;
  }

  /** The value of a node whose operands have values; neither an input nor the nonce. */
  static int apply(Node node, int[] words) {
    return switch (node.operation()) {
      case LITERAL -> node.immediate();
      case ADD -> words[node.a()] + words[node.b()];
      case ROTATE -> Integer.rotateRight(words[node.a()], node.immediate());
      case SHIFT -> words[node.a()] >>> node.immediate();
      case LOGIC -> logic(node.immediate(), words[node.a()], words[node.b()], words[node.c()]);
      case INPUT, NONCE -> throw new IllegalArgumentException("has no operands: " + node);
    };
  }

  /**
   * A function of three bits for each bit of three words.
   *
   * @param table bit {@code 4a + 2b + c} is the result for the bits a, b and c
   */
  static int logic(int table, int a, int b, int c) {
    int result = 0;
    for (int row = 0; row < 8; row++) {
      if ((table >> row & 1) != 0) {
        result |= ((row & 4) != 0 ? a : ~a) & ((row & 2) != 0 ? b : ~b) & ((row & 1) != 0 ? c : ~c);
      }
    }
    return result;
  }
}
