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
 * The process's signal handlers. OpenCL's compilers, most of which are made of LLVM, install
 * handlers of their own when they are loaded, for SIGSEGV, too, by which HotSpot stops its threads.
 * LLVM's handler gives HotSpot's back at the first signal; a second thread that is stopped in that
 * moment meets no handler at all, and the JVM is gone without a word.
 */
final class SignalHandlers {
  /** All but the real-time signals, which have no handlers here. */
  private static final int SIGNALS = 31;

  /** More than a {@code struct sigaction} has on any system. */
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

  /** Runs what may load native code, and gives the handlers back that it replaced. */
  static <T> T kept(Supplier<T> call) {
    SignalHandlers before = now();
    try {
      return call.get();
    } finally {
      before.restore();
    }
  }

  /** Those of this moment. */
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

  /** Whether they are the same ones. */
  boolean areThoseOf(SignalHandlers other) {
    return IntStream.rangeClosed(1, SIGNALS).allMatch(signal -> isSame(signal, other));
  }

  /** The handler's address comes first; what follows has gaps with anything in them. */
  private boolean isSame(int signal, SignalHandlers other) {
    byte[] action = actions[signal];
    int address = Math.min(action.length, Native.POINTER_SIZE);
    return Arrays.equals(action, 0, address, other.actions[signal], 0, address);
  }

  /** Windows has none. */
  private static Optional<Function> sigaction() {
    try {
      return Optional.of(
          NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("sigaction"));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
