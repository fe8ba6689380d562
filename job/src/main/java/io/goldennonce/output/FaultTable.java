package io.goldennonce.output;

import io.goldennonce.chain.BlockFault;
import java.io.PrintWriter;
import java.util.List;

/** Prints violations: one row each, as a table or as JSON; nothing where there are none. */
public final class FaultTable {
  private static final List<String> COLUMNS =
      List.of("height", "hash", "rule", "expected", "found");

  private FaultTable() {}

  public static void print(List<BlockFault> faults, boolean json, PrintWriter out) {
    if (faults.isEmpty()) {
      return;
    }
    if (json) {
      faults.forEach(fault -> out.println(fields(fault).toJson()));
    } else {
      TextTable.print(COLUMNS, faults.stream().map(FaultTable::cells).toList(), out);
    }
  }

  private static Fields fields(BlockFault fault) {
    return new Fields()
        .with("height", fault.height())
        .with("hash", fault.hash())
        .with("rule", fault.rule())
        .with("expected", fault.expected())
        .with("found", fault.found());
  }

  private static List<String> cells(BlockFault fault) {
    return List.of(
        fault.height() == null ? "" : fault.height().toString(),
        fault.hash(),
        fault.rule(),
        fault.expected(),
        fault.found());
  }
}
