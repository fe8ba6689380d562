package io.goldennonce.stratum;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A mining pool on loopback: it gives jobs, judges shares by code of its own, and misbehaves where
 * a test says so. Written from the protocol's description, not from the program's classes.
 */
public final class TestPool implements AutoCloseable {
  static final String USER = "bc1qexample.worker1";
  static final String PASSWORD = "correct-horse-pool";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  /** 0xffff · 2^208. */
  private static final BigDecimal DIFFICULTY_1 =
      new BigDecimal(BigInteger.valueOf(0xffff).shiftLeft(208));

  private final ServerSocket server;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
  private final Set<String> headers = ConcurrentHashMap.newKeySet();
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger lastJob = new AtomicInteger();
  private final AtomicInteger lastExtranonce = new AtomicInteger(0x08000000);

  private volatile @Nullable Job current;
  private volatile double difficulty = 1.0 / (1 << 20);
  private volatile int extranonce2Size = 4;
  private volatile String bits = "1d00ffff";
  private volatile @Nullable String mask = "1fffe000";
  private volatile boolean letsIn = true;
  private volatile @Nullable Behaviour behaviour;
  private volatile @Nullable String refusal;

  /** What a connection does in place of answering. */
  @FunctionalInterface
  interface Behaviour {
    /** Answers a message, or the connection's start, which has none. */
    boolean to(Connection connection, @Nullable JsonNode message) throws IOException;
  }

  /** A share as it was judged. */
  public record Verdict(
      String extranonce1,
      String jobId,
      String header,
      boolean taken,
      boolean block,
      String reason) {}

  private record Job(String id, String previous, String version, String bits, long time) {}

  private TestPool(ServerSocketFactory sockets) {
    try {
      server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "test-pool");
    thread.setDaemon(true);
    thread.start();
    job(true);
  }

  public static TestPool start() {
    return new TestPool(ServerSocketFactory.getDefault());
  }

  static TestPool start(ServerSocketFactory sockets) {
    return new TestPool(sockets);
  }

  public String url() {
    return "stratum+tcp://127.0.0.1:" + port();
  }

  int port() {
    return server.getLocalPort();
  }

  /** What it asks of a share, from the next job on. */
  public TestPool asks(double newDifficulty) {
    difficulty = newDifficulty;
    return this;
  }

  TestPool gives(int extranonce2Bytes) {
    extranonce2Size = extranonce2Bytes;
    return this;
  }

  /** The network's target. */
  public TestPool on(String compactBits) {
    bits = compactBits;
    return this;
  }

  /** What may roll of a version; null for a pool that knows nothing of that. */
  TestPool rolls(@Nullable String versionMask) {
    mask = versionMask;
    return this;
  }

  public TestPool letsNobodyIn() {
    letsIn = false;
    return this;
  }

  TestPool behaves(@Nullable Behaviour newBehaviour) {
    behaviour = newBehaviour;
    return this;
  }

  /** Refuses every share with this error; null judges them. */
  TestPool refuses(@Nullable String error) {
    refusal = error;
    return this;
  }

  /** Gives all a new job. */
  public void job(boolean clean) {
    int number = lastJob.incrementAndGet();
    if (clean) {
      jobs.clear();
    }
    Job job =
        new Job(
            Integer.toHexString(number),
            HEX.formatHex(sha256d(("block " + (clean ? number : "same")).getBytes(UTF_8))),
            "20000000",
            bits,
            System.currentTimeMillis() / 1_000);
    jobs.put(job.id(), job);
    current = job;
    for (Connection connection : connections) {
      connection.tell(job, clean);
    }
  }

  /** Gives all the same job once more. */
  void sameJob() {
    Job job = current;
    for (Connection connection : connections) {
      connection.tell(job, true);
    }
  }

  void toAll(String line) {
    connections.forEach(connection -> connection.line(line));
  }

  void closesAll() {
    connections.forEach(Connection::close);
  }

  /** The parameters of all calls of a method. */
  List<JsonNode> calls(String method) {
    return received.stream()
        .filter(message -> message.path("method").asText().equals(method))
        .map(message -> message.path("params"))
        .toList();
  }

  public List<JsonNode> calls() {
    return List.copyOf(received);
  }

  List<JsonNode> received() {
    return received;
  }

  public List<Verdict> verdicts() {
    return verdicts;
  }

  public long taken() {
    return verdicts.stream().filter(Verdict::taken).count();
  }

  /** How many connections were ever made. */
  int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    closesAll();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(server.accept(), lastExtranonce.incrementAndGet());
        connections.add(connection);
        Thread thread = new Thread(connection::run, "test-pool-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A miner at the other end. */
  final class Connection {
    private final Socket socket;
    private volatile String extranonce1;
    private volatile boolean subscribed;
    private final Map<String, String> extranonces = new HashMap<>();
    private final Map<String, Double> difficulties = new HashMap<>();

    private Connection(Socket socket, int extranonce) {
      this.socket = socket;
      this.extranonce1 = String.format(Locale.ROOT, "%08x", extranonce);
    }

    void line(String line) {
      raw(line + "\n");
    }

    void raw(String text) {
      try {
        OutputStream out = socket.getOutputStream();
        synchronized (socket) {
          out.write(text.getBytes(UTF_8));
          out.flush();
        }
      } catch (IOException e) {
        // The miner is gone.
      }
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }

    /** Another extranonce1 for the jobs to come. */
    void extranonce(String hex) {
      extranonce1 = hex;
      line(
          "{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":[\""
              + hex
              + "\","
              + extranonce2Size
              + "]}");
    }

    private void run() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
        Behaviour now = behaviour;
        if (now != null && now.to(this, null)) {
          return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          JsonNode message = JSON.readTree(line);
          received.add(message);
          now = behaviour;
          if (now == null || !now.to(this, message)) {
            answer(message);
          }
        }
      } catch (IOException e) {
        // The miner is gone.
      }
    }

    private void answer(JsonNode message) {
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "mining.configure" -> {
          String rolling = mask;
          if (rolling == null) {
            error(message, 20, "Other/Unknown");
          } else {
            ObjectNode result = JSON.createObjectNode().put("version-rolling", true);
            result(message, result.put("version-rolling.mask", rolling));
          }
        }
        case "mining.subscribe" -> {
          ArrayNode result = JSON.createArrayNode();
          ArrayNode subscriptions = result.addArray();
          subscriptions.addArray().add("mining.set_difficulty").add("1");
          subscriptions.addArray().add("mining.notify").add("1");
          result(message, result.add(extranonce1).add(extranonce2Size));
          subscribed = true;
          tell(current, true);
        }
        case "mining.authorize" -> {
          if (letsIn) {
            result(message, JSON.valueToTree(true));
          } else {
            error(message, 24, "Unauthorized worker");
          }
        }
        case "mining.submit" -> submit(message, parameters);
        case "mining.extranonce.subscribe", "mining.suggest_difficulty" ->
            result(message, JSON.valueToTree(true));
        case "mining.ping" -> result(message, JSON.valueToTree("pong"));
        default -> {
          if (!message.path("method").isMissingNode()) {
            error(message, 20, "Other/Unknown");
          }
        }
      }
    }

    private synchronized void tell(@Nullable Job job, boolean clean) {
      if (!subscribed || job == null) {
        return;
      }
      extranonces.put(job.id(), extranonce1);
      difficulties.put(job.id(), difficulty);
      ObjectNode set = JSON.createObjectNode().putNull("id").put("method", "mining.set_difficulty");
      set.putArray("params").add(difficulty);
      line(set.toString());
      ObjectNode notify = JSON.createObjectNode().putNull("id").put("method", "mining.notify");
      ArrayNode parameters = notify.putArray("params");
      parameters.add(job.id()).add(HEX.formatHex(wordsReversed(HEX.parseHex(job.previous()))));
      parameters.add(before(job)).add(AFTER);
      ArrayNode branch = parameters.addArray();
      BRANCH.forEach(branch::add);
      parameters.add(job.version()).add(job.bits());
      parameters.add(String.format(Locale.ROOT, "%08x", job.time())).add(clean);
      line(notify.toString());
    }

    private synchronized void submit(JsonNode message, JsonNode parameters) {
      String jobId = parameters.path(1).asText();
      Job job = jobs.get(jobId);
      String first = extranonces.get(jobId);
      if (refusal != null) {
        judged(message, String.valueOf(first), jobId, "", false, refusal);
        return;
      }
      if (job == null || first == null) {
        judged(message, String.valueOf(first), jobId, "", false, "[21,\"Job not found\",null]");
        return;
      }
      byte[] header = header(job, first, parameters);
      BigInteger hash = number(sha256d(header));
      String text = HEX.formatHex(header);
      boolean block = hash.compareTo(target(job.bits())) <= 0;
      if (hash.compareTo(target(Objects.requireNonNull(difficulties.get(jobId)))) > 0) {
        judged(message, first, jobId, text, block, "[23,\"Low difficulty share\",null]");
      } else if (!headers.add(text)) {
        judged(message, first, jobId, text, block, "[22,\"Duplicate share\",null]");
      } else {
        judged(message, first, jobId, text, block, null);
      }
    }

    private void judged(
        JsonNode message,
        String first,
        String jobId,
        String header,
        boolean block,
        @Nullable String error) {
      verdicts.add(
          new Verdict(first, jobId, header, error == null, block, error == null ? "" : error));
      line(
          "{\"id\":"
              + message.get("id")
              + ",\"result\":"
              + (error == null ? "true" : "null")
              + ",\"error\":"
              + error
              + "}");
    }

    private void result(JsonNode message, JsonNode result) {
      ObjectNode answer = JSON.createObjectNode();
      answer.set("id", message.get("id"));
      answer.set("result", result);
      line(answer.putNull("error").toString());
    }

    private void error(JsonNode message, int code, String text) {
      ObjectNode answer = JSON.createObjectNode();
      answer.set("id", message.get("id"));
      answer.putNull("result").putArray("error").add(code).add(text).addNull();
      line(answer.toString());
    }
  }

  /** A coinbase's first part, up to the extranonces, with the job's number in its script. */
  private static String before(Job job) {
    String id = ("0000" + job.id()).substring(job.id().length());
    return "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff20"
        + "020862062f50"
        + id
        + "482f04b8864e5008";
  }

  private static final String AFTER =
      "072f736c7573682f000000000100f2052a010000001976a914d23fcdf86f7e756a64a7a9688ef9903327048ed9"
          + "88ac00000000";

  private static final List<String> BRANCH =
      List.of(
          "57351e8569cb9d036187a79fd1844fd930c1309efcd16c46af9bb9713b6ee734",
          "936ab9c33420f187acae660fcdb07ffdffa081273674f0f41e6ecc1347451d23");

  /** The header that a share stands for. */
  private byte[] header(Job job, String first, JsonNode parameters) {
    byte[] root = sha256d(HEX.parseHex(before(job) + first + parameters.path(2).asText() + AFTER));
    for (String sibling : BRANCH) {
      root = sha256d(ByteBuffer.allocate(64).put(root).put(HEX.parseHex(sibling)).array());
    }
    int version = (int) Long.parseLong(job.version(), 16);
    if (parameters.size() > 5) {
      int rolling = (int) Long.parseLong(String.valueOf(mask), 16);
      int given = (int) Long.parseLong(parameters.path(5).asText(), 16);
      version = (version & ~rolling) | (given & rolling);
    }
    return ByteBuffer.allocate(80)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(version)
        .put(HEX.parseHex(job.previous()))
        .put(root)
        .putInt((int) Long.parseLong(parameters.path(3).asText(), 16))
        .putInt((int) Long.parseLong(job.bits(), 16))
        .putInt((int) Long.parseLong(parameters.path(4).asText(), 16))
        .array();
  }

  private static byte[] wordsReversed(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    ByteBuffer to = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    while (from.hasRemaining()) {
      to.putInt(from.getInt());
    }
    return to.array();
  }

  private static BigInteger target(double asked) {
    return DIFFICULTY_1.divide(new BigDecimal(asked), 0, RoundingMode.DOWN).toBigInteger();
  }

  private static BigInteger target(String compact) {
    long value = Long.parseLong(compact, 16);
    return BigInteger.valueOf(value & 0xffffff).shiftLeft((int) (8 * ((value >> 24) - 3)));
  }

  private static BigInteger number(byte[] hash) {
    byte[] reversed = new byte[hash.length];
    for (int i = 0; i < hash.length; i++) {
      reversed[i] = hash[hash.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] sha256d(byte[] bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return sha256.digest(sha256.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
