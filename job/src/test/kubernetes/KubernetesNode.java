import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes of one node on loopback: {@code java -cp "HOME/jars/*:HOME/kubernetes-cluster/*"
 * KubernetesNode.java HOME DIRECTORY} writes the API's address to DIRECTORY/address when it is
 * up, and ends with its standard input.
 *
 * <p>The API server is fabric8's mock, which keeps and watches objects. The node starts Spark's
 * pods as processes of this machine: an executor as the entry point of Spark's image does, a driver
 * by spark-submit with the properties of its config map. What it lacks of a real one: images,
 * volumes, a network and names of its own, and the check of roles.
 */
final class KubernetesNode {
  private static final String NAMESPACE = "golden-nonce";
  private static final String KUBELET = "kubelet";

  private final Path home;
  private final Path directory;
  private final KubernetesClient client;
  private final String address;
  private final Map<String, Process> running = new ConcurrentHashMap<>();

  private KubernetesNode(Path home, Path directory, KubernetesMockServer server) {
    this.home = home;
    this.directory = directory;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(server.createClient().getConfiguration())
                    .withUserAgent(KUBELET)
                    .build())
            .build();
    this.address = "http://127.0.0.1:" + server.getPort();
  }

  public static void main(String[] arguments) {
    try {
      serve(Path.of(arguments[0]), Path.of(arguments[1]));
    } catch (Exception | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Besides what the mock does: a new pod is pending, and what is applied and not there is created. */
  private static final class Objects extends KubernetesCrudDispatcher {
    private final Path requests;

    Objects(Path requests) {
      this.requests = requests;
    }

    /** Notes what others than the node ask for: the verbs that a role must allow. */
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!KUBELET.equals(request.getHeader("User-Agent"))) {
        try {
          Files.writeString(
              requests, request.getMethod() + " " + request.getPath() + "\n", CREATE, APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return super.dispatch(request);
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      if (!request.getPath().endsWith("/pods")) {
        return super.handleCreate(request);
      }
      Pod pod = Serialization.unmarshal(request.getUtf8Body(), Pod.class);
      pod = new PodBuilder(pod).editOrNewStatus().withPhase("Pending").endStatus().build();
      return super.handleCreate(
          copy(
              request,
              HttpMethod.POST,
              request.getPath(),
              Serialization.asJson(pod).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      // It can be read once.
      byte[] body = request.getUtf8Body().getBytes(StandardCharsets.UTF_8);
      MockResponse answer =
          super.handlePatch(copy(request, HttpMethod.PATCH, request.getPath(), body));
      if (answer.code() != 404 || !request.getPath().contains("fieldManager=")) {
        return answer;
      }
      String collection = request.getPath().replaceFirst("/[^/]+$", "");
      return handleCreate(copy(request, HttpMethod.POST, collection, body));
    }

    private static RecordedRequest copy(
        RecordedRequest request, HttpMethod method, String path, byte[] body) {
      return new RecordedRequest(
          request.getHttpVersion(), method, path, request.getHeaders(), new Buffer(body));
    }
  }

  private static void serve(Path home, Path directory) throws Exception {
    // It tells of each request.
    Logger.getLogger("io.fabric8.mockwebserver").setLevel(Level.WARNING);
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Objects(directory.resolve("requests")), false);
    server.init(InetAddress.getByName("127.0.0.1"), 0);
    KubernetesNode node = new KubernetesNode(home, directory, server);
    Thread kubelet = new Thread(node::keepPods, "kubelet");
    kubelet.setDaemon(true);
    kubelet.start();
    Path draft = Files.writeString(directory.resolve("address.draft"), node.address);
    Files.move(draft, directory.resolve("address"));
    while (System.in.read() >= 0) {}
    node.running.values().forEach(Process::destroyForcibly);
  }

  /** Starts what is pending, ends what is deleted, and tells what has ended. */
  private void keepPods() {
    while (true) {
      try {
        List<Pod> pods = client.pods().inNamespace(NAMESPACE).list().getItems();
        List<String> names = new ArrayList<>();
        for (Pod pod : pods) {
          String name = pod.getMetadata().getName();
          names.add(name);
          if (!running.containsKey(name) && isPending(pod)) {
            Files.writeString(directory.resolve(name + ".json"), client.getKubernetesSerialization().asJson(pod));
            running.put(name, start(pod));
            report(name, "Running", null);
          } else if ("Running".equals(pod.getStatus().getPhase()) && !running.get(name).isAlive()) {
            int code = running.get(name).exitValue();
            report(name, code == 0 ? "Succeeded" : "Failed", code);
          }
        }
        // A pod that is deleted gets SIGTERM.
        running.forEach(
            (name, process) -> {
              if (!names.contains(name)) {
                process.destroy();
              }
            });
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        e.printStackTrace();
      }
    }
  }

  /** Whether it can start: its config maps are made after it. */
  private boolean isPending(Pod pod) {
    return pod.getStatus().getPhase().equals("Pending")
        && pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getConfigMap() != null)
            .allMatch(volume -> configMap(volume.getConfigMap().getName()) != null);
  }

  private ConfigMap configMap(String name) {
    return client.configMaps().inNamespace(NAMESPACE).withName(name).get();
  }

  private void report(String name, String phase, Integer code) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(name)
        .edit(
            pod -> {
              ContainerStateBuilder state = new ContainerStateBuilder();
              if (code == null) {
                state.withNewRunning().endRunning();
              } else {
                state.withNewTerminated().withExitCode(code).withReason(phase).endTerminated();
              }
              return new PodBuilder(pod)
                  .editOrNewStatus()
                  .withPhase(phase)
                  .withPodIP("127.0.0.1")
                  .withContainerStatuses(
                      new ContainerStatusBuilder()
                          .withName(pod.getSpec().getContainers().get(0).getName())
                          .withReady(code == null)
                          .withState(state.build())
                          .build())
                  .endStatus()
                  .build();
            });
  }

  private Process start(Pod pod) throws Exception {
    Container container = pod.getSpec().getContainers().get(0);
    Map<String, String> environment = new HashMap<>();
    for (EnvVar variable : container.getEnv()) {
      // Of a field of the pod's: its address.
      environment.put(variable.getName(), variable.getValue() == null ? "127.0.0.1" : variable.getValue());
    }
    List<String> command =
        container.getArgs().get(0).equals("executor")
            ? executor(environment)
            : driver(pod, container.getArgs());
    String name = pod.getMetadata().getName();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(directory.resolve(name)).toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", directory.resolve(name).toString());
    return builder.start();
  }

  private List<String> executor(Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(java()));
    for (int i = 0; environment.containsKey("SPARK_JAVA_OPT_" + i); i++) {
      command.add(environment.get("SPARK_JAVA_OPT_" + i));
    }
    String memory = environment.get("SPARK_EXECUTOR_MEMORY");
    command.addAll(List.of("-Xmx" + memory, "-cp", home + "/jars/*"));
    command.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
    command.addAll(List.of("--driver-url", environment.get("SPARK_DRIVER_URL")));
    command.addAll(List.of("--executor-id", environment.get("SPARK_EXECUTOR_ID")));
    command.addAll(List.of("--cores", environment.get("SPARK_EXECUTOR_CORES")));
    command.addAll(List.of("--app-id", environment.get("SPARK_APPLICATION_ID")));
    command.addAll(List.of("--hostname", "127.0.0.1"));
    command.addAll(List.of("--resourceProfileId", environment.get("SPARK_RESOURCE_PROFILE_ID")));
    command.addAll(List.of("--podName", environment.get("SPARK_EXECUTOR_POD_NAME")));
    return command;
  }

  /** Its arguments: driver --properties-file FILE --class CLASS JAR ARGUMENTS. */
  private List<String> driver(Pod pod, List<String> arguments) throws Exception {
    Path properties = directory.resolve(pod.getMetadata().getName() + ".properties");
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getConfigMap() != null) {
        Map<String, String> files = configMap(volume.getConfigMap().getName()).getData();
        if (files.containsKey("spark.properties")) {
          Files.writeString(properties, files.get("spark.properties"));
        }
      }
    }
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/spark-submit").toString()));
    command.addAll(List.of("--deploy-mode", "client", "--master", "k8s://" + address));
    // There is no service with a name, and others use the ports.
    for (String setting :
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.driver.port=0",
            "spark.driver.blockManager.port=0",
            "spark.kubernetes.driver.master=" + address)) {
      command.addAll(List.of("--conf", setting));
    }
    int file = arguments.indexOf("--properties-file") + 1;
    command.addAll(arguments.subList(1, file));
    command.add(properties.toString());
    command.addAll(arguments.subList(file + 1, arguments.size()));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
