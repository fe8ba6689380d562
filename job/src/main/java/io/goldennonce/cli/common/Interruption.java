package io.goldennonce.cli.common;

import io.goldennonce.app.ExitCode;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Turns SIGINT and SIGTERM into a stop signal, and gives the program time to shut down: the search
 * stops, its row is written, and the process ends with 130.
 */
public final class Interruption implements StopSignal {
  /** Runs before Spark's own hook (40), which stops the application. */
  private static final int PRIORITY = 100;

  private static final long GRACE_SECONDS = 25;

  private static final Interruption INSTANCE = new Interruption();

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  private Interruption() {
    ShutdownHookManager.get()
        .addShutdownHook(this::onShutdown, PRIORITY, GRACE_SECONDS + 1, TimeUnit.SECONDS);
  }

  /** The process's signal; the first call starts to listen. */
  public static Interruption signal() {
    return INSTANCE;
  }

  /** Marks the program as finished, so that a shutdown does not wait for it. */
  public static void finished() {
    INSTANCE.finished.countDown();
  }

  @Override
  public Optional<StopReason> reason() {
    return requested ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
  }

  /** Whether a signal ends the process: the JVM handles it in a thread named after the signal. */
  private static boolean isSignal() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .anyMatch(name -> name.startsWith("SIG") && name.endsWith(" handler"));
  }

  private void onShutdown() {
    if (finished.getCount() == 0) {
      return;
    }
    if (!isSignal()) {
      // A part of Spark has ended the process because it can't continue.
      System.err.println("golden-nonce: Spark has ended the process; its log above says why");
      Runtime.getRuntime().halt(ExitCode.FAILURE.code());
    }
    requested = true;
    try {
      if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "golden-nonce: did not end within " + GRACE_SECONDS + " s of the signal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The JVM's own exit code differs by signal.
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
  }
}
