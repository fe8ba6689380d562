package io.goldennonce.base;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not prevent the JVM from exiting. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** Creates a thread without starting it. */
  public static Thread create(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Returns a factory of threads that all have this name. */
  public static ThreadFactory named(String name) {
    return task -> create(name, task);
  }
}
