package io.goldennonce.kernel;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
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
  private static final Map<List<Object>, WarmUp> WARM_UPS = new ConcurrentHashMap<>();

  private Kernels() {}

  /**
   * Vectors of 512 bits with rotations are a third faster than what the compiler makes of loops,
   * and slower in every other case that was measured, see {@code docs/kernels.md}.
   */
  private static List<KernelCandidate> candidates() {
    List<KernelCandidate> candidates = new ArrayList<>(VectorKernel.candidates());
    candidates.add(VectorKernel.ROTATES ? 1 : 0, KernelCandidate.usable(new SuperwordKernel()));
    candidates.add(KernelCandidate.usable(LAST_RESORT));
    candidates.add(KernelCandidate.usable(new ScalarKernel()));
    return List.copyOf(candidates);
  }

  /** Every kernel that this JVM can run, the fastest first. */
  public static List<NonceKernel> all() {
    return CANDIDATES.stream().flatMap(candidate -> candidate.kernel().stream()).toList();
  }

  /**
   * Every name that {@link #choose} takes: {@value #AUTO}, the kernels, the fastest first, and the
   * kinds of devices, after which a colon and a device's address may stand.
   */
  public static List<String> names() {
    return Stream.of(Stream.of(AUTO), NAMES.stream(), deviceNames().stream())
        .flatMap(names -> names)
        .toList();
  }

  /** Whether {@link #choose} takes a name. */
  public static boolean isName(String name) {
    return name.equals(AUTO) || NAMES.contains(name) || isDevice(name);
  }

  /** Whether a name is that of a kind of devices, with or without an address. */
  public static boolean isDevice(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? deviceNames().contains(name)
        : deviceNames().contains(name.substring(0, colon))
            && name.substring(colon + 1).matches("[0-9]{1,4}");
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
    return deviceNames().contains(name) ? name + ":" + address : name;
  }

  /** The kernel that runs everywhere and scans every template: the reference for all others. */
  public static NonceKernel messageDigest() {
    return LAST_RESORT;
  }

  /** Why the other kernels can't run in this JVM: a line each, with the option that mends it. */
  public static List<String> refusals() {
    return CANDIDATES.stream()
        .flatMap(candidate -> candidate.refusal().stream())
        .distinct()
        .toList();
  }

  /**
   * The best kernel for a template, or the one that is asked for, or what comes nearest to it. It
   * works with {@code MessageDigest} until the kernel that it is named for has passed its self-test
   * and is compiled, which takes some seconds once in a JVM; a kernel that fails either is replaced
   * by the next best, with a warning to the logger {@code io.goldennonce.kernel}, and the name
   * changes.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static Choice choose(String name, NonceTemplate template) {
    List<KernelCandidate> usable = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<KernelCandidate> candidates = from(name);
    for (KernelCandidate candidate : candidates) {
      Optional<String> refusal = candidate.refusal(template);
      if (refusal.isEmpty()) {
        usable.add(candidate);
      } else if (name.equals(candidate.name()) || candidate.isDevice()) {
        warnings.add(refusal.get());
      }
    }
    if (name.equals(AUTO) && VectorKernel.ROTATES && template.encoding().width() != 0) {
      VectorKernel.missingModule().ifPresent(warnings::add);
    }
    NonceKernel best = usable.isEmpty() ? LAST_RESORT : usable.get(0).kernel().orElseThrow();
    boolean warmsUp = usable.size() > 1;
    return new Choice(warmsUp ? adaptive(usable, template) : best, warnings);
  }

  /**
   * The kernel that {@link #choose} comes to, once it has passed its self-test and is compiled: to
   * be measured, where a search would work meanwhile.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no kernel of that name
   */
  public static NonceKernel warm(String name, NonceTemplate template) {
    NonceKernel kernel = choose(name, template).kernel();
    return kernel instanceof AdaptiveKernel adaptive ? adaptive.warm() : kernel;
  }

  /** One warm-up in a JVM for all templates that run through the same code. */
  private static NonceKernel adaptive(List<KernelCandidate> usable, NonceTemplate template) {
    NonceKernel first = usable.get(0).kernel().orElseThrow();
    // A list and not a record, whose first hash code costs a JVM 25 ms.
    List<Object> shape = List.of(first.name(), first.code(template));
    WarmUp warmUp =
        WARM_UPS.computeIfAbsent(
            shape, key -> new WarmUp(usable, template, WarmUp.DELAY, WarmUp.PATIENCE));
    return new AdaptiveKernel(warmUp, LAST_RESORT);
  }

  /**
   * The candidates to try, in order: from the named one down to {@code MessageDigest}. The kernels
   * below that are only for those who ask for them.
   */
  private static List<KernelCandidate> from(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the kernel must be one of " + String.join(", ", names()) + ", got " + name);
    }
    boolean device = !NAMES.contains(name) && !name.equals(AUTO);
    int begin = name.equals(AUTO) || device ? 0 : NAMES.indexOf(name);
    int lastResort = NAMES.indexOf(LAST_RESORT.name());
    List<KernelCandidate> candidates = new ArrayList<>();
    if (device) {
      candidates.add(device(name));
    }
    candidates.addAll(CANDIDATES.subList(begin, Math.max(begin, lastResort) + 1));
    return candidates;
  }

  private static KernelCandidate device(String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String address = colon < 0 ? "" : name.substring(colon + 1);
    for (DeviceKernels kernels : Devices.FOUND) {
      if (kernels.names().contains(kind)) {
        try {
          return KernelCandidate.device(kernels.open(kind, address));
        } catch (IllegalStateException e) {
          // For an executor's log, once: what choose returns is shown by the driver.
          if (Devices.REFUSED.add(name)) {
            System.getLogger("io.goldennonce.kernel").log(Level.INFO, e.getMessage());
          }
          return KernelCandidate.noDevice(name, "kernel " + name + ": " + e.getMessage());
        }
      }
    }
    throw new IllegalStateException("isName has found " + name);
  }

  private static List<String> deviceNames() {
    return Devices.FOUND.stream().flatMap(kernels -> kernels.names().stream()).toList();
  }

  /** Loaded only where a name may be that of a device. */
  private static final class Devices {
    static final List<DeviceKernels> FOUND =
        ServiceLoader.load(DeviceKernels.class, Kernels.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** Names of devices that are not there. */
    static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();
  }
}
