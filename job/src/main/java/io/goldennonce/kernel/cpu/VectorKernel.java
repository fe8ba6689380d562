package io.goldennonce.kernel.cpu;

import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceScanner;
import io.goldennonce.kernel.NonceTemplate;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code jdk.incubator.vector} kernel with vectors of one width. The compiler needs the width
 * as a constant, so each has a class of its own, generated from {@code VectorFilter.java.template}.
 * They are loaded by name, so that a JVM without the vector module loads none.
 */
final class VectorKernel implements NonceKernel {
  /** JDK 17 cannot rotate vectors, see the template. */
  static final boolean ROTATES = Runtime.version().feature() > 17;

  private static final String MODULE = "jdk.incubator.vector";

  /** Spark 4 sets the option by default. */
  private static final String MISSING_MODULE =
      "the vector kernels need the module jdk.incubator.vector: give spark-submit"
          + " --driver-java-options \"--add-modules=jdk.incubator.vector\""
          + " --conf spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector";

  private final int bits;
  private final boolean rotates;

  /** Creates the kernel for vectors of a number of bits, in a JVM that has the module. */
  VectorKernel(int bits) {
    this(bits, ROTATES);
  }

  /** Creates one that rotates by one instruction or by two shifts. */
  VectorKernel(int bits, boolean rotates) {
    this.bits = bits;
    this.rotates = rotates;
  }

  /** Returns the kernels of all widths, the widest first, each usable or not. */
  static List<KernelCandidate> candidates() {
    return Stream.of(512, 256, 128).map(VectorKernel::candidate).toList();
  }

  /** Returns the line that says which option adds the module, if it is missing. */
  static Optional<String> missingModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of(MISSING_MODULE);
  }

  /** Whether the vector module is present and prefers vectors of fewer than 512 bits. */
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
