package io.goldennonce.cli.common;

import io.goldennonce.app.SearchSettings;
import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.config.UnitParser;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.monitor.FindNotice;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that searches. */
public final class SearchOptions {
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
      converter = ResultConverter.class,
      description = "End with the first solution found, or with the lowest in the keyspace.")
  private ResultMode mode = ResultMode.FIRST;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      description = "Compute with this kernel; default: the setting search.kernel.")
  private @Nullable String kernel;

  @Option(
      names = "--fresh",
      description = "Start over: forget what earlier runs of this search have tried.")
  private boolean fresh;

  @Option(
      names = "--status",
      paramLabel = "FILE",
      description = "Keep a JSON file that says where the search stands.")
  private @Nullable Path status;

  @Option(
      names = "--notify",
      paramLabel = "URL",
      converter = AddressConverter.class,
      description = "Post a find there as JSON; a secret is better kept in the setting notify.url.")
  private @Nullable URI notify;

  @Option(names = "--json", description = "Print results as JSON, one object a line.")
  private boolean json;

  /** Stops at the deadline, if there is one, counted from this call. */
  public StopSignal deadline() {
    return timeout == null ? StopSignal.never() : StopSignal.after(timeout);
  }

  /** How long it may take, if that is limited. */
  Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  public ResultMode mode() {
    return mode;
  }

  /** What the options ask of a search, but for the kernel. */
  public SearchSettings settings() {
    return new SearchSettings(fresh, Optional.ofNullable(status), Optional.ofNullable(notify));
  }

  /**
   * The configuration with what these options say in place of its settings.
   *
   * @throws UsageException if there is no such kernel: before anything is started or written
   */
  public Configuration over(Configuration configuration) {
    String name = kernel == null ? configuration.search().kernel() : kernel;
    if (!Kernels.isName(name)) {
      throw new UsageException(
          "--kernel: the kernel must be one of "
              + String.join(", ", Kernels.names())
              + ", got "
              + name);
    }
    return configuration.withKernel(name);
  }

  public boolean json() {
    return json;
  }

  /** The two that end with a solution; the third is a puzzle's rule. */
  static final class ResultConverter implements ITypeConverter<ResultMode> {
    @Override
    public ResultMode convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "first" -> ResultMode.FIRST;
        case "lowest" -> ResultMode.LOWEST;
        default ->
            throw new TypeConversionException(
                "expected one of [FIRST, LOWEST] but was '" + text + "'");
      };
    }
  }

  static final class AddressConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return FindNotice.address(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  public static final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return UnitParser.duration(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
