package io.goldennonce.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.spark.SparkApplication;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class a Spark of two cores in this process, and takes it away after it. */
public final class LocalSpark implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LocalSpark.class);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          "spark.sql.shuffle.partitions", "2");

  @Override
  public void beforeAll(ExtensionContext test) {
    test.getStore(NAMESPACE)
        .put(JavaSparkContext.class, new SparkApplication("test", SETTINGS).start());
  }

  @Override
  public void afterAll(ExtensionContext test) {
    context(test).close();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return context(test);
  }

  private static JavaSparkContext context(ExtensionContext test) {
    JavaSparkContext context =
        test.getStore(NAMESPACE).get(JavaSparkContext.class, JavaSparkContext.class);
    if (context == null) {
      throw new IllegalStateException("Spark was not started");
    }
    return context;
  }

  /** Waits until no job is left, as Spark learns of a task's end a little after the search does. */
  public static void awaitNoJob(JavaSparkContext context) throws InterruptedException {
    int[] jobs = context.statusTracker().getActiveJobIds();
    for (int i = 0; i < 1000 && jobs.length > 0; i++) {
      Thread.sleep(10);
      jobs = context.statusTracker().getActiveJobIds();
    }
    assertThat(jobs).isEmpty();
  }
}
