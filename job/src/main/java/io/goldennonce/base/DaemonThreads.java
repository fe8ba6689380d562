package io.goldennonce.base;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM alive. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** A thread, not started. */
  public static Thread create(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Threads of an executor, all with one name. */
  public static ThreadFactory named(String name) {
    return task -> create(name, task);
  }
}
