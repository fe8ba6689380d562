package io.goldennonce.cli.common;

import io.goldennonce.app.KernelMeter;
import io.goldennonce.config.UnitParser;
import io.goldennonce.kernel.NonceKernel;
import io.goldennonce.kernel.NonceTemplate;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.plan.CoreRate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for the hash rate of a core: given, or measured on this machine. */
public final class RateOptions {
  /** Per core; all miners of Bitcoin together had 1e21 in 2025. */
  private static final double MOST = 1e18;

  @Option(
      names = "--rate",
      paramLabel = "HASHES",
      converter = RateConverter.class,
      description =
          "Hashes per second per core, such as 25e6 or 25M; default: measured on this machine.")
  private @Nullable Double rate;

  /**
   * The given rate, or else the rate of each core of this machine while all are busy.
   *
   * @param kernelName one of {@link Kernels#names}
   */
  public CoreRate rate(String kernelName, Duration measureTime) throws InterruptedException {
    if (rate != null) {
      return new CoreRate(rate, true);
    }
    NonceTemplate header = NonceTemplate.ofHeader(new byte[80]);
    NonceKernel kernel = Kernels.warm(kernelName, header).kernel();
    int slots = Kernels.slots(kernelName);
    KernelMeter.Measurement measured = KernelMeter.measure(kernel, header, slots, measureTime);
    return new CoreRate(measured.rate() / slots, false);
  }

  static final class RateConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double rate = UnitParser.number(text).doubleValue();
        if (rate >= 1 && rate <= MOST) {
          return rate;
        }
      } catch (IllegalArgumentException e) {
        // Falls through to the one message.
      }
      throw new TypeConversionException(
          "a rate must be a number from 1 to 1e18, maybe with k, M, G or T after it, got '"
              + text
              + "'");
    }
  }
}
