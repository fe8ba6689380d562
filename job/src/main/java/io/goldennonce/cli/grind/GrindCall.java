package io.goldennonce.cli.grind;

import io.goldennonce.cli.common.Arguments;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has a grind server do one call: the same output and exit code as without one. {@code
 * scripts/submit.sh} starts it with this program's jar alone, as a JVM without Spark starts in a
 * tenth of a second.
 */
public final class GrindCall {
  /** Ends with this code, and without a word, where a start of one's own must do. */
  static final int NOT_SERVED = 69;

  private static final int FAILURE = 4;
  private static final int INTERRUPTED = 130;
  private static final long GRACE_SECONDS = 25;

  /** Those that ask nothing of the session or the directory that the server has not. */
  private static final Set<String> SERVED =
      Set.of(
          "--roll-time",
          "--timeout",
          "--result",
          "--json",
          "-q",
          "--quiet",
          "--skip",
          "--limit",
          "--shard",
          "--keyspace");

  private GrindCall() {}

  /**
   * Makes a call and ends the process with its code.
   *
   * @param arguments the server's socket, and the command with its arguments
   */
  public static void main(String... arguments) {
    List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
    CountDownLatch ended = new CountDownLatch(1);
    int code =
        isServed(command)
            ? call(
                Path.of(arguments[0]),
                command,
                System.out,
                System.err,
                channel ->
                    Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> interrupt(channel, ended))))
            : NOT_SERVED;
    ended.countDown();
    Runtime.getRuntime().halt(code);
  }

  /** Whether a server's answer is that of a start of one's own. */
  static boolean isServed(List<String> command) {
    return !command.isEmpty()
        && command.get(0).equals("grind")
        && command.stream().noneMatch(Arguments::isReplaced)
        && command.stream()
            .filter(argument -> argument.startsWith("-"))
            .allMatch(argument -> SERVED.contains(argument.split("=", 2)[0]));
  }

  /**
   * Makes a call.
   *
   * @param connected is given the connection before the call goes out
   * @return the exit code
   */
  static int call(
      Path socket,
      List<String> command,
      PrintStream out,
      PrintStream err,
      Consumer<SocketChannel> connected) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      connected.accept(channel);
      List<String> request = new ArrayList<>(List.of(Path.of("").toAbsolutePath().toString()));
      request.addAll(command);
      try {
        CallFrames.writeTexts(channel, request);
        return answer(new DataInputStream(Channels.newInputStream(channel)), out, err);
      } catch (IOException e) {
        err.println("golden-nonce grind: the grind server ended before the call did");
        return FAILURE;
      }
    } catch (IOException e) {
      return NOT_SERVED; // there is no server any more
    }
  }

  private static int answer(DataInputStream in, PrintStream out, PrintStream err)
      throws IOException {
    while (true) {
      byte kind = in.readByte();
      byte[] bytes = CallFrames.readBytes(in);
      switch (kind) {
        case CallFrames.OUT -> {
          out.write(bytes, 0, bytes.length);
          out.flush();
        }
        case CallFrames.ERR -> {
          err.write(bytes, 0, bytes.length);
          err.flush();
        }
        case CallFrames.CODE -> {
          return ByteBuffer.wrap(bytes).getInt();
        }
        default -> throw new EOFException("no frame begins with " + kind);
      }
    }
  }

  /** Ctrl-C: closing the connection makes the server stop the search and report its end. */
  private static void interrupt(SocketChannel channel, CountDownLatch ended) {
    try {
      if (ended.getCount() > 0) {
        channel.shutdownOutput();
        ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      // The server is gone, and the search with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(INTERRUPTED);
  }
}
