package io.goldennonce.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The {@code jdk.incubator.vector} kernel in one of its widths: {@link VectorFilter} defined as a
 * class of its own for it.
 */
final class VectorKernel implements NonceKernel {
  private final int bits;
  private final MethodHandle newFilter;

  /**
   * The kernel with vectors of so many bits.
   *
   * @throws LinkageError if the JVM does not have the vector module
   */
  VectorKernel(int bits) {
    this.bits = bits;
    this.newFilter = define(bits);
  }

  private static MethodHandle define(int bits) {
    try (InputStream template = VectorKernel.class.getResourceAsStream("VectorFilter.class")) {
      if (template == null) {
        throw new IllegalStateException("the class file of VectorFilter is missing");
      }
      MethodHandles.Lookup lookup =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(template.readAllBytes(), bits, true);
      return lookup
          .findConstructor(
              lookup.lookupClass(), MethodType.methodType(void.class, NonceTemplate.class))
          .asType(MethodType.methodType(GroupFilter.class, NonceTemplate.class));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("can't define the vector kernel of " + bits + " bits", e);
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
