package io.goldennonce.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a run, one per line. */
public final class Trace {
  private final List<String> lines = new ArrayList<>();
  private boolean started;

  Trace() {}

  /** Records from now on. */
  public void start() {
    started = true;
  }

  void add(int step, String process, String what, @Nullable Object argument) {
    if (started) {
      lines.add(String.format("%5d %-10s %s %s", step, process, what, argument));
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
