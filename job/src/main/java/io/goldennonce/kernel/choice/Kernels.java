package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.MessageDigestKernel;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceRun;
import io.goldennonce.kernel.NonceRuns;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.cpu.CpuKernels;
import io.goldennonce.kernel.cpu.KernelCandidate;
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

  private static final String ASKED_FOR = "asked for";

  private static final List<KernelCandidate> CANDIDATES = CpuKernels.candidates();

  private static final List<String> NAMES = CANDIDATES.stream().map(KernelCandidate::name).toList();

  /** By kernel, function, order and whether further blocks follow the nonce's. */
  private static final Map<List<Object>, KernelRace> RACES = new ConcurrentHashMap<>();

  private Kernels() {}

  /** Every kernel that this JVM can run, the fastest first. */
  public static List<NonceKernel> all() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.kernel().stream()).toList();
  }

  /**
   * Every name that {@link #choose} takes: {@value #AUTO}, the kernels, the fastest first, and the
   * kinds of devices, after which a colon and a device's address may stand.
   */
  public static List<String> names() {
    return Stream.of(Stream.of(AUTO), NAMES.stream(), Devices.kinds().stream())
        .flatMap(names -> names)
        .toList();
  }

  /** Whether {@link #choose} takes a name. */
  public static boolean isName(String name) {
    return isOfCpu(name) || Devices.isName(name);
  }

  /** Whether a name is that of a kind of devices, with or without an address. */
  public static boolean isDevice(String name) {
    return !isOfCpu(name) && Devices.isName(name);
  }

  /** Asked first, so that nothing of devices is loaded where none is named. */
  private static boolean isOfCpu(String name) {
    return name.equals(AUTO) || NAMES.contains(name);
  }

  /**
   * The name of the kernel that uses a device which a scheduler has assigned: {@value #AUTO} takes
   * it, and the kernels of devices take this one; all others stay what they are.
   *
   * @param name one that {@link #choose} takes
   * @param address the device's, counted from 0
   */
  public static String onDevice(String name, String address) {
    if (name.equals(AUTO)) {
      return "gpu:" + address;
    }
    return !isOfCpu(name) && Devices.kinds().contains(name) ? name + ":" + address : name;
  }

  /**
   * How many scans at once keep this machine busy: one a processor, or one a device. More scans on
   * a device would only take longer to stop.
   *
   * @param name one that {@link #choose} takes
   */
  public static int slots(String name) {
    int devices = isDevice(name) ? Devices.count(name) : 0;
    return devices > 0 ? devices : Runtime.getRuntime().availableProcessors();
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
   * <p>A device scans once it has passed its self-test; until then, if it fails or if it is not
   * there, what {@value #AUTO} stands for does.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static KernelSelection choose(String name, NonceTemplate template) {
    return isDevice(name) ? deviceOrCpu(name, template) : ofCpu(name, template);
  }

  private static KernelSelection deviceOrCpu(String name, NonceTemplate template) {
    KernelSelection cpu = ofCpu(AUTO, template);
    try {
      DeviceKernel device = Devices.open(name);
      return device.supports(template)
          ? new KernelSelection(new DeviceOrCpuKernel(device, cpu.kernel()), ASKED_FOR, List.of())
          : refused(name, device.unsupported(template), cpu);
    } catch (IllegalStateException e) {
      return refused(name, String.valueOf(e.getMessage()), cpu);
    }
  }

  /** What is used in a device's place, with a warning that says why. */
  private static KernelSelection refused(String name, String reason, KernelSelection cpu) {
    List<String> warnings = new ArrayList<>(List.of("kernel " + name + ": " + reason));
    warnings.addAll(cpu.warnings());
    return new KernelSelection(cpu.kernel(), cpu.reason(), warnings);
  }

  private static KernelSelection ofCpu(String name, NonceTemplate template) {
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
    if (name.equals(AUTO)) {
      CpuKernels.missingOption().ifPresent(warnings::add);
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
   * {@value #AUTO} has compared: to be measured, where a search would work meanwhile. In place of a
   * device that can't be used it is a kernel of the CPU, with a warning.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static KernelSelection warm(String name, NonceTemplate template) {
    KernelSelection selection = choose(name, template);
    if (selection.kernel() instanceof DeviceOrCpuKernel kernel) {
      return kernel
          .failure(template)
          .map(failure -> refused(name, failure, warm(AUTO, template)))
          .orElseGet(() -> new KernelSelection(kernel.device(), ASKED_FOR, List.of()));
    }
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
