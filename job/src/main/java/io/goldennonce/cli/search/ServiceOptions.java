package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.ServiceToken;
import io.goldennonce.config.Configuration;
import io.goldennonce.search.ResultMode;
import io.goldennonce.service.SolutionStore;
import io.goldennonce.service.WorkService;
import io.goldennonce.work.remote.ServerUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a work service, and what makes a source of work of them. */
final class ServiceOptions {
  @Option(
      names = "--service",
      paramLabel = "URL",
      required = true,
      description = "Mine for the web service at this address; docs/work-service.yaml says how.")
  private String service = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Show the service the token in this file; default: the environment's"
              + " GOLDEN_NONCE_SERVICE_TOKEN, or no token.")
  private @Nullable Path tokenFile;

  /**
   * Checks all that can be checked before anything is started.
   *
   * @param count how many solutions the service must accept
   * @param environment where the token may be, too
   */
  Plan plan(
      Configuration configuration, ResultMode mode, long count, Map<String, String> environment) {
    Configuration.Service settings = configuration.service();
    return new Plan(
        UsageException.checked("--service", () -> WorkService.url(service)),
        new WorkService.Settings(
            configuration.chain().miner(),
            mode,
            count,
            settings.timeout(),
            settings.pollInterval(),
            settings.longestPause(),
            ServiceToken.read(tokenFile, environment)));
  }

  /** A service that can be opened. */
  record Plan(ServerUrl url, WorkService.Settings settings) {
    WorkService open(SolutionStore store, Consumer<String> tell) {
      return new WorkService(url, settings, store, tell);
    }
  }
}
