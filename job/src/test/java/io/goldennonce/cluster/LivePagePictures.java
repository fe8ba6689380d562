package io.goldennonce.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.goldennonce.cli.CliRun;
import io.goldennonce.monitor.Browser;
import io.goldennonce.monitor.MonitorPlugin;
import io.goldennonce.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the documents' pictures of the live page, from a real search on two workers;
 * docs/monitoring.md has the command. No test: it says nothing and takes two minutes.
 */
class LivePagePictures {
  private static final Path TO =
      Path.of(System.getProperty("golden.nonce.root", "..")).resolve("docs/images");

  @TempDir private Path directory = Path.of("set by JUnit");

  private record Look(String name, int width, boolean phone, boolean dark) {}

  @Test
  void takePictures() throws Exception {
    Files.createDirectories(TO);
    String warehouse = directory.resolve("warehouse").toString();
    try (StandaloneCluster cluster =
            StandaloneCluster.start(SparkHome.embedded(), directory.resolve("cluster"), 2);
        Browser browser = new Browser(directory.resolve("profile"))) {
      for (String data :
          List.of(
              "hello", "Chancellor on brink", "<script>alert(1)</script>", "a fourth", "five")) {
        ClusterRuns.local("local[2]", mine(data, "22", warehouse));
      }
      CompletableFuture<CliRun> run =
          new ClusterRuns(cluster)
              .begin(
                  mine("pictures", "32", warehouse),
                  "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector",
                  "spark.ui.enabled=true",
                  "spark.ui.port=0");
      Await.until("the page", () -> MonitorPlugin.page().isPresent() || run.isDone());
      browser.size(1200, 900, false);
      String page = MonitorPlugin.page().orElseThrow();
      Await.until(
          "the page's first answer",
          () -> {
            browser.open(page); // until then Spark says that it is starting
            return Boolean.TRUE.equals(browser.ask("document.getElementById('rate') !== null"));
          });
      browser.await("#rate", text -> text.contains("MH/s"));
      Thread.sleep(45_000);
      for (Look look :
          List.of(
              new Look("live-page", 1200, false, false),
              new Look("live-page-dark", 1200, false, true),
              new Look("live-page-phone", 390, true, true))) {
        browser.dark(look.dark());
        browser.size(look.width(), 900, look.phone());
        Thread.sleep(1_500);
        browser.shoot(TO.resolve(look.name() + ".png"), look.width(), look.phone());
      }
      assertThat(browser.ask("state.executors.filter(one => one.hashes > 0).length")).isEqualTo(2L);
      run.get();
    }
  }

  private static List<String> mine(String data, String difficulty, String warehouse) {
    return List.of(
        "mine",
        "--data",
        data,
        "--difficulty",
        difficulty,
        "--timeout",
        "75s",
        "--quiet",
        "--warehouse",
        warehouse);
  }
}
