package io.goldennonce.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several threads that begin at the same moment, in place of processes that know nothing of each
 * other.
 */
public final class AtOnce {
  private AtOnce() {}

  /** What each of them does. */
  public interface Task {
    /**
     * @param number which of them it is, from 0 on
     */
    void run(int number) throws Exception;
  }

  /** Returns when all have ended, or throws what one of them has thrown. */
  public static void run(int threads, Task task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  task.run(number);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
