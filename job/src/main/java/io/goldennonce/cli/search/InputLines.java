package io.goldennonce.cli.search;

import io.goldennonce.base.DaemonThreads;
import io.goldennonce.search.StopSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lines of a stream for one who must not be held up by it: a read can't be interrupted. */
final class InputLines {
  private static final long TICK_MILLIS = 20;

  private final SynchronousQueue<Optional<String>> lines = new SynchronousQueue<>();

  /** Reads on in a thread of its own, at most one line ahead. */
  InputLines(InputStream in) {
    DaemonThreads.create("input-lines", () -> read(in)).start();
  }

  /** Waits for the next line; nothing at the end of the stream, or once it must stop. */
  Optional<String> next(StopSignal stop) throws InterruptedException {
    @Nullable Optional<String> line = null;
    while (line == null && stop.reason().isEmpty()) {
      line = lines.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return line == null ? Optional.empty() : line;
  }

  private void read(InputStream in) {
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      Optional<String> line;
      do {
        line = Optional.ofNullable(line(reader));
        lines.put(line);
      } while (line.isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stream that breaks off has ended. */
  private static @Nullable String line(BufferedReader reader) {
    try {
      return reader.readLine();
    } catch (IOException e) {
      System.err.println("golden-nonce: standard input broke off: " + e.getMessage());
      return null;
    }
  }
}
