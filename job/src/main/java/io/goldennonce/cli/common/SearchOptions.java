package io.goldennonce.cli.common;

import io.goldennonce.app.SearchSettings;
import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.config.UnitParser;
import io.goldennonce.kernel.choice.Kernels;
import io.goldennonce.monitor.FindNotice;
import io.goldennonce.search.ResultMode;
import io.goldennonce.search.StopSignal;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of all commands that search. */
public final class SearchOptions {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Stop after this time: 90s, 5m, 2h; a plain number is in seconds.")
  private @Nullable Duration timeout;

  @Option(
      names = "--max-cost",
      paramLabel = "AMOUNT",
      description =
          "Stop when the executors have cost this much at --price; default: the setting"
              + " plan.max-cost.")
  private @Nullable Double maxCost;

  @Option(
      names = "--price",
      paramLabel = "TYPE|AMOUNT",
      description =
          "What an executor costs: the type of its machine, of those that plan knows, or an amount"
              + " per hour; default: the setting plan.price.")
  private @Nullable String price;

  @Option(
      names = "--result",
      paramLabel = "first|lowest",
      defaultValue = "first",
      converter = ResultConverter.class,
      description = "End with the first solution found, or with the lowest in the keyspace.")
  private ResultMode mode = ResultMode.ANY;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      description = "Use this kernel; default: the setting search.kernel.")
  private @Nullable String kernel;

  @Option(
      names = "--fresh",
      description = "Start over: ignore what earlier runs of this search have tried.")
  private boolean fresh;

  @Option(
      names = "--status",
      paramLabel = "FILE",
      description = "Write the current state of the search to this JSON file.")
  private @Nullable Path status;

  @Option(
      names = "--notify",
      paramLabel = "URL",
      converter = AddressConverter.class,
      description =
          "Post each solution to this URL as JSON; use the setting notify.url if the URL is"
              + " secret.")
  private @Nullable URI notify;

  @Option(names = "--json", description = "Print results as JSON, one object per line.")
  private boolean json;

  /** Stops at the deadline, if there is one; the time counts from this call. */
  public StopSignal deadline() {
    return timeout == null ? StopSignal.never() : StopSignal.after(timeout);
  }

  /** The time limit, if there is one. */
  Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  public ResultMode mode() {
    return mode;
  }

  /** The settings of a search, except for the kernel. */
  public SearchSettings settings() {
    return new SearchSettings(fresh, Optional.ofNullable(status), Optional.ofNullable(notify));
  }

  /**
   * Loads the configuration with these options applied.
   *
   * @throws UsageException if the kernel does not exist, or the cost limit is not positive
   */
  public Configuration configuration(CommonOptions common) {
    Configuration configuration = common.configuration(keys());
    try {
      Kernels.requireName(configuration.search().kernel());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--kernel: " + e.getMessage());
    }
    return configuration;
  }

  /** The settings in whose place options were given. */
  private Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    if (kernel != null) {
      keys.put("search.kernel", kernel);
    }
    if (price != null) {
      keys.put("plan.price", price);
    }
    if (maxCost != null) {
      if (!(maxCost > 0 && Double.isFinite(maxCost))) {
        throw new UsageException("--max-cost must be more than 0, got " + maxCost);
      }
      keys.put("plan.max-cost", BigDecimal.valueOf(maxCost).toPlainString());
    }
    return keys;
  }

  public boolean json() {
    return json;
  }

  /** Converts the modes that end with a solution; the third mode is a puzzle's rule. */
  static final class ResultConverter implements ITypeConverter<ResultMode> {
    @Override
    public ResultMode convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "first" -> ResultMode.ANY;
        case "lowest" -> ResultMode.LOWEST_NONCE;
        default ->
            throw new TypeConversionException(
                "expected one of [first, lowest] but was '" + text + "'");
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
