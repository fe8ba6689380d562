package io.goldennonce.output;

import io.goldennonce.chain.Violation;
import java.io.PrintWriter;
import java.util.List;

/** Prints violations: one row each, as a table or as JSON; nothing where there are none. */
public final class ViolationTable {
  private static final List<String> COLUMNS =
      List.of("height", "hash", "rule", "expected", "found");

  private ViolationTable() {}

  public static void print(List<Violation> faults, boolean json, PrintWriter out) {
    if (faults.isEmpty()) {
      return;
    }
    if (json) {
      faults.forEach(fault -> out.println(fields(fault).toJson()));
    } else {
      TextTable.print(COLUMNS, faults.stream().map(ViolationTable::cells).toList(), out);
    }
  }

  private static Fields fields(Violation fault) {
    return new Fields()
        .with("height", fault.height())
        .with("hash", fault.hash())
        .with("rule", fault.rule())
        .with("expected", fault.expected())
        .with("found", fault.found());
  }

  private static List<String> cells(Violation fault) {
    return List.of(
        fault.height() == null ? "" : fault.height().toString(),
        fault.hash(),
        fault.rule(),
        fault.expected(),
        fault.found());
  }
}
