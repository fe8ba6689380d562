package io.goldennonce.kernel.choice;

import static io.goldennonce.kernel.HashFunction.SHA256D;
import static io.goldennonce.kernel.HashOrder.BIG_ENDIAN;
import static io.goldennonce.kernel.HashOrder.LITTLE_ENDIAN;
import static io.goldennonce.kernel.NonceEncoding.U32_BE;
import static io.goldennonce.kernel.NonceEncoding.U64_LE;

import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.ScanResult;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Hashes per microsecond, which is MH/s, of each kernel once it is compiled. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--add-opens=java.base/sun.security.provider=ALL-UNNAMED"
    })
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int NONCES = 1 << 16;
  private static final byte[] UNREACHABLE = new byte[32];

  /** The kernel's name. */
  @Param({
    "vector-512",
    "vector-256",
    "vector-128",
    "superword",
    "sha-interleaved",
    "message-digest"
  })
  public String kernel = "";

  /**
   * A Bitcoin header; messages of one block with the nonce within two words; one whose nonce is in
   * the first of two blocks; and one whose nonce is in both.
   */
  @Param({"header"})
  public String message = "";

  private NonceScanner scanner = (from, to, bound, stop) -> new ScanResult(to, false);
  private long at;

  /** Chooses by the parameters. */
  @Setup
  public void setUp() {
    scanner =
        Kernels.all().stream()
            .filter(candidate -> candidate.name().equals(kernel))
            .findFirst()
            .orElseThrow()
            .scanner(template());
  }

  /** Scans nonces of which none hits. */
  @Benchmark
  @OperationsPerInvocation(NONCES)
  public long scan() {
    at = (at + NONCES) & 0x7fffffff;
    return scanner.scan(at, at + NONCES, UNREACHABLE, () -> false).end();
  }

  private NonceTemplate template() {
    return switch (message) {
      case "header" -> NonceTemplate.ofHeader(bytes(80));
      case "one-block" -> NonceTemplate.of(bytes(14), bytes(9), U32_BE, SHA256D, BIG_ENDIAN);
      case "one-block-u64" -> NonceTemplate.of(bytes(21), bytes(9), U64_LE, SHA256D, LITTLE_ENDIAN);
      case "two-blocks" -> NonceTemplate.of(bytes(14), bytes(60), U32_BE, SHA256D, BIG_ENDIAN);
      case "split-over-blocks" -> NonceTemplate.of(bytes(62), bytes(9), U32_BE, SHA256D, BIG_ENDIAN);
      default -> throw new IllegalArgumentException("there is no message " + message);
    };
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
