package io.goldennonce.sql.function;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/** Lists the catalog's functions. */
public final class PowFunctions {
  private static final List<UnboundFunction> ALL =
      List.of(
          new Sha256dFunction(),
          new BlockHashFunction(),
          new TargetFunction(),
          new DifficultyFunction(),
          new WorkFunction(),
          new MeetsTargetFunction(),
          new MerkleRootFunction(),
          new LogRootFunction(),
          new SolveFunction(),
          new SolveHeaderFunction());

  private PowFunctions() {}

  public static List<String> names() {
    return ALL.stream().map(UnboundFunction::name).toList();
  }

  public static Optional<UnboundFunction> find(String name) {
    return ALL.stream().filter(function -> function.name().equals(name)).findFirst();
  }
}
