package io.goldennonce.cli.search;

import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.ServiceToken;
import io.goldennonce.config.Configuration;
import io.goldennonce.search.ResultMode;
import io.goldennonce.service.ServiceSolution;
import io.goldennonce.service.WorkService;
import io.goldennonce.work.remote.FindStore;
import io.goldennonce.work.remote.ServerUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for mining for a work service. */
final class ServiceOptions {
  @Option(
      names = "--service",
      paramLabel = "URL",
      required = true,
      description = "Mine for the web service at this address; see docs/work-service.yaml.")
  private String service = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Send the token in this file; default: the environment variable"
              + " GOLDEN_NONCE_SERVICE_TOKEN, or no token.")
  private @Nullable Path tokenFile;

  /**
   * Checks the options, before Spark is started.
   *
   * @param count number of accepted solutions to end with
   * @param environment variables that may hold the token
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

  record Plan(ServerUrl url, WorkService.Settings settings) {
    WorkService open(FindStore<ServiceSolution> store, Consumer<String> report) {
      return new WorkService(url, settings, store, report);
    }
  }
}
