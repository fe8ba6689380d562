package io.goldennonce.kernel.gpu;

import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.HashOrder;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import io.goldennonce.kernel.SelfTest;
import io.goldennonce.kernel.TopWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Checks and measures a GPU without Spark, for {@code scripts/gpu-check.sh}: {@code GpuCheck
 * cuda|opencl|interpreter [quick] [sweep]}. Exits with 1 if a result is wrong, and with 3 if there
 * is no GPU. The interpreter needs none: it is for trying this program.
 */
public final class GpuCheck {
  private static final String GENESIS =
      "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
          + "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

  private static final long GENESIS_NONCE = 2_083_236_893L;
  private static final byte[] UNREACHABLE = new byte[32];

  private static final String INTERPRETER = "interpreter";

  private final GpuKernel kernel;
  private final Extent extent;
  private boolean failed;

  /** How long a run takes. */
  enum Extent {
    /** Minutes on a GPU. */
    FULL(96, 10),
    /** Minutes on a CPU with PoCL, which compiles each program for ten seconds. */
    QUICK(2, 1),
    /** Seconds on the interpreter, which tries some ten thousand nonces per second. */
    TRIAL(1, 0.05);

    /** Number of random templates. */
    private final int templates;

    /** How long a rate is measured. */
    private final double seconds;

    Extent(int templates, double seconds) {
      this.templates = templates;
      this.seconds = seconds;
    }
  }

  GpuCheck(GpuKernel kernel, Extent extent) {
    this.kernel = kernel;
    this.extent = extent;
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments));
  }

  static int run(String... arguments) throws Exception {
    List<String> options = Arrays.asList(arguments);
    GpuKernel kernel;
    try {
      kernel = kernel(options.isEmpty() ? "gpu" : options.get(0));
    } catch (IllegalStateException e) {
      say("%s", String.valueOf(e.getMessage()));
      return 3;
    }
    Extent extent =
        kernel.name().equals(INTERPRETER)
            ? Extent.TRIAL
            : options.contains("quick") ? Extent.QUICK : Extent.FULL;
    return new GpuCheck(kernel, extent).run(options.contains("sweep"));
  }

  /** Returns the exit code. */
  int run(boolean sweep) throws Exception {
    say("device: %s by %s", kernel.hardware().name(), kernel.name());
    if (kernel.hardware() instanceof CudaDevice cuda) {
      say(
          "%d multiprocessors, the driver supports CUDA %d.%d",
          cuda.multiprocessors(), cuda.driverVersion() / 1000, cuda.driverVersion() % 1000 / 10);
    }
    correctness();
    rates();
    latency();
    if (sweep && kernel.hardware() instanceof CudaDevice cuda) {
      new LaunchSweep(cuda).run();
    }
    say(failed ? "FAILED" : "all results are right");
    return failed ? 1 : 0;
  }

  private boolean isFull() {
    return extent == Extent.FULL;
  }

  private static GpuKernel kernel(String kind) {
    return kind.equals(INTERPRETER)
        ? new GpuKernel(
            kind,
            0,
            new InterpretedDevice(),
            new LaunchSizes(64, 1024, LaunchSizes.DEFAULT.nanos()))
        : (GpuKernel) new GpuKernels().open(kind, "");
  }

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /** The genesis block's nonce, and random templates against {@code MessageDigest}. */
  private void correctness() throws Exception {
    NonceTemplate genesis = NonceTemplate.ofHeader(HexFormat.of().parseHex(GENESIS));
    byte[] bound = new byte[32];
    Arrays.fill(bound, 4, 32, (byte) 0xff);
    long from = isFull() ? 0 : GENESIS_NONCE - 10_000;
    long to = isFull() ? 1L << 32 : GENESIS_NONCE + 10_000;
    long begin = System.nanoTime();
    ScanResult found = kernel.scanner(genesis).scan(from, to, bound, () -> false);
    // An earlier nonce has 32 zero bits as well, if the whole space is scanned.
    while (found.hit() && found.end() - 1 < GENESIS_NONCE) {
      found = kernel.scanner(genesis).scan(found.end(), to, bound, () -> false);
    }
    verdict("the genesis block's nonce", found.equals(new ScanResult(GENESIS_NONCE + 1, true)));
    say("  after %.2f s, compilation included", (System.nanoTime() - begin) / 1e9);

    int count = extent.templates;
    begin = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(isFull() ? 12 : 1);
    List<Callable<Optional<String>>> tests = new ArrayList<>();
    Random random = new Random(isFull() ? System.nanoTime() : 1);
    for (int i = 0; i < count; i++) {
      NonceTemplate template = template(random, i);
      tests.add(() -> SelfTest.failure(kernel, template).map(wrong -> text(template) + wrong));
    }
    int wrong = 0;
    for (Future<Optional<String>> test : pool.invokeAll(tests)) {
      Optional<String> failure = test.get();
      failure.ifPresent(line -> say("  %s", line));
      wrong += failure.isPresent() ? 1 : 0;
    }
    pool.shutdown();
    verdict(count + " random templates as MessageDigest", wrong == 0);
    say("  after %.1f s, compilation included", (System.nanoTime() - begin) / 1e9);
  }

  /** Each kind of nonce in turn, then a header whose version rolls; each third has a pattern. */
  private static NonceTemplate template(Random random, int number) {
    NonceEncoding[] encodings = NonceEncoding.values();
    int kind = number % (encodings.length + 1);
    NonceTemplate template =
        kind == encodings.length
            ? NonceTemplate.ofHeader(
                bytes(random, 80), NonceTemplate.versionMask(0xe000, 1 + random.nextInt(3)))
            : NonceTemplate.of(
                bytes(random, random.nextInt(140)),
                bytes(random, random.nextInt(80)),
                encodings[kind],
                HashFunction.values()[random.nextInt(2)],
                HashOrder.values()[random.nextInt(2)]);
    return number % 3 == 2 ? template.withPattern(bytes(random, 32)) : template;
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(NonceTemplate template) {
    return template.encoding()
        + " "
        + template.function()
        + " after "
        + template.prefix().length
        + " bytes: ";
  }

  private void verdict(String what, boolean right) {
    failed |= !right;
    say("%s: %s", what, right ? "right" : "WRONG");
  }

  private void rates() {
    say("%n%-44s %10s", "rate, whole kernel", "GH/s");
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    double rate = rate("header", header, extent.seconds);
    // The most shares per second of a search, and a number whose cost can be measured.
    for (int perSecond : new int[] {32, 2048}) {
      int bits = Math.max(GpuScanner.EASIEST, Math.getExponent(rate * 1e9 / perSecond));
      rate("header, shares of " + bits + " bits", header, extent.seconds, TopWord.bound(bits));
    }
    if (!isFull()) {
      return;
    }
    rate("header, two versions", NonceTemplate.ofHeader(new byte[80], 0x2000), 10);
    rate("header, eight versions", NonceTemplate.ofHeader(new byte[80], 0xe000), 10);
    rate("one block, SHA-256d", message(30, 8, NonceEncoding.U32_BE, HashFunction.SHA256D), 4);
    rate("one block, SHA-256", message(30, 8, NonceEncoding.U32_BE, HashFunction.SHA256), 4);
    rate(
        "eight-byte nonce, SHA-256d",
        message(30, 8, NonceEncoding.U64_LE, HashFunction.SHA256D),
        4);
    rate("two blocks, SHA-256d", message(30, 60, NonceEncoding.U32_BE, HashFunction.SHA256D), 4);
    rate(
        "nonce across two blocks, SHA-256d",
        message(61, 0, NonceEncoding.U32_BE, HashFunction.SHA256D),
        4);
    rate("four blocks, SHA-256d", message(30, 200, NonceEncoding.U32_BE, HashFunction.SHA256D), 4);
    rate("eight blocks, SHA-256d", message(30, 460, NonceEncoding.U32_BE, HashFunction.SHA256D), 4);
    rate(
        "twelve blocks, SHA-256d", message(30, 710, NonceEncoding.U32_BE, HashFunction.SHA256D), 4);
    rate("decimal nonce, SHA-256", message(30, 8, NonceEncoding.DECIMAL, HashFunction.SHA256), 4);
    rate("hex nonce, SHA-256", message(30, 8, NonceEncoding.HEX, HashFunction.SHA256), 4);
    rate("base64 nonce, SHA-256", message(30, 8, NonceEncoding.BASE64, HashFunction.SHA256), 4);
    rate("header again", NonceTemplate.ofHeader(new byte[80]), 10);
  }

  private static NonceTemplate message(
      int prefix, int suffix, NonceEncoding encoding, HashFunction function) {
    return NonceTemplate.of(
        new byte[prefix], new byte[suffix], encoding, function, HashOrder.BIG_ENDIAN);
  }

  private double rate(String name, NonceTemplate template, double seconds) {
    return rate(name, template, seconds, UNREACHABLE);
  }

  private double rate(String name, NonceTemplate template, double seconds, byte[] bound) {
    long nonces = template.nonces();
    long start = nonces > 1L << 32 ? 20_000_000_000L : 0;
    long end = Math.min(nonces, start + (1L << 40));
    scanFor(template, start, end, bound, Math.min(1, seconds));
    long begin = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - begin < seconds * 1e9) {
      // A header's nonces are tried in half a second: then comes the next header.
      double left = seconds - (System.nanoTime() - begin) / 1e9;
      done += scanFor(template, start, end, bound, left);
    }
    double rate = done / (double) (System.nanoTime() - begin);
    say("%-44s %10.4g", name, rate);
    return rate;
  }

  private long scanFor(NonceTemplate template, long from, long to, byte[] bound, double seconds) {
    long begin = System.nanoTime();
    BooleanSupplier stop = () -> System.nanoTime() - begin > seconds * 1e9;
    NonceScanner scanner = kernel.scanner(template);
    ScanResult result = scanner.scan(from, to, bound, stop);
    while (result.hit()) {
      result = scanner.scan(result.end(), to, bound, stop);
    }
    return result.end() - from;
  }

  /** From a stop until the scan has returned, and until the device has nothing to do. */
  private void latency() throws InterruptedException {
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    double[] returned = new double[isFull() ? 20 : 3];
    double[] idle = new double[returned.length];
    for (int i = 0; i < returned.length; i++) {
      long stopAt = System.nanoTime() + 300_000_000L + i * 7_000_000L;
      long[] seen = new long[1];
      kernel
          .scanner(header)
          .scan(
              0,
              1L << 32,
              UNREACHABLE,
              () -> {
                boolean stop = System.nanoTime() > stopAt;
                seen[0] = stop && seen[0] == 0 ? System.nanoTime() : seen[0];
                return stop;
              });
      returned[i] = (System.nanoTime() - stopAt) / 1e6;
      kernel.awaitIdle();
      idle[i] = (System.nanoTime() - stopAt) / 1e6;
    }
    Arrays.sort(returned);
    Arrays.sort(idle);
    int last = returned.length - 1;
    say(
        "%nstop to return: median %.1f ms, at most %.1f ms; stop to idle device: median %.1f ms,"
            + " at most %.1f ms",
        returned[last / 2], returned[last], idle[last / 2], idle[last]);
  }
}
