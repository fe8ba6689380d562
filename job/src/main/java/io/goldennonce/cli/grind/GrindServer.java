package io.goldennonce.cli.grind;

import io.goldennonce.app.UsageException;
import io.goldennonce.base.DaemonThreads;
import io.goldennonce.output.FailureText;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers calls at a local socket, one after the other, until nobody has called for a while. */
final class GrindServer implements AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final long REQUEST_SECONDS = 5;

  private final Path socket;
  private final ServerSocketChannel server;

  /** Does what a call asks for. */
  interface Answer {
    /**
     * Runs a command.
     *
     * @param arguments its name and its arguments
     * @param directory that of the caller
     * @param gone stops once the caller is not there any more
     * @return the exit code
     */
    int to(
        List<String> arguments, Path directory, StopSignal gone, PrintStream out, PrintStream err);
  }

  private GrindServer(Path socket, ServerSocketChannel server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param socket in a directory that nobody else can enter; it is made if need be
   */
  static GrindServer listen(Path socket) {
    try {
      Path directory = socket.toAbsolutePath().getParent();
      if (directory == null) {
        throw new IOException("it has no directory");
      }
      requirePrivate(directory);
      if (Files.exists(socket)) {
        requireSocket(socket);
        requireDead(socket);
        Files.delete(socket);
      }
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      return new GrindServer(socket, server);
    } catch (IOException | UnsupportedOperationException e) {
      throw new UsageException(
          "--serve must listen where a local socket can be made, got "
              + socket
              + " ("
              + FailureText.of(e)
              + "); give another with --socket or GOLDEN_NONCE_SOCKET",
          e);
    }
  }

  private static void requirePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new UsageException(
          "--socket must be in a directory that only you can enter (chmod 700), got " + directory);
    }
  }

  /** Nothing else is deleted to make room for it. */
  private static void requireSocket(Path socket) throws IOException {
    if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new UsageException("--socket must be no file of another kind, got " + socket);
    }
  }

  private static void requireDead(Path socket) {
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new UsageException(
          "--serve: a grind server listens at "
              + socket
              + " already; use it, or name another --socket");
    } catch (IOException e) {
      // What a killed one left.
    }
  }

  /**
   * Answers calls.
   *
   * @param idle ends after this time without a call
   * @return why it ended, if it was stopped
   */
  Optional<StopReason> run(Duration idle, StopSignal stop, Answer answer)
      throws IOException, InterruptedException {
    try (Selector selector = Selector.open()) {
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      long called = System.nanoTime();
      while (System.nanoTime() - called < idle.toNanos()) {
        if (stop.reason().isPresent()) {
          return stop.reason();
        }
        selector.select(TICK_MILLIS);
        selector.selectedKeys().clear();
        try (SocketChannel call = server.accept()) {
          if (call != null) {
            serve(call, answer);
            called = System.nanoTime();
          }
        } catch (IOException e) {
          System.err.println("golden-nonce grind: a caller is gone: " + e.getMessage());
        }
      }
      return Optional.empty();
    }
  }

  private static void serve(SocketChannel call, Answer answer)
      throws IOException, InterruptedException {
    call.configureBlocking(true);
    CompletableFuture<List<String>> request = new CompletableFuture<>();
    AtomicBoolean gone = new AtomicBoolean();
    DaemonThreads.create("grind-call", () -> read(call, request, gone)).start();
    List<String> texts;
    try {
      texts = request.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no call came", e);
    }
    StopSignal stop = () -> gone.get() ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    int code;
    try (PrintStream out = stream(call, CallFrames.OUT);
        PrintStream err = stream(call, CallFrames.ERR)) {
      // Calls come one at a time, so that whatever a command prints is the caller's.
      System.setOut(out);
      System.setErr(err);
      code = answer.to(texts.subList(1, texts.size()), Path.of(texts.get(0)), stop, out, err);
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    CallFrames.write(
        call, CallFrames.CODE, ByteBuffer.allocate(Integer.BYTES).putInt(code).array(), 0, 4);
  }

  private static PrintStream stream(SocketChannel call, byte kind) {
    return new PrintStream(CallFrames.stream(call, kind), true, StandardCharsets.UTF_8);
  }

  /** Reads the call, and then waits for its end: no stream of a channel can do both at once. */
  private static void read(
      SocketChannel call, CompletableFuture<List<String>> request, AtomicBoolean gone) {
    try {
      List<String> texts = CallFrames.readTexts(new DataInputStream(Channels.newInputStream(call)));
      if (texts.size() < 2) {
        throw new IOException("a call must have a directory and a command");
      }
      request.complete(texts);
      ByteBuffer more = ByteBuffer.allocate(64);
      while (call.read(more) >= 0) {
        more.clear();
      }
    } catch (IOException e) {
      request.completeExceptionally(e);
    } finally {
      gone.set(true);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
