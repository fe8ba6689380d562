package io.goldennonce.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goldennonce.app.UsageException;
import io.goldennonce.config.Configuration;
import io.goldennonce.config.Secret;
import io.goldennonce.search.ResultMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Where a node's credentials may come from, and which of them count. */
class NodeOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(NodeOptions.USER, "anna", NodeOptions.PASSWORD, "from-the-environment");

  @Test
  void credentials_ofTheEnvironment_countWhereNoFileHasAny() throws IOException {
    assertThat(shown(settings("", "", ""), ENVIRONMENT))
        .isEqualTo(basic("anna:from-the-environment"));
    assertThat(shown(settings("", "bert", "from-a-file"), ENVIRONMENT))
        .isEqualTo(basic("bert:from-a-file"));
    assertThat(shown(settings("", "", ""), Map.of())).isEmpty();
  }

  @Test
  void credentials_ofACookie_comeBeforeAllOthers(@TempDir Path directory) throws IOException {
    Path cookie = Files.writeString(directory.resolve(".cookie"), "__cookie__:beef\n");
    Path other = Files.writeString(directory.resolve("other"), "__cookie__:cafe\n");
    assertThat(shown(settings(cookie.toString(), "bert", "from-a-file"), ENVIRONMENT))
        .isEqualTo(basic("__cookie__:beef"));
    assertThat(shown(settings(cookie.toString(), "", ""), Map.of(), "--cookie", other.toString()))
        .isEqualTo(basic("__cookie__:cafe"));
  }

  @Test
  void credentials_halfOfTheEnvironment_areRefusedWithoutSayingThem() {
    assertThatThrownBy(
            () -> shown(settings("", "", ""), Map.of(NodeOptions.PASSWORD, "s3cr3t-of-mine")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("got no user")
        .hasMessageNotContaining("s3cr3t");
  }

  private static String shown(
      Configuration.Node settings, Map<String, String> environment, String... more)
      throws IOException {
    NodeOptions options = new NodeOptions();
    new CommandLine(options)
        .parseArgs(
            Stream.concat(
                    Stream.of("--node", "http://127.0.0.1:1", "--payout", "51"), Stream.of(more))
                .toArray(String[]::new));
    return options
        .plan(settings, ResultMode.FIRST, 1, environment)
        .credentials()
        .authorization()
        .orElse("");
  }

  private static Configuration.Node settings(String cookie, String user, String password) {
    Duration any = Duration.ofSeconds(1);
    return new Configuration.Node(cookie, user, new Secret(password), any, any, any, any);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
