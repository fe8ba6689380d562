package io.goldennonce.work.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8332, http://127.0.0.1:8332/x",
    "https://pool.example, https://pool.example/x",
    "http://[::1]:18443, http://[::1]:18443/x",
    "http://[fe80::1%25eth0]:80/a/, http://[fe80::1%25eth0]:80/a/x",
    "http://Node-1.example:1/wallet/a%20b/, http://Node-1.example:1/wallet/a%20b/x",
    // Docker Compose names services so; neither URI nor the HTTP client takes it for a host.
    "http://bitcoin_node:18443, http://10.1.2.3:18443/x",
    "http://v6_node:18443, http://[2001:db8:0:0:0:0:0:1]:18443/x",
  })
  void url_ofAnyHost_givesItsRequests(String text, String request) throws UnknownHostException {
    ServerUrl url = parse(text);
    assertThat(url.toString()).isEqualTo(text);
    String address = text.contains("v6_") ? "2001:db8::1" : "10.1.2.3";
    assertThat(url.request("x", name -> InetAddress.getByName(address))).hasToString(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:8332",
        "ftp://host:1",
        "http://",
        "http://:80",
        "http://host:0",
        "http://host:65536",
        "http://host:999999",
        "http://host:80?x=1",
        "http://host:80/#a",
        "http://::1:8332",
        "http://ho st:80",
        "http://host:80/%zz",
        "http://host:80/\u001b[2J",
      })
  void url_thatIsNone_isRefusedInOneLine(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a URL must be http://HOST, got")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void url_withAPassword_isRefusedWithoutIt() {
    assertThatThrownBy(() -> parse("http://miner:s3cr3t@host:8332"))
        .hasMessage(
            "a URL must not hold a user or a password, which other users of this machine could"
                + " read; give a file")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void underscore_withHttps_isNamed() {
    assertThatThrownBy(() -> parse("https://work_service"))
        .hasMessageContaining("without underscores for https")
        .hasMessageContaining("work_service");
  }

  @Test
  void directory_endsInOneSlash() {
    assertThat(parse("http://h/a").asDirectory()).hasToString("http://h/a/");
    assertThat(parse("http://h").asDirectory()).hasToString("http://h/");
    assertThat(parse("http://h/a/").asDirectory()).hasToString("http://h/a/");
  }

  @ParameterizedTest
  @CsvSource({
    "http://node.example:1, true",
    "http://10.0.0.1:1, true",
    "https://node.example:1, false",
    "http://127.0.0.1:1, false",
    "http://127.8.8.8:1, false",
    "http://localhost:1, false",
    "http://[::1]:1, false",
  })
  void url_ofAnotherMachineWithoutTls_isReadByOthers(String text, boolean read) {
    assertThat(parse(text).isReadByOthers()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "high-hash                  | high-hash",
        "`first\nsecond`             | first",
        "`\u001b[2Jgone`             | ?[2Jgone",
        "`a\u202eb`                  | a?b",
        "Zoë 山                      | Zoë 山",
      })
  void text_ofAServer_isOneLineThatCommandsNoTerminal(String text, String line) {
    assertThat(ServerText.line(text)).isEqualTo(line);
  }

  @Test
  void text_thatIsLong_isCutBetweenCharacters() {
    assertThat(ServerText.line("x".repeat(500))).isEqualTo("x".repeat(200) + "…");
    assertThat(ServerText.line("x".repeat(199) + "😀 and more")).isEqualTo("x".repeat(199) + "…");
  }

  private static ServerUrl parse(String text) {
    return ServerUrl.parse(text, "a URL", "http://HOST", "give a file");
  }
}
