package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.base.Failures;
import io.goldennonce.work.WorkSource;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Options for a user's own source of work: a class, named by a setting. */
final class CustomSource {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description =
          "Mine for a source of your own: the class that the setting work.sources has "
              + "under this name.")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "With --source: a setting for the class; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Finds the class, before Spark is started.
   *
   * @return opens the source
   */
  Supplier<WorkSource> plan(Map<String, String> sources) {
    String type = sources.get(name);
    if (type == null) {
      String names =
          sources.isEmpty() ? "none" : String.join(", ", new TreeSet<>(sources.keySet()));
      throw new UsageException(
          "--source must be a name in the setting work.sources, which has %s, got %s"
              .formatted(names, name));
    }
    Constructor<? extends WorkSource> constructor = constructor(type);
    Map<String, String> given = Map.copyOf(settings);
    return () -> open(constructor, given);
  }

  private Constructor<? extends WorkSource> constructor(String type) {
    try {
      // Only this loader has the jars of spark-submit's --jars.
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return Class.forName(type, true, loader)
          .asSubclass(WorkSource.class)
          .getConstructor(Map.class);
    } catch (ClassNotFoundException | LinkageError e) {
      throw bad(type, "on the class path (spark-submit's --jars)", e);
    } catch (ClassCastException e) {
      throw bad(type, "a " + WorkSource.class.getName(), e);
    } catch (NoSuchMethodException e) {
      throw bad(type, "public, with a public constructor that takes a Map<String, String>", e);
    }
  }

  private UsageException bad(String type, String rule, Throwable cause) {
    return new UsageException(
        "work.sources." + name + ": the class must be " + rule + ", got " + type, cause);
  }

  private WorkSource open(
      Constructor<? extends WorkSource> constructor, Map<String, String> given) {
    try {
      return constructor.newInstance(given);
    } catch (InvocationTargetException e) {
      Throwable cause = Failures.unwrapped(e);
      throw new UsageException(
          "--source " + name + " refuses its settings (--set): " + cause.getMessage(), cause);
    } catch (ReflectiveOperationException e) {
      throw bad(constructor.getDeclaringClass().getName(), "one that can be instantiated", e);
    }
  }
}
