package io.goldennonce.emr;

import com.sun.net.httpserver.HttpExchange;
import io.goldennonce.testing.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/**
 * Stands for EMR, EMR Serverless and S3 on loopback: keeps what it is sent, and answers a script.
 */
final class AwsRecorder implements AutoCloseable {
  private final LoopbackServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Deque<String> states = new ArrayDeque<>();

  /**
   * A request.
   *
   * @param operation the operation's name, or method and path
   * @param path below the host
   */
  record Call(String operation, String path, String body) {}

  AwsRecorder(String... states) {
    this.states.addAll(List.of(states));
    server = new LoopbackServer(this::answer);
  }

  String endpoint() {
    return server.url();
  }

  List<Call> calls(String operation) {
    return calls.stream().filter(call -> call.operation().startsWith(operation)).toList();
  }

  /** Puts a gzipped object in place of what EMR writes. */
  void put(String path, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    objects.put(path, bytes.toByteArray());
  }

  /** The states that are still to be told, of which the last stays. */
  synchronized void tell(String... more) {
    states.clear();
    states.addAll(List.of(more));
  }

  private synchronized String state() {
    String first = states.getFirst();
    if (states.size() > 1) {
      states.removeFirst();
    }
    return first;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String method = exchange.getRequestMethod();
    String operation =
        target == null ? method + " " + path : target.substring(target.indexOf('.') + 1);
    calls.add(new Call(operation, path, body));
    byte[] object = objects.get(path);
    if (object != null && !method.equals("PUT")) {
      send(exchange, 200, object);
    } else if (target == null && path.startsWith("/bucket/")) {
      send(exchange, method.equals("PUT") ? 200 : 404, new byte[0]);
    } else {
      send(exchange, 200, json(operation).getBytes(StandardCharsets.UTF_8));
    }
  }

  private String json(String operation) {
    return switch (operation.replaceFirst("/[^/]*$", "/…")) {
      case "AddJobFlowSteps" -> "{\"StepIds\":[\"s-1\"]}";
      case "DescribeStep" -> "{\"Step\":{\"Status\":{\"State\":\"" + state() + "\"}}}";
      case "DescribeCluster" -> "{\"Cluster\":{\"LogUri\":\"s3n://bucket/emr/\"}}";
      case "CancelSteps" -> "{\"CancelStepsInfoList\":[]}";
      case "POST /applications/00f/…" ->
          "{\"applicationId\":\"00f\",\"jobRunId\":\"r1\",\"arn\":\"a\"}";
      case "GET /applications/00f/jobruns/…" -> "{\"jobRun\":{\"state\":\"" + state() + "\"}}";
      default -> "{}";
    };
  }

  private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("ETag", "\"0\"");
    exchange.getResponseHeaders().set("Last-Modified", "Sat, 21 Nov 2026 00:00:00 GMT");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + bytes.length);
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
