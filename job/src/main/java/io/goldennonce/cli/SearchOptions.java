package io.goldennonce.cli;

import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that searches. */
final class SearchOptions {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Stop after this time: 90s, 5m, 2h; plain numbers are seconds.")
  private @Nullable Duration timeout;

  @Option(
      names = "--result",
      paramLabel = "first|lowest",
      defaultValue = "first",
      description = "End with the first solution found, or with the lowest in the keyspace.")
  private ResultMode mode = ResultMode.FIRST;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      description = "Compute with this kernel; default: the setting search.kernel.")
  private @Nullable String kernel;

  @Option(names = "--json", description = "Print results as JSON, one object a line.")
  private boolean json;

  /** Stops at the deadline, if there is one, counted from this call. */
  StopSignal deadline() {
    return timeout == null ? StopSignal.never() : StopSignal.after(timeout);
  }

  ResultMode mode() {
    return mode;
  }

  String kernel(String configured) {
    return kernel == null ? configured : kernel;
  }

  boolean json() {
    return json;
  }

  static final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        String number = text.replaceFirst("[smhd]$", "");
        long unit =
            switch (text.charAt(text.length() - 1)) {
              case 'm' -> 60;
              case 'h' -> 3_600;
              case 'd' -> 86_400;
              default -> 1;
            };
        Duration time = Duration.ofNanos(Math.round(Double.parseDouble(number) * unit * 1e9));
        if (!time.isNegative() && !time.isZero()) {
          return time;
        }
      } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
        // Falls through to the one message.
      }
      throw new TypeConversionException(
          "a time must be a positive number with s, m, h or d after it, got '" + text + "'");
    }
  }
}
