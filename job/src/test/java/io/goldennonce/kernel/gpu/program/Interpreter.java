package io.goldennonce.kernel.gpu.program;

import io.goldennonce.kernel.gpu.program.Program.Node;
import io.goldennonce.kernel.gpu.program.Program.Operation;
import java.util.List;

/**
 * Computes a program's result in Java, from its launch constants as a device does. Not thread-safe.
 */
public final class Interpreter {
  private final List<Node> nodes;
  private final List<Integer> results;
  private final int[] words;

  public Interpreter(Program program, int[] constants) {
    nodes = program.nodes();
    results = program.results();
    words = new int[nodes.size()];
    for (int i = 0; i < words.length; i++) {
      int constant = program.constantIndex(i);
      if (constant >= 0) {
        words[i] = constants[constant];
      } else if (nodes.get(i).operation() == Operation.LITERAL) {
        words[i] = nodes.get(i).immediate();
      }
    }
  }

  /** Returns the program's results for one nonce word. */
  public int[] run(int nonce) {
    for (int i = 0; i < words.length; i++) {
      Node node = nodes.get(i);
      if (node.operation() == Operation.NONCE) {
        words[i] = nonce;
      } else if (node.varying()) {
        words[i] = Program.apply(node, words);
      }
    }
    return results.stream().mapToInt(result -> words[result]).toArray();
  }
}
