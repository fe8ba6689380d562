package io.goldennonce.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard against Grafana's own types, by the TypeScript compiler. */
@Tag("full")
class DashboardTypesIT {
  private static final Path ROOT = Path.of(System.getProperty("golden.nonce.root", ".."));

  @TempDir private Path directory = Path.of("set by JUnit");

  /** As it is, and broken, so that a check that checks nothing is seen. */
  @ParameterizedTest
  @CsvSource({
    "'\"w\": 4', '\"w\": 4', 0",
    "'\"w\": 4', '\"w\": \"4\"', 2",
    "'\"mode\": \"absolute\"', '\"mode\": \"absolut\"', 2",
    "'\"panels\": [', '\"panel\": [', 2"
  })
  void dashboard_asGrafanaTypesIt_fits(String part, String instead, int code) throws Exception {
    Path check = ROOT.resolve("job/src/test/grafana").toRealPath();
    Path compiler = check.resolve("node_modules/typescript/bin/tsc");
    assumeTrue(
        Files.exists(compiler) || "true".equals(System.getenv("CI")),
        "npm ci --prefix job/src/test/grafana to include it");
    for (String file : new String[] {"plain.ts", "tsconfig.json"}) {
      Files.copy(check.resolve(file), directory.resolve(file));
    }
    Files.createSymbolicLink(directory.resolve("node_modules"), check.resolve("node_modules"));
    String dashboard = Files.readString(ROOT.resolve("conf/grafana/dashboards/golden-nonce.json"));
    assertThat(dashboard).contains(part);
    Files.writeString(
        directory.resolve("dashboard.ts"),
        """
        import type { Dashboard } from '@grafana/schema';
        import type { Plain } from './plain';
        export const dashboard: Plain<Dashboard> =
        """
            + dashboard.replace(part, instead));
    Path log = directory.resolve("tsc.log");
    Process process =
        Prometheus.start(log, "node", compiler.toString(), "-p", directory.toString());
    assertThat(process.waitFor()).as(() -> log(log)).isEqualTo(code);
  }

  private static String log(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
