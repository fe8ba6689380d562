package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.DeviceUsage;
import io.goldennonce.kernel.gpu.program.Interpreter;
import io.goldennonce.kernel.gpu.program.Program;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device that interprets programs: the launch is done when it returns. It can be made to fail or
 * to lie.
 */
class InterpretedDevice implements Device {
  private final List<Integer> launches = new ArrayList<>();
  private final List<WeakReference<LaunchSlot>> slots = new ArrayList<>();
  private volatile int launchesLeft = Integer.MAX_VALUE;
  private volatile boolean lying;
  private volatile boolean blind;

  /** Lets launches fail after a number of them. */
  void failAfter(int more) {
    launchesLeft = more;
  }

  /** Lets it report a nonce that is no hit with each launch. */
  void lie() {
    lying = true;
  }

  /** Lets it find nothing. */
  void findNothing() {
    blind = true;
  }

  /** The nonces of each launch so far. */
  synchronized List<Integer> launches() {
    return List.copyOf(launches);
  }

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public Optional<DeviceUsage> usage(String id) {
    return Optional.of(new DeviceUsage(id, 1, 37));
  }

  @Override
  public Executable compile(Program program) {
    return new Executable() {
      @Override
      public LaunchSlot newSlot() {
        return added(new Slot(program));
      }

      @Override
      public String description() {
        return "";
      }
    };
  }

  /** The slots so far that are still in memory. */
  synchronized long slots() {
    return slots.stream().filter(slot -> slot.get() != null).count();
  }

  private synchronized LaunchSlot added(LaunchSlot slot) {
    slots.add(new WeakReference<>(slot));
    return slot;
  }

  private synchronized void note(int count) {
    launches.add(count);
    if (launchesLeft-- <= 0) {
      throw new DeviceException("the device has fallen off the bus");
    }
  }

  private final class Slot implements LaunchSlot {
    private final Program program;
    private final int[] hits = new int[HIT_WORDS];

    Slot(Program program) {
      this.program = program;
    }

    @Override
    public void launch(List<int[]> constants, int first, int count, int mask) {
      note(count);
      int results = program.results().size();
      int stride = results * constants.size();
      hits[0] = 0;
      for (int run = 0; run < constants.size(); run++) {
        Interpreter interpreter = new Interpreter(program, constants.get(run));
        // Backwards, since a device has no order.
        for (int i = count - 1; i >= 0; i--) {
          int[] words = interpreter.run(first + i);
          for (int result = 0; result < results; result++) {
            report(i * stride + run * results + result, (words[result] & mask) == 0);
          }
        }
      }
    }

    private void report(int index, boolean hit) {
      if (lying ? index == 0 : hit && !blind) {
        if (hits[0] < MOST_HITS) {
          hits[1 + hits[0]] = index;
        }
        hits[0]++;
      }
    }

    @Override
    public boolean isDone() {
      return true;
    }

    @Override
    public int[] hits() {
      return Device.hits(hits);
    }
  }
}
