package io.goldennonce.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The {@code jdk.incubator.vector} kernel in one of its widths. The compiler needs the width as a
 * constant, so each has a class of its own, made from {@code VectorFilter.java.template}. They are
 * found by name, so that none is loaded in a JVM without the vector module.
 */
final class VectorKernel implements NonceKernel {
  /** JDK 17 knows no rotation of vectors, see the template. */
  private static final boolean ROTATES = Runtime.version().feature() > 17;

  private final int bits;
  private final MethodHandle newFilter;

  /**
   * The kernel with vectors of so many bits.
   *
   * @throws LinkageError if the JVM does not have the vector module
   */
  VectorKernel(int bits) {
    this.bits = bits;
    this.newFilter = constructor(bits);
  }

  private static MethodHandle constructor(int bits) {
    String name = "io.goldennonce.kernel.Vector" + bits + (ROTATES ? "Rotating" : "Shifting");
    try {
      return MethodHandles.lookup()
          .findConstructor(
              Class.forName(name), MethodType.methodType(void.class, NonceTemplate.class))
          .asType(MethodType.methodType(GroupFilter.class, NonceTemplate.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("there is no vector kernel of " + bits + " bits", e);
    }
  }

  @Override
  public String name() {
    return "vector-" + bits;
  }

  @Override
  public boolean supports(NonceTemplate template) {
    return template.encoding().width() != 0;
  }

  @Override
  public NonceScanner scanner(NonceTemplate template) {
    return new GroupScanner(template, filter(template));
  }

  GroupFilter filter(NonceTemplate template) {
    try {
      return (GroupFilter) newFilter.invokeExact(template);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
