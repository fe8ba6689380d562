package io.goldennonce.kernel.gpu.program;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A straight-line program on 32-bit words that computes one word per nonce and version. It is in
 * static single assignment form: node {@code i} uses only nodes below {@code i}.
 *
 * <p>Nodes that do not depend on the nonce are computed once per launch, by {@link #constants}; the
 * device computes the others.
 */
public final class Program {
  /** The operation of a node. */
  enum Operation {
    /** {@code immediate} itself. */
    LITERAL,
    /** The input with index {@code immediate}, which is the same for all nonces of a launch. */
    INPUT,
    /** The nonce word. */
    NONCE,
    /** {@code a + b} modulo 2³². */
    ADD,
    /** {@code a} rotated right by {@code immediate} bits, 1 to 31. */
    ROTATE,
    /** {@code a} shifted right by {@code immediate} bits, 1 to 31, unsigned. */
    SHIFT,
    /**
     * A bitwise function of {@code a}, {@code b} and {@code c}: {@code immediate} is its truth
     * table, as in the PTX instruction {@code lop3}.
     */
    LOGIC
  }

  /**
   * One operation.
   *
   * @param a the index of the first operand; unused operands are 0
   * @param varying whether it depends on the nonce
   */
  record Node(Operation operation, int a, int b, int c, int immediate, boolean varying) {}

  private final List<Node> nodes;
  private final int inputs;
  private final List<Integer> results;

  /** The indexes of the nodes that {@link #constants} returns, ascending. */
  private final int[] constantNodes;

  /** For each node, its index in the launch constants, or −1. */
  private final int[] constantIndex;

  /**
   * Creates a program.
   *
   * @param nodes in order
   * @param inputs number of words that {@link #constants} takes
   * @param results the nodes of its results, which depend on the nonce: one per version
   */
  Program(List<Node> nodes, int inputs, List<Integer> results) {
    this.nodes = List.copyOf(nodes);
    this.inputs = inputs;
    this.results = List.copyOf(results);
    boolean[] needed = new boolean[nodes.size()];
    for (Node node : nodes) {
      if (node.varying()) {
        for (int operand : operands(node)) {
          Node source = nodes.get(operand);
          needed[operand] |= !source.varying() && source.operation() != Operation.LITERAL;
        }
      }
    }
    constantNodes = IntStream.range(0, needed.length).filter(i -> needed[i]).toArray();
    constantIndex = new int[needed.length];
    Arrays.fill(constantIndex, -1);
    for (int i = 0; i < constantNodes.length; i++) {
      constantIndex[constantNodes[i]] = i;
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Returns the nodes of the results. */
  public List<Integer> results() {
    return results;
  }

  /** Returns the number of launch constants. */
  public int constantCount() {
    return constantNodes.length;
  }

  /** Returns a node's index in the launch constants; −1 if it is none. */
  int constantIndex(int node) {
    return constantIndex[node];
  }

  /** Returns the indexes of a node's operands. */
  static int[] operands(Node node) {
    return switch (node.operation()) {
      case LITERAL, INPUT, NONCE -> new int[0];
      case ROTATE, SHIFT -> new int[] {node.a()};
      case ADD -> new int[] {node.a(), node.b()};
      case LOGIC -> new int[] {node.a(), node.b(), node.c()};
    };
  }

  /**
   * Computes the constants of a launch.
   *
   * @param values the inputs
   */
  public int[] constants(int[] values) {
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
    return Arrays.stream(constantNodes).map(node -> words[node]).toArray();
  }

  /** Computes a node from its operands; not for inputs and the nonce. */
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
   * Applies a function of three bits to each bit of three words.
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
