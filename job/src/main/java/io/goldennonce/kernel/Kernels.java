package io.goldennonce.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernels there are, best first, and the choice among them. */
public final class Kernels {
  /** The name that stands for the best kernel that this JVM can run. */
  public static final String AUTO = "auto";

  /** What every choice ends with: it runs everywhere and scans every template. */
  private static final NonceKernel LAST_RESORT = new MessageDigestKernel();

  private static final List<KernelCandidate> CANDIDATES =
      Stream.concat(
              VectorKernel.candidates().stream(),
              Stream.of(new SuperwordKernel(), LAST_RESORT, new ScalarKernel())
                  .map(KernelCandidate::usable))
          .toList();

  private Kernels() {}

  /** Every kernel that this JVM can run, the fastest first. */
  public static List<NonceKernel> all() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.kernel().stream()).toList();
  }

  /** Every name that {@link #choose} takes: {@value #AUTO}, and the kernels, the fastest first. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), CANDIDATES.stream().map(KernelCandidate::name)).toList();
  }

  /** Why the other kernels can't run in this JVM: a line each, with the option that mends it. */
  public static List<String> refusals() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.refusal().stream()).toList();
  }

  /**
   * The best kernel for a template, or the one that is asked for, or what comes nearest to it. Each
   * kernel is tested on known vectors once in a JVM before it is first chosen, and never chosen if
   * it fails.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static Choice choose(String name, NonceTemplate template) {
    List<String> warnings = new ArrayList<>();
    for (KernelCandidate candidate : from(name)) {
      Optional<String> obstacle = candidate.obstacle(template);
      if (obstacle.isEmpty()) {
        return new Choice(candidate.kernel().orElseThrow(), warnings);
      }
      warnings.add(obstacle.get());
    }
    return new Choice(LAST_RESORT, warnings);
  }

  /** The candidates in the order in which to try them: from the named one downwards. */
  private static List<KernelCandidate> from(String name) {
    if (name.equals(AUTO)) {
      return CANDIDATES;
    }
    for (int i = 0; i < CANDIDATES.size(); i++) {
      if (CANDIDATES.get(i).name().equals(name)) {
        return CANDIDATES.subList(i, CANDIDATES.size());
      }
    }
    throw new IllegalArgumentException(
        "the kernel must be one of " + String.join(", ", names()) + ", got " + name);
  }
}
