package io.goldennonce.kernel.gpu;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Preserves the process's signal handlers. OpenCL compilers, most of which use LLVM, install
 * handlers when they are loaded, including one for SIGSEGV, which HotSpot uses to stop threads.
 * LLVM's handler restores HotSpot's at the first signal; if a second thread is stopped at that
 * moment, there is no handler, and the JVM exits silently.
 */
final class SignalHandlers {
  /** All except the real-time signals, which have no handlers here. */
  private static final int SIGNALS = 31;

  /** Larger than {@code struct sigaction} on any system. */
  private static final int BYTES = 256;

  private static final Optional<Function> SIGACTION = sigaction();

  private final byte[][] actions = new byte[SIGNALS + 1][0];

  private SignalHandlers() {
    Memory action = new Memory(BYTES);
    SIGACTION.ifPresent(
        function -> {
          for (int signal = 1; signal <= SIGNALS; signal++) {
            action.clear();
            function.invokeInt(new @Nullable Object[] {signal, null, action});
            actions[signal] = action.getByteArray(0, BYTES);
          }
        });
  }

  /** Runs a call that may load native code, and restores the handlers that it replaced. */
  static <T> T preserving(Supplier<T> call) {
    SignalHandlers before = now();
    try {
      return call.get();
    } finally {
      before.restore();
    }
  }

  static SignalHandlers now() {
    return new SignalHandlers();
  }

  private void restore() {
    SignalHandlers after = now();
    SIGACTION.ifPresent(
        function -> {
          Memory action = new Memory(BYTES);
          for (int signal = 1; signal <= SIGNALS; signal++) {
            if (!isSame(signal, after)) {
              action.write(0, actions[signal], 0, BYTES);
              function.invokeInt(new @Nullable Object[] {signal, action, null});
            }
          }
        });
  }

  /** Whether the handlers are the same. */
  boolean isSame(SignalHandlers other) {
    return IntStream.rangeClosed(1, SIGNALS).allMatch(signal -> isSame(signal, other));
  }

  /** Compares the handler's address, which comes first; the rest has undefined gaps. */
  private boolean isSame(int signal, SignalHandlers other) {
    byte[] action = actions[signal];
    int address = Math.min(action.length, Native.POINTER_SIZE);
    return Arrays.equals(action, 0, address, other.actions[signal], 0, address);
  }

  /** Empty on Windows. */
  private static Optional<Function> sigaction() {
    try {
      return Optional.of(
          NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("sigaction"));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
