package io.goldennonce.cli.common;

import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.config.ConfigurationLoader;
import io.goldennonce.output.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options and output of every command. */
public final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Overlay this HOCON file on the defaults. Repeatable; later files win.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = Option.NULL_VALUE,
      description = "Override one setting, for example -D search.range-time=2s.")
  private Map<String, @Nullable String> keys = new LinkedHashMap<>();

  @Option(
      names = "--warehouse",
      paramLabel = "PATH",
      description = "Directory of the tables; default: the setting warehouse.")
  private @Nullable String warehouse;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not show progress.")
  private boolean quiet;

  @Option(names = "--verbose", description = "Print stack traces with errors.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  public Configuration configuration() {
    return configuration(Map.of());
  }

  /** The configuration with keys of other options, which win. */
  Configuration configuration(Map<String, String> others) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(keys);
    if (warehouse != null) {
      all.put("warehouse", warehouse);
    }
    all.putAll(others);
    return ConfigurationLoader.load(files, all);
  }

  /** The configuration with a warehouse given as an argument in place of the option. */
  public Configuration configuration(@Nullable String warehousePath) {
    if (warehousePath != null && warehouse != null) {
      throw new UsageException("either PATH or --warehouse can be given, got both");
    }
    warehouse = warehousePath == null ? warehouse : warehousePath;
    return configuration();
  }

  public boolean namesWarehouse() {
    return warehouse != null;
  }

  public boolean quiet() {
    return quiet;
  }

  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Prints a message for the user, which may hold untrusted text. */
  public void message(String text) {
    err().println(command.qualifiedName() + ": " + Printable.of(text));
  }
}
