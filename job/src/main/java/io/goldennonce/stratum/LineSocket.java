package io.goldennonce.stratum;

import io.goldennonce.work.remote.ServerUrl;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries lines. One thread reads, any thread writes, and a third one checks
 * {@link #overdue} at intervals, as neither a slow line of the peer nor a write that it does not
 * read ends by itself.
 */
final class LineSocket implements Closeable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int BUFFER = 8_192;

  /** Far more than any pool's job: a coinbase of a thousand outputs has 70,000 hex digits. */
  private static final int MAX_LINE = 1 << 18;

  private final Duration timeout;
  private final Duration silence;
  private volatile Socket socket = new Socket();
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  /** When the incomplete line, or connection, was started; 0 if there is none. */
  private volatile long startedNanos = System.nanoTime() | 1;

  private volatile long writingNanos;
  private volatile long heardNanos = System.nanoTime();

  /**
   * @param timeout how long the connection, a line, or a write may take
   * @param silence maximum time without data
   */
  LineSocket(Duration timeout, Duration silence) {
    this.timeout = timeout;
    this.silence = silence;
  }

  /**
   * Connects.
   *
   * @param tls creates the encrypted socket, if the address requires one
   */
  void connect(ServerUrl url, SSLSocketFactory tls) throws IOException {
    Socket plain = socket;
    plain.setTcpNoDelay(true);
    plain.setKeepAlive(true);
    int port = url.port().orElseThrow();
    plain.connect(new InetSocketAddress(url.hostName(), port), CONNECT_MILLIS);
    if (url.isEncrypted()) {
      SSLSocket encrypted = (SSLSocket) tls.createSocket(plain, url.hostName(), port, true);
      SSLParameters parameters = encrypted.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      encrypted.setSSLParameters(parameters);
      socket = encrypted;
      encrypted.startHandshake();
    }
    heardNanos = System.nanoTime();
    startedNanos = 0;
  }

  /**
   * Reads the next line, without its line break.
   *
   * @return null after the peer has closed the connection
   */
  @Nullable String read() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      for (int i = from; i < to; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, from, i - from);
          requireShort(line.size());
          from = i + 1;
          startedNanos = 0;
          return line.toString(StandardCharsets.UTF_8);
        }
      }
      line.write(buffer, from, to - from);
      if (line.size() > 0 && startedNanos == 0) {
        startedNanos = System.nanoTime() | 1;
      }
      requireShort(line.size());
      from = 0;
      to = Math.max(0, in.read(buffer));
      if (to == 0) {
        return null;
      }
      heardNanos = System.nanoTime();
    }
  }

  private static void requireShort(int bytes) throws IOException {
    if (bytes > MAX_LINE) {
      throw new IOException("sends a line of more than " + MAX_LINE + " bytes");
    }
  }

  /** Writes a line. */
  synchronized void write(String line) throws IOException {
    writingNanos = System.nanoTime() | 1;
    try {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } finally {
      writingNanos = 0;
    }
  }

  /** What takes too long; null if nothing does. */
  @Nullable IOException overdue() {
    if (isOlder(startedNanos, timeout)) {
      return new SocketTimeoutException(
          "did not complete a line or the connection within " + timeout.toMillis() / 1000.0 + " s");
    }
    if (isOlder(writingNanos, timeout)) {
      return new SocketTimeoutException(
          "did not read what was sent within " + timeout.toMillis() / 1000.0 + " s");
    }
    if (isOlder(heardNanos, silence)) {
      return new SocketTimeoutException(
          "has sent nothing for " + silence.toMillis() / 1000.0 + " s");
    }
    return null;
  }

  private static boolean isOlder(long nanos, Duration age) {
    return nanos != 0 && System.nanoTime() - nanos > age.toNanos();
  }

  /** Ends a running read, write or connect. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
