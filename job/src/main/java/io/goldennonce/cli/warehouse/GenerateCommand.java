package io.goldennonce.cli.warehouse;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.UsageException;
import io.goldennonce.chain.Transaction;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.pool.PoolWriter;
import io.goldennonce.pool.TransferGenerator;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import io.goldennonce.spark.SparkApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes random transfers to a pool, for trials. */
@Command(
    name = "generate",
    description = "Write random transfers to a pool, to try mine --transactions.",
    sortOptions = false)
public final class GenerateCommand implements Callable<Integer> {
  private static final long MAX_RATE = 1_000_000;
  private static final long POLL_MILLIS = 10;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--transactions",
      paramLabel = "DIR",
      required = true,
      description = "The pool: a directory; created if missing.")
  private String location = "";

  @Option(
      names = "--rate",
      paramLabel = "N",
      required = true,
      description = "Transfers per second, written to one file of JSON lines per second.")
  private long rate;

  @Option(names = "--count", paramLabel = "N", description = "Total number of transfers.")
  private @Nullable Long count;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = SearchOptions.TimeConverter.class,
      description = "How long to run; with neither --count nor --for, until stopped.")
  private @Nullable Duration time;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the random transfers; the same seed gives the same transfers. Default: random.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    UsageException.requireWithin(1, MAX_RATE, "--rate", rate);
    UsageException.requireAtLeast(1, "--count", count);
    Configuration configuration = common.configuration();
    long used = seed == null ? System.currentTimeMillis() : seed;
    PoolWriter pool =
        PoolWriter.open(
            location,
            new SparkApplication("golden-nonce generate", configuration.spark())
                .hadoopConfiguration());
    StopSignal stop = Interruption.signal();
    long start = System.nanoTime();
    long written = write(pool, used, start, stop);
    Fields fields =
        new Fields()
            .with("transactions", written)
            .with("seed", used)
            .with("seconds", (System.nanoTime() - start) / 1_000_000 / 1000.0);
    common.out().println(json ? fields.toJson() : fields.toText());
    Optional<StopReason> stopped = written == total() ? Optional.empty() : stop.reason();
    return stopped.map(ExitCode::of).orElse(ExitCode.OK).code();
  }

  private long total() {
    long byCount = count == null ? Long.MAX_VALUE : count;
    // A duration is at most 292 years, so the product is in range.
    double byTime = time == null ? Long.MAX_VALUE : Math.ceil(time.toNanos() * 1e-9 * rate);
    return Math.min(byCount, (long) byTime);
  }

  private long write(PoolWriter pool, long used, long start, StopSignal stop)
      throws InterruptedException {
    TransferGenerator generator = new TransferGenerator(used);
    long total = total();
    long written = 0;
    for (int file = 0; written < total && stop.reason().isEmpty(); ) {
      double seconds = (System.nanoTime() - start) * 1e-9;
      long due = Math.min(total, (long) (seconds * rate));
      if (due - written < rate && due < total) {
        Thread.sleep(POLL_MILLIS);
        continue;
      }
      List<Transaction> batch = new ArrayList<>();
      while (written < due) {
        batch.add(generator.next().transaction());
        written++;
      }
      pool.write(String.format(Locale.ROOT, "generated-%d-%06d", used, file++), batch);
    }
    return written;
  }
}
