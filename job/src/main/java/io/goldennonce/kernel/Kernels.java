package io.goldennonce.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The kernels there are, best first, and the choice among them. */
public final class Kernels {
  /** The name that stands for the best kernel that this JVM can run. */
  public static final String AUTO = "auto";

  /** What every choice ends with: it runs everywhere and scans every template. */
  private static final NonceKernel LAST_RESORT = new MessageDigestKernel();

  private static final List<KernelCandidate> CANDIDATES = candidates();

  private static final List<String> NAMES = CANDIDATES.stream().map(KernelCandidate::name).toList();

  /** By kernel, function, order and whether further blocks follow the nonce's. */
  private static final Map<List<Object>, KernelRace> RACES = new ConcurrentHashMap<>();

  private Kernels() {}

  /**
   * In the order in which they are expected to be fast, for a race to start with: vectors of 512
   * bits with rotations before loops, in all else that was measured loops before vectors, see
   * {@code docs/kernels.md}.
   */
  private static List<KernelCandidate> candidates() {
    List<KernelCandidate> candidates = new ArrayList<>(VectorKernel.candidates());
    candidates.add(VectorKernel.ROTATES ? 1 : 0, KernelCandidate.usable(new SuperwordKernel()));
    candidates.add(KernelCandidate.usable(LAST_RESORT));
    return List.copyOf(candidates);
  }

  /** Every kernel that this JVM can run, the fastest first. */
  public static List<NonceKernel> all() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.kernel().stream()).toList();
  }

  /** Every name that {@link #choose} takes: {@value #AUTO}, and the kernels, the fastest first. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), NAMES.stream()).toList();
  }

  /** Why the other kernels can't run in this JVM: a line each, with the option that helps. */
  public static List<String> refusals() {
    return CANDIDATES.stream()
        .flatMap(candidate -> candidate.refusal().stream())
        .distinct()
        .toList();
  }

  /**
   * The fastest kernel for a template, or the one that is asked for, or the next below it that
   * works. It scans with {@code MessageDigest} until the kernel that it is named for has passed its
   * self-test and is compiled, which takes some seconds once in a JVM; a kernel that fails either
   * is replaced by the next, with a warning to the logger {@code io.goldennonce.kernel}. Of {@value
   * #AUTO} the two kernels expected to be fastest are compared later, see {@link KernelRace}.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static KernelSelection choose(String name, NonceTemplate template) {
    List<NonceKernel> usable = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (KernelCandidate candidate : from(name)) {
      Optional<String> refusal = candidate.refusal(template);
      if (refusal.isEmpty()) {
        candidate.kernel().ifPresent(usable::add);
      } else if (candidate.name().equals(name)) {
        warnings.add(refusal.get());
      }
    }
    if (name.equals(AUTO) && VectorKernel.ROTATES) {
      VectorKernel.missingModule().ifPresent(warnings::add);
    }
    if (usable.size() < 2) {
      return new KernelSelection(
          usable.isEmpty() ? LAST_RESORT : usable.get(0), "the only one there is", warnings);
    }
    AdaptiveKernel adaptive = adaptive(name, usable, template);
    return new KernelSelection(adaptive, adaptive.reason(), warnings);
  }

  /**
   * The kernel that {@link #choose} comes to, once it has passed its self-test, is compiled, and
   * {@value #AUTO} has compared: to be measured, where a search would work meanwhile.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static KernelSelection warm(String name, NonceTemplate template) {
    KernelSelection selection = choose(name, template);
    return selection.kernel() instanceof AdaptiveKernel adaptive
        ? new KernelSelection(adaptive.warm(), adaptive.reason(), selection.warnings())
        : selection;
  }

  /** One race in a JVM for all templates that run through the same code. */
  private static AdaptiveKernel adaptive(
      String name, List<NonceKernel> usable, NonceTemplate template) {
    NonceRun longest = new NonceRuns(template).at(template.encoding().nonces() - 1);
    // A list and not a record, whose first hash code costs a JVM 25 ms.
    List<Object> shape =
        List.of(name, template.function(), template.order(), longest.blocks().blocks() > 1);
    KernelRace race =
        RACES.computeIfAbsent(
            shape, key -> new KernelRace(usable, template, name.equals(AUTO), KernelRace.DELAYS));
    return new AdaptiveKernel(race, LAST_RESORT);
  }

  /** The candidates to try, in order: from the named one down to {@code MessageDigest}. */
  private static List<KernelCandidate> from(String name) {
    int first = name.equals(AUTO) ? 0 : NAMES.indexOf(name);
    if (first < 0) {
      throw new IllegalArgumentException(
          "the kernel must be one of " + String.join(", ", names()) + ", got " + name);
    }
    return CANDIDATES.subList(first, CANDIDATES.size());
  }
}
