package io.goldennonce.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.ServiceToken;
import io.goldennonce.server.TestKey;
import io.goldennonce.server.WorkServer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ServerAccessOptionsTest {
  private static final String TOKEN = "0123456789abcdef";

  private final Path directory;

  ServerAccessOptionsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Command
  private static final class Holder {
    @Mixin private ServerAccessOptions options = new ServerAccessOptions();
  }

  @Test
  void options_none_askForNothingAndWarnBeyondLoopback() throws Exception {
    ServerAccessOptions options = parse();
    WorkServer.Access access = options.access("0.0.0.0", Map.of());
    assertThat(access.token()).isNull();
    assertThat(access.tls()).isNull();
    assertThat(options.warning(InetAddress.getLoopbackAddress(), access)).isEmpty();
    assertThat(options.warning(InetAddress.getByName("0.0.0.0"), access))
        .hasValueSatisfying(
            line -> assertThat(line).contains("everyone who reaches this", "--token-file"));
  }

  @Test
  void token_fromFileOrEnvironment_isAskedForAndTheFileWins() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    ServerAccessOptions options = parse("--token-file", file.toString(), "--allow-host", "a.b");
    WorkServer.Access access =
        options.access("miner-1", Map.of(ServiceToken.VARIABLE, TOKEN + "-of-the-environment"));
    assertThat(access.token()).isEqualTo(TOKEN);
    assertThat(access.names()).containsExactlyInAnyOrder("a.b", "miner-1");
    assertThat(options.warning(InetAddress.getByName("10.0.0.1"), access))
        .hasValueSatisfying(
            line -> assertThat(line).contains("in the clear").doesNotContain(TOKEN));
    assertThat(parse().access("h", Map.of(ServiceToken.VARIABLE, TOKEN)).token()).isEqualTo(TOKEN);
    assertThatThrownBy(() -> parse().access("h", Map.of(ServiceToken.VARIABLE, "sh0rt")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(ServiceToken.VARIABLE)
        .hasMessageNotContaining("sh0rt");
  }

  @Test
  void keystore_withItsPassword_encrypts() throws Exception {
    TestKey key = TestKey.create(directory);
    Map<String, String> environment =
        Map.of(
            ServerAccessOptions.KEYSTORE_PASSWORD, TestKey.PASSWORD, ServiceToken.VARIABLE, TOKEN);
    ServerAccessOptions options = parse("--keystore", key.file().toString());
    WorkServer.Access access = options.access("0.0.0.0", environment);
    assertThat(access.tls()).isNotNull();
    assertThat(options.warning(InetAddress.getByName("0.0.0.0"), access)).isEmpty();
    assertThatThrownBy(() -> options.access("0.0.0.0", Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(ServerAccessOptions.KEYSTORE_PASSWORD);
  }

  private static ServerAccessOptions parse(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.options;
  }
}
