package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.jna.Pointer;
import io.goldennonce.kernel.KernelFailedException;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.SelfTest;
import io.goldennonce.kernel.TopWord;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real OpenCL device (PoCL) that fails in the middle of a range, or reports what is wrong. */
class OpenClFaultsTest {
  private static final NonceTemplate GENESIS =
      NonceTemplate.ofHeader(
          HexFormat.of()
              .parseHex(
                  "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
                      + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"));

  private static final long NONCE = 2_083_236_893L;
  private static final byte[] BOUND = TopWord.bound(32);
  private static final int LAUNCH = 4096;

  private static final Faults FAULTS = new Faults();
  private static @Nullable GpuKernel kernel;

  @BeforeAll
  static void open() {
    OpenClDevices.require();
    OpenClLibrary faulty =
        (OpenClLibrary)
            Proxy.newProxyInstance(
                OpenClLibrary.class.getClassLoader(), new Class<?>[] {OpenClLibrary.class}, FAULTS);
    Device device = SignalHandlers.preserving(() -> OpenClDevice.all(faulty)).get(0);
    kernel = new GpuKernel("opencl", 0, device, new LaunchSizes(LAUNCH, LAUNCH, 40_000_000));
  }

  @AfterEach
  void repair() {
    FAULTS.set(Fault.NONE, 0);
  }

  enum Fault {
    NONE,
    /** The device takes no more launches. */
    REFUSES,
    /** Launches end with an error. */
    ABORTS,
    /** Each launch reports its first nonce. */
    LIES,
    /** No launch reports anything. */
    BLIND
  }

  /** The real library, except for a fault after a number of launches. */
  private static final class Faults implements InvocationHandler {
    private static final int OUT_OF_RESOURCES = -5;
    private static final int COMPLETE = 0;

    private final OpenClLibrary real = OpenClDevice.load();
    private Fault fault = Fault.NONE;
    private int launchesLeft;

    /** Where each launch's hits are read to, by the event that tells when. */
    private final Map<Pointer, Pointer> hits = new ConcurrentHashMap<>();

    void set(Fault newFault, int launches) {
      fault = newFault;
      launchesLeft = launches;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
        throws Throwable {
      String call = method.getName();
      if (call.equals("clEnqueueNDRangeKernel") && launchesLeft-- <= 0 && fault == Fault.REFUSES) {
        return OUT_OF_RESOURCES;
      }
      @Nullable Object result = method.invoke(real, arguments);
      if (call.equals("clEnqueueReadBuffer")) {
        hits.put(((Pointer[]) arguments[8])[0], (Pointer) arguments[5]);
      }
      if (call.equals("clGetEventInfo") && launchesLeft <= 0) {
        ended((int[]) arguments[3], Objects.requireNonNull(hits.get(arguments[0])));
      }
      return result;
    }

    private void ended(int[] status, Pointer found) {
      if (status[0] == COMPLETE) {
        switch (fault) {
          case ABORTS -> status[0] = OUT_OF_RESOURCES;
          case BLIND -> found.setInt(0, 0);
          case LIES -> {
            found.setInt(0, 1);
            found.setInt(Integer.BYTES, 0);
          }
          case NONE, REFUSES -> {}
        }
      }
    }
  }

  private static GpuKernel kernel() {
    if (kernel == null) {
      throw new IllegalStateException("not opened");
    }
    return kernel;
  }

  @Test
  void scan_deviceRefusesLaunches_isContinuedWhereItFailed() {
    assertContinued(Fault.REFUSES, "OpenCL's clEnqueueNDRangeKernel failed with error -5");
  }

  @Test
  void scan_launchEndsWithAnError_isContinuedWhereItFailed() {
    assertContinued(Fault.ABORTS, "OpenCL's launch failed with error -5");
  }

  /** What the device has done counts, and another kernel finds the nonce after it. */
  private static void assertContinued(Fault fault, String message) {
    NonceScanner scanner = kernel().pureScanner(GENESIS);
    long from = NONCE - 6 * LAUNCH;
    FAULTS.set(fault, 4);

    KernelFailedException failure =
        catchThrowableOfType(
            KernelFailedException.class, () -> scanner.scan(from, 1L << 32, BOUND, () -> false));

    assertThat(failure).hasMessage(message);
    assertThat(failure.end()).isBetween(from + LAUNCH, NONCE);
    assertThat(
            new MessageDigestKernel()
                .scanner(GENESIS)
                .scan(failure.end(), 1L << 32, BOUND, () -> false))
        .isEqualTo(new ScanResult(NONCE + 1, true));
  }

  @Test
  void scan_deviceReportsNonceThatIsNoHit_fails() {
    NonceScanner scanner = kernel().pureScanner(GENESIS);
    long from = NONCE - 6 * LAUNCH;
    FAULTS.set(Fault.LIES, 0);

    assertThatThrownBy(() -> scanner.scan(from, 1L << 32, BOUND, () -> false))
        .isInstanceOf(KernelFailedException.class)
        .hasMessage("the device reported nonce " + from + ", whose hash is above its bound");
  }

  @Test
  void selfTest_deviceThatFindsNothing_fails() {
    FAULTS.set(Fault.BLIND, 0);

    assertThat(SelfTest.failure(kernel(), GENESIS).orElseThrow()).contains("must find nonce");
  }

  @Test
  void selfTest_soundDevice_passes() {
    assertThat(SelfTest.failure(kernel(), GENESIS)).isEmpty();
  }
}
