package io.goldennonce.cli.grind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.app.UsageException;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class GrindServerTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final StopSignal stop =
      () -> stopped.get() ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
  private final List<List<String>> asked = new ArrayList<>();
  private final Path socket;

  GrindServerTest(@TempDir Path directory) {
    this.socket = directory.resolve("run/grind.sock");
  }

  private record Called(int code, String out, String err) {}

  @Test
  void call_anyNumberOfTimes_hasStreamsAndCodeOfTheAnswer() throws Exception {
    CompletableFuture<Void> server =
        serve(
            LONG,
            (arguments, directory, gone, out, err) -> {
              asked.add(arguments);
              System.out.println("süß " + directory);
              err.println("told");
              return arguments.size();
            });
    for (int i = 1; i <= 3; i++) {
      Called called = call("grind", "a".repeat(i));
      assertThat(called.out()).isEqualTo("süß " + Path.of("").toAbsolutePath() + "\n");
      assertThat(called.err()).isEqualTo("told\n");
      assertThat(called.code()).isEqualTo(2);
    }
    assertThat(asked).hasSize(3).last().isEqualTo(List.of("grind", "aaa"));
    stopped.set(true);
    server.get();
    assertThat(socket).doesNotExist();
    assertThat(call("grind", "a").code()).isEqualTo(GrindCall.NOT_SERVED);
  }

  @Test
  void socket_ofAServer_isItsOwnersAlone() throws Exception {
    CompletableFuture<Void> server = serve(LONG, (arguments, directory, gone, out, err) -> 0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    Path directory = parent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThatThrownBy(() -> GrindServer.listen(socket))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("listens at " + socket + " already");
    stopped.set(true);
    server.get();
  }

  @Test
  void caller_whoGoes_stopsTheSearchAndTheNextIsServed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<StopReason> reason = new CompletableFuture<>();
    CompletableFuture<Void> server =
        serve(
            LONG,
            (arguments, directory, gone, out, err) -> {
              begun.countDown();
              while (arguments.contains("hard") && !reason.isDone()) {
                gone.reason().ifPresent(reason::complete);
              }
              return 0;
            });
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      CallFrames.writeTexts(channel, List.of("/", "grind", "hard"));
      begun.await();
      assertThat(reason).isNotDone();
    }
    assertThat(reason.get()).isEqualTo(StopReason.INTERRUPTED);
    assertThat(call("grind", "easy").code()).isZero();
    stopped.set(true);
    server.get();
  }

  @Test
  void server_thatNobodyCalls_endsAfterItsIdleTime() throws Exception {
    serve(Duration.ofMillis(50), (arguments, directory, gone, out, err) -> 0).get();
    assertThat(socket).doesNotExist();
  }

  @Test
  void listen_whereAKilledServerWas_takesItsPlace() throws Exception {
    Files.createDirectories(parent());
    Files.setPosixFilePermissions(parent(), PosixFilePermissions.fromString("rwx------"));
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    GrindServer.listen(socket).close();
  }

  @Test
  void listen_whereAFileIs_isRefusedAndLeavesIt() throws Exception {
    Files.createDirectories(parent());
    Files.setPosixFilePermissions(parent(), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(socket, "notes");
    assertThatThrownBy(() -> GrindServer.listen(socket))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no file of another kind");
    assertThat(socket).hasContent("notes");
  }

  @Test
  void listen_whereOthersCanEnter_isRefused() throws Exception {
    Path open = Files.createDirectories(socket.resolveSibling("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> GrindServer.listen(open.resolve("grind.sock")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only you can enter")
        .hasMessageContaining(open.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "grind 00ff, true",
    "grind --roll-time 5 --timeout=3s -q --json 00ff, true",
    "grind --warehouse w 00ff, false",
    "grind -D a=b 00ff, false",
    "grind -Da=b 00ff, false",
    "grind --kernel superword 00ff, false",
    "grind --status s 00ff, false",
    "grind --serve, false",
    "grind --help, false",
    "mine --json, false"
  })
  void isServed_onlyWhatNeedsNothingOfTheCallersOwn(String command, boolean served) {
    assertThat(GrindCall.isServed(List.of(command.split(" ")))).isEqualTo(served);
  }

  private Path parent() {
    return Objects.requireNonNull(socket.getParent());
  }

  private CompletableFuture<Void> serve(Duration idle, GrindServer.Answer answer) {
    GrindServer server = GrindServer.listen(socket);
    return CompletableFuture.runAsync(
        () -> {
          try (server) {
            server.run(idle, stop, answer);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private Called call(String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        GrindCall.call(
            socket,
            List.of(command),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            channel -> {});
    return new Called(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
