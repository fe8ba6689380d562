package io.goldennonce.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stands between a program and S3, and lets happen to requests what a rule says. It hands over
 * bytes as they are, one request a connection.
 */
final class FaultyLine implements AutoCloseable {
  private static final long LATE_MILLIS = 2_000;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final Map<Fault, Integer> happened =
      Collections.synchronizedMap(new EnumMap<>(Fault.class));
  private volatile Function<Request, Optional<Fault>> rule = request -> Optional.empty();

  /**
   * What a rule sees of a request.
   *
   * @param path with its query
   * @param onlyIfNew whether it must be done only if there is no such object
   */
  record Request(String method, String path, boolean onlyIfNew) {}

  private record Message(String head, byte[] body) {
    Request request() {
      String[] words = head.substring(0, head.indexOf('\r')).split(" ", -1);
      boolean onlyIfNew = head.toLowerCase(Locale.ROOT).contains("\r\nif-none-match: *");
      return new Request(words[0], words[1], onlyIfNew);
    }
  }

  /** Begins to listen; no faults yet. */
  FaultyLine(int target) throws IOException {
    this.target = target;
    Thread listener = new Thread(this::listen, "faulty-line");
    listener.setDaemon(true);
    listener.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on this happens, and is counted anew. */
  void follow(Function<Request, Optional<Fault>> newRule) {
    happened.clear();
    rule = newRule;
  }

  /** How often a fault has happened. */
  int happened(Fault fault) {
    return happened.getOrDefault(fault, 0);
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread thread = new Thread(() -> serve(client), "faulty-line-request");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Message message = read(client);
      Optional<Fault> fault = rule.apply(message.request());
      fault.ifPresent(one -> happened.merge(one, 1, Integer::sum));
      if (fault.isEmpty()) {
        client.getOutputStream().write(forward(message));
        return;
      }
      switch (fault.get()) {
        case SLOW_DOWN -> refuse(client, "503 Slow Down", "SlowDown");
        case FORBIDDEN -> refuse(client, "403 Forbidden", "AccessDenied");
        case RESET -> client.setSoLinger(true, 0);
        case LOST_ANSWER -> {
          forward(message);
          client.setSoLinger(true, 0);
        }
        case LATE_ANSWER -> {
          byte[] answer = forward(message);
          Thread.sleep(LATE_MILLIS);
          client.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      // One of both ends is gone, as happens to lines.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(Socket client, String status, String code) throws IOException {
    String body =
        "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] forward(Message message) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target)) {
      OutputStream out = socket.getOutputStream();
      out.write(message.head().getBytes(StandardCharsets.ISO_8859_1));
      out.write(message.body());
      out.flush();
      return socket.getInputStream().readAllBytes();
    }
  }

  /** A whole request, changed so that both connections end with it. */
  private static Message read(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (header(lines, "expect").isPresent()) {
      client
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] body = in.readNBytes(header(lines, "content-length").map(Integer::parseInt).orElse(0));
    if (header(lines, "transfer-encoding").isPresent()) {
      throw new AssertionError("a body without a length: " + lines);
    }
    String head =
        lines.stream()
            .filter(line -> !isHeader(line, "expect") && !isHeader(line, "connection"))
            .collect(Collectors.joining("\r\n", "", "\r\nConnection: close\r\n\r\n"));
    return new Message(head, body);
  }

  private static Optional<String> header(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> isHeader(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static boolean isHeader(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
