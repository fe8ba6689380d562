package io.goldennonce.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.goldennonce.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Spark's own Master and Workers on loopback and free ports, a process each, with 1 GB a core.
 * {@link #close} ends every process that it or its workers have started, by its id.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final Path directory;
  private final List<String> settings;
  private final int cores;
  private final String jvmOptions;
  private final int port;
  private final int uiPort;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();
  private final Set<ProcessHandle> all = new LinkedHashSet<>();
  private final Thread atExit = new Thread(this::endAll);
  private int started;

  private StandaloneCluster(Path home, Path directory, List<String> settings, int cores)
      throws IOException, InterruptedException {
    this.home = home;
    this.directory = directory;
    this.settings = settings;
    this.cores = cores;
    this.jvmOptions = SparkClasses.options();
    this.port = freePort();
    this.uiPort = freePort();
    Runtime.getRuntime().addShutdownHook(atExit);
    this.master =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--webui-port",
            String.valueOf(uiPort));
  }

  /**
   * Starts one with a core a worker, and waits until all workers are there.
   *
   * @param home of a Spark
   * @param directory for logs and the workers' files
   */
  static StandaloneCluster start(Path home, Path directory, int workers)
      throws IOException, InterruptedException {
    return start(home, directory, workers, 1, List.of());
  }

  /** Starts one whose only worker runs several executors of a core, which is sooner there. */
  static StandaloneCluster startOneWorker(Path home, Path directory, int cores)
      throws IOException, InterruptedException {
    return start(home, directory, 1, cores, List.of());
  }

  /**
   * Starts one whose master and workers read a file of settings.
   *
   * @param properties the file
   */
  static StandaloneCluster start(Path home, Path directory, int workers, Path properties)
      throws IOException, InterruptedException {
    return start(home, directory, workers, 1, List.of("--properties-file", properties.toString()));
  }

  private static StandaloneCluster start(
      Path home, Path directory, int workers, int cores, List<String> settings)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(home, directory, settings, cores);
    try {
      for (int i = 0; i < workers; i++) {
        cluster.startWorker();
      }
      cluster.awaitWorkers();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** The master's address, as {@code spark.master} wants it. */
  String url() {
    return "spark://127.0.0.1:" + port;
  }

  Path home() {
    return home;
  }

  /** For JVMs that live for seconds. */
  String jvmOptions() {
    return jvmOptions;
  }

  /** Adds a worker; it registers by itself within seconds. */
  void startWorker() throws IOException {
    started++;
    workers.add(
        start(
            "worker-" + started,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            String.valueOf(cores),
            "--memory",
            cores + "g",
            "--work-dir",
            directory.resolve("work-" + started).toString(),
            url()));
  }

  /** Kills a worker with SIGKILL; its executor notices and ends itself. */
  void killWorker(int index) {
    executors();
    workers.remove(index).destroyForcibly();
  }

  /**
   * Asks a worker, with SIGTERM, to let its executor end what it does and to take no more; needs
   * {@code spark.decommission.enabled}, and {@code spark.worker.decommission.signal} TERM. It is a
   * worker of this cluster no more.
   */
  void decommissionWorker(int index) {
    executors();
    workers.remove(index).destroy();
  }

  /** How many workers the master knows in a state. */
  long workers(String state) {
    return count("workers", state);
  }

  /** How many applications the master has seen. */
  int applications() {
    JsonNode state = state();
    return state.path("activeapps").size() + state.path("completedapps").size();
  }

  /** The executors' processes that run now. */
  List<ProcessHandle> executors() {
    return processes("CoarseGrainedExecutorBackend");
  }

  /** The processes of drivers that run on the cluster now. */
  List<ProcessHandle> drivers() {
    return processes("DriverWrapper");
  }

  private List<ProcessHandle> processes(String type) {
    List<ProcessHandle> found =
        workers.stream()
            .flatMap(worker -> worker.toHandle().descendants())
            .filter(process -> process.info().commandLine().orElse("").contains(type))
            .toList();
    synchronized (all) {
      all.addAll(found);
    }
    return found;
  }

  /** Waits until the master knows just the workers that run. */
  void awaitWorkers() throws InterruptedException {
    Await.until(
        workers.size() + " workers at the master",
        () -> count("workers", "ALIVE") == workers.size());
  }

  /** Waits until no application holds a core any more. */
  void awaitNoApplication() throws InterruptedException {
    Await.until("no application at the master", () -> state().path("activeapps").isEmpty());
    Await.until("no executor", () -> executors().isEmpty());
  }

  private long count(String list, String wanted) {
    long count = 0;
    for (JsonNode one : state().path(list)) {
      if (one.path("state").asText().equals(wanted)) {
        count++;
      }
    }
    return count;
  }

  private JsonNode state() {
    try {
      URL url = URI.create("http://127.0.0.1:" + uiPort + "/json/").toURL();
      return JSON.readTree(url);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** Waits until something holds, and fails where it does not come about. */
  private Process start(String name, String type, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/spark-class").toString());
    command.add(type);
    command.addAll(settings);
    command.addAll(List.of(arguments));
    Path log = Files.createDirectories(directory).resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_DAEMON_MEMORY", "256m",
                "SPARK_DAEMON_JAVA_OPTS", jvmOptions,
                "SPARK_LOCAL_IP", "127.0.0.1"));
    Process process = builder.start();
    synchronized (all) {
      all.add(process.toHandle());
    }
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void endAll() {
    List<ProcessHandle> processes;
    synchronized (all) {
      processes = new ArrayList<>(all);
    }
    // Children first named, then the parents, else nobody knows whose they were.
    processes.stream().toList().forEach(process -> process.descendants().forEach(processes::add));
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws InterruptedException {
    endAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
    master.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
