package io.goldennonce.kernel.choice;

import io.goldennonce.kernel.DeviceKernel;
import io.goldennonce.kernel.DeviceUsage;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The available kernels, and the choice among them. */
public final class Kernels {
  /** Selects the best kernel that this JVM can run. */
  public static final String AUTO = "auto";

  /** Runs everywhere. */
  private static final NonceKernel LAST_RESORT = new MessageDigestKernel();

  private static final String ASKED_FOR = "asked for";

  private static final List<KernelCandidate> CANDIDATES = CpuKernels.candidates();

  private static final List<String> NAMES = CANDIDATES.stream().map(KernelCandidate::name).toList();

  /** By kernel, function, order, whether blocks follow the nonce's, and number of versions. */
  private static final Map<List<Object>, KernelRace> RACES = new ConcurrentHashMap<>();

  private Kernels() {}

  /** Returns every kernel that this JVM can run, in order of expected speed. */
  public static List<NonceKernel> all() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.kernel().stream()).toList();
  }

  /**
   * Returns the names that {@link #choose} accepts: {@value #AUTO}, the kernels in order of
   * expected speed, and the kinds of devices. A colon and a device's address may follow the latter.
   */
  public static List<String> names() {
    return Stream.of(Stream.of(AUTO), NAMES.stream(), Devices.kinds().stream())
        .flatMap(names -> names)
        .toList();
  }

  public static boolean isName(String name) {
    return isOfCpu(name) || Devices.isName(name);
  }

  /**
   * Checks a kernel's name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static void requireName(String name) {
    if (!isName(name)) {
      throw noSuch(name);
    }
  }

  private static IllegalArgumentException noSuch(String name) {
    return new IllegalArgumentException(
        "the kernel must be one of %s, got %s".formatted(String.join(", ", names()), name));
  }

  /** Whether a name is that of a kind of devices, optionally with an address. */
  public static boolean isDevice(String name) {
    return !isOfCpu(name) && Devices.isName(name);
  }

  /** Checked first, so that {@link Devices} is loaded only for a name of a device. */
  private static boolean isOfCpu(String name) {
    return name.equals(AUTO) || NAMES.contains(name);
  }

  /**
   * Returns the name of the kernel for a device that a scheduler has assigned. {@value #AUTO} and
   * kinds of devices use that device; other names are unchanged.
   *
   * @param name one that {@link #choose} accepts
   * @param address the device's index, from 0
   */
  public static String onDevice(String name, String address) {
    if (name.equals(AUTO)) {
      return "gpu:" + address;
    }
    return !isOfCpu(name) && Devices.kinds().contains(name) ? name + ":" + address : name;
  }

  /**
   * Returns the number of concurrent scans that keep this machine busy: one per processor or
   * device. More scans on a device would only take longer to stop.
   *
   * @param name one that {@link #choose} accepts
   */
  public static int slots(String name) {
    int devices = isDevice(name) ? Devices.count(name) : 0;
    return devices > 0 ? devices : Runtime.getRuntime().availableProcessors();
  }

  /** Returns the usage of the devices that this JVM uses, as reported by their drivers. */
  public static List<DeviceUsage> deviceUsage() {
    return DeviceOrCpuKernel.usage();
  }

  /** Returns why kernels can't run in this JVM: lines for users, with the option to change. */
  public static List<String> refusals() {
    return CANDIDATES.stream()
        .flatMap(candidate -> candidate.refusal().stream())
        .distinct()
        .toList();
  }

  /**
   * Chooses the fastest kernel for a template, or the requested one, or the next one that works. It
   * scans with {@code MessageDigest} until the chosen kernel has passed its self-test and is
   * compiled, which takes some seconds, once per JVM. A kernel that fails either is replaced by the
   * next one, with a warning to the logger {@code io.goldennonce.kernel}. For {@value #AUTO}, the
   * two kernels expected to be fastest are compared later, see {@link KernelRace}.
   *
   * <p>A device scans once it has passed its self-test. Before that, or if it fails or is missing,
   * the kernel for {@value #AUTO} scans.
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

  /** Returns the CPU's kernel with a warning why the device is not used. */
  private static KernelSelection refused(String name, String reason, KernelSelection cpu) {
    List<String> warnings = new ArrayList<>(List.of("kernel " + name + ": " + reason));
    warnings.addAll(cpu.warnings());
    return new KernelSelection(cpu.kernel(), cpu.reason(), warnings);
  }

  private static KernelSelection ofCpu(String name, NonceTemplate template) {
    List<NonceKernel> usable = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (KernelCandidate candidate : from(name)) {
      candidate.kernel().ifPresent(usable::add);
      if (candidate.name().equals(name)) {
        candidate.refusal().ifPresent(warnings::add);
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
   * Returns the kernel that {@link #choose} finally uses, after self-test, compilation and
   * comparison: for benchmarks, where a search would work meanwhile. If a device can't be used, it
   * is a kernel of the CPU, with a warning.
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
          .orElseGet(() -> new KernelSelection(kernel.deviceKernel(), ASKED_FOR, List.of()));
    }
    return selection.kernel() instanceof AdaptiveKernel adaptive
        ? new KernelSelection(adaptive.warm(), adaptive.reason(), selection.warnings())
        : selection;
  }

  /** There is one race per JVM for all templates that run the same code. */
  private static AdaptiveKernel adaptive(
      String name, List<NonceKernel> usable, NonceTemplate template) {
    NonceRun longest = new NonceRuns(template).at(template.encoding().nonces() - 1);
    // A list, since the first hash code of a record takes 25 ms.
    List<Object> shape =
        List.of(
            name,
            template.function(),
            template.order(),
            longest.blocks().blocks() > 1,
            template.versions());
    KernelRace race =
        RACES.computeIfAbsent(
            shape, key -> new KernelRace(usable, template, name.equals(AUTO), KernelRace.DELAYS));
    return new AdaptiveKernel(race, LAST_RESORT);
  }

  /** Returns the candidates to try, from the named one to {@code MessageDigest}. */
  private static List<KernelCandidate> from(String name) {
    int first = name.equals(AUTO) ? 0 : NAMES.indexOf(name);
    if (first < 0) {
      throw noSuch(name);
    }
    return CANDIDATES.subList(first, CANDIDATES.size());
  }
}
