package io.goldennonce.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.kernel.SelfTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SignalHandlersTest {
  /** In a JVM of its own, since libraries are loaded once. */
  @Test
  void openCl_loadedCompiledAndLaunched_leavesTheJvmsHandlers() throws Exception {
    OpenClDevices.kernel(); // skipped where there is none
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Compared.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).isEqualTo("Optional.empty true");
  }

  /** Prints why the self-test fails, and whether the handlers are still those from before. */
  static final class Compared {
    public static void main(String[] arguments) {
      SignalHandlers before = SignalHandlers.now();
      Object failure = SelfTest.failure(OpenClDevices.kernel());
      System.out.println(failure + " " + SignalHandlers.now().isSame(before));
    }
  }
}
