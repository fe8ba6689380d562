package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code jdk.incubator.vector} kernel in one of its widths. The compiler needs the width as a
 * constant, so each has a class of its own, made from {@code VectorFilter.java.template}. They are
 * found by name, so that none is loaded in a JVM without the vector module.
 */
final class VectorKernel implements NonceKernel {
  /** JDK 17 knows no rotation of vectors, see the template. */
  static final boolean ROTATES = Runtime.version().feature() > 17;

  private static final String MODULE = "jdk.incubator.vector";

  /** Spark 4 gives the option by itself. */
  private static final String MISSING_MODULE =
      "the vector kernels need the module jdk.incubator.vector: give spark-submit"
          + " --driver-java-options \"--add-modules=jdk.incubator.vector\""
          + " --conf spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector";

  private final int bits;
  private final boolean rotates;

  /** The kernel with vectors of so many bits, in a JVM that has the module. */
  VectorKernel(int bits) {
    this(bits, ROTATES);
  }

  /** One that rotates by an instruction or by two shifts, whatever is faster in this JVM. */
  VectorKernel(int bits, boolean rotates) {
    this.bits = bits;
    this.rotates = rotates;
  }

  /** The widths, the widest first, each usable or refused for a reason. */
  static List<KernelCandidate> candidates() {
    return Stream.of(512, 256, 128).map(VectorKernel::candidate).toList();
  }

  /** The line that says which option brings the module, if it is missing. */
  static Optional<String> missingModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of(MISSING_MODULE);
  }

  /** Whether the vector module is there and says that vectors have fewer than 512 bits. */
  static boolean isNarrow() {
    return missingModule().isEmpty() && VectorWidth.preferredBits() < 512;
  }

  private static KernelCandidate candidate(int bits) {
    Optional<String> missing = missingModule();
    if (missing.isPresent()) {
      return KernelCandidate.refused("vector-" + bits, missing.get());
    }
    int preferred = VectorWidth.preferredBits();
    if (bits > preferred) {
      return KernelCandidate.refused(
          "vector-" + bits,
          "kernel vector-" + bits + ": this processor's vectors have " + preferred + " bits");
    }
    return KernelCandidate.usable(new VectorKernel(bits));
  }

  @Override
  public String name() {
    return "vector-" + bits;
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return true;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, filter(template));
  }

  GroupFilter filter(NonceTemplate template) {
    String name = "io.goldennonce.kernel.cpu.Vector" + bits + (rotates ? "Rotating" : "Shifting");
    try {
      return Class.forName(name)
          .asSubclass(GroupFilter.class)
          .getDeclaredConstructor(NonceTemplate.class)
          .newInstance(template);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new LinkageError("can't make " + name, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("can't make " + name, e);
    }
  }
}
