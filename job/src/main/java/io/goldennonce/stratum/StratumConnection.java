package io.goldennonce.stratum;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.base.DaemonThreads;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.ServerText;
import io.goldennonce.work.remote.ServerUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks JSON-RPC in lines, both ways, read in a thread of its own. Whatever the
 * pool does wrong ends it with one reason. Thread-safe.
 */
final class StratumConnection implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Pools send a few messages per minute; one share's answer each comes on top. */
  private static final int MOST_PER_SECOND = 1_000;

  private static final long SECOND = 1_000_000_000;

  private final ServerUrl url;
  private final LineSocket socket;
  private final Listener listener;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, Consumer<Answer>> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable AwayException end;
  private volatile long sentNanos = System.nanoTime();
  private long second;
  private int inThisSecond;

  /** Takes what the pool says by itself, in the thread that reads. */
  interface Listener {
    /** The connection stands. */
    void connected();

    /**
     * The pool calls a method.
     *
     * @return what to answer where it asks for an answer
     * @throws IllegalArgumentException if the parameters are wrong: ends the connection
     */
    @Nullable String called(String method, JsonNode parameters);

    /** It has ended; called once. */
    void ended();
  }

  /** What a call came to: a result, an error, or the connection's end. */
  record Answer(
      @Nullable JsonNode result, @Nullable StratumError error, @Nullable AwayException away) {
    /** The result. */
    JsonNode get() throws StratumError, AwayException {
      if (away != null) {
        throw away;
      }
      if (error != null || result == null) {
        throw error == null ? StratumError.of(JSON.nullNode()) : error;
      }
      return result;
    }
  }

  StratumConnection(ServerUrl url, Duration timeout, Duration silence, Listener listener) {
    this.url = url;
    this.socket = new LineSocket(timeout, silence);
    this.listener = listener;
  }

  /** Starts to connect, and does not wait. */
  void start(SSLSocketFactory tls) {
    DaemonThreads.create("stratum-reader", () -> run(tls)).start();
  }

  /**
   * Calls a method.
   *
   * @param then receives the answer in the reading thread, before anything else is read
   */
  void call(String method, Consumer<Answer> then, Object... parameters) {
    ObjectNode message = message(method, parameters);
    waiting.put(message.get("id").intValue(), then);
    send(message);
    if (end != null) {
      abandonWaiting();
    }
  }

  /** Calls a method whose answer, if there is one, does not matter. */
  void tell(String method, Object... parameters) {
    send(message(method, parameters));
  }

  /** Time since something was last sent. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - sentNanos);
  }

  /** Why it has ended; empty while it is open. */
  Optional<AwayException> end() {
    return Optional.ofNullable(end);
  }

  /** Ends it if the pool is too slow. */
  void check() {
    IOException overdue = socket.overdue();
    if (overdue != null) {
      end(away(overdue));
    }
  }

  /** Ends it for a reason. */
  void end(AwayException reason) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = reason;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed either way.
    }
    abandonWaiting();
    listener.ended();
  }

  @Override
  public void close() {
    end(AwayException.away(url + " is no longer used"));
  }

  private void abandonWaiting() {
    AwayException reason = end;
    for (Integer id : waiting.keySet()) {
      Consumer<Answer> then = waiting.remove(id);
      if (then != null) {
        then.accept(new Answer(null, null, reason));
      }
    }
  }

  private ObjectNode message(String method, Object... parameters) {
    ObjectNode message = JSON.createObjectNode().put("id", lastId.incrementAndGet());
    message.put("method", method).set("params", JSON.valueToTree(parameters));
    return message;
  }

  private void send(ObjectNode message) {
    sentNanos = System.nanoTime();
    try {
      socket.write(message.toString());
    } catch (IOException e) {
      end(away(e));
    }
  }

  private void run(SSLSocketFactory tls) {
    try {
      socket.connect(url, tls);
      listener.connected();
      for (String line = socket.read(); line != null; line = socket.read()) {
        requireCalm();
        if (!line.isBlank()) {
          read(line);
        }
      }
      end(AwayException.away(url + " has closed the connection"));
    } catch (IOException e) {
      end(away(e));
    } catch (IllegalArgumentException e) {
      end(answered(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      end(answered("can't be understood: " + e));
    }
  }

  private void requireCalm() {
    long now = System.nanoTime() / SECOND;
    inThisSecond = now == second ? inThisSecond + 1 : 1;
    second = now;
    if (inThisSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "sends more than " + MOST_PER_SECOND + " messages in a second");
    }
  }

  private void read(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("sends a line that is no JSON", e);
    }
    if (!message.isObject()) {
      throw new IllegalArgumentException("sends a line that is no JSON object");
    }
    JsonNode id = message.path("id");
    String method = message.path("method").asText("");
    if (!method.isEmpty()) {
      String answer = listener.called(method, message.path("params"));
      if (answer != null && !id.isMissingNode() && !id.isNull()) {
        ObjectNode reply = JSON.createObjectNode().put("result", answer);
        reply.set("id", id);
        send(reply.putNull("error"));
      }
      return;
    }
    Consumer<Answer> then = id.isInt() ? waiting.remove(id.intValue()) : null;
    if (then != null) {
      then.accept(answer(message));
    }
  }

  /** Early pools send an error together with a result of null or false. */
  private static Answer answer(JsonNode message) {
    JsonNode error = message.path("error");
    return error.isMissingNode() || error.isNull() || (error.isArray() && error.isEmpty())
        ? new Answer(message.path("result"), null, null)
        : new Answer(null, StratumError.of(error), null);
  }

  private AwayException answered(String what) {
    return AwayException.answered(url + " " + ServerText.line(what));
  }

  private AwayException away(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return AwayException.away(url + " does not answer: unknown host " + url.hostName());
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return AwayException.away(url + " does not answer: connection refused");
    }
    if (failure instanceof SSLException) {
      return AwayException.away(
          url
              + " can't be trusted: "
              + ServerText.line(String.valueOf(failure.getMessage()))
              + "; for a certificate of its own give stratum.certificates");
    }
    if (failure instanceof SocketTimeoutException || failure.getClass() == IOException.class) {
      return answered(String.valueOf(failure.getMessage()));
    }
    return AwayException.away(
        url + " closed the connection (" + failure.getClass().getSimpleName() + ")");
  }
}
