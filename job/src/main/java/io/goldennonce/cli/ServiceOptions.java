package io.goldennonce.cli;

import io.goldennonce.config.Configuration;
import io.goldennonce.search.ResultMode;
import io.goldennonce.service.ServiceUrl;
import io.goldennonce.service.SolutionStore;
import io.goldennonce.service.WorkService;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options that name a work service, and what makes a source of work of them. */
final class ServiceOptions {
  @Option(
      names = "--service",
      paramLabel = "URL",
      required = true,
      description = "Mine for the web service at this address; docs/work-service.yaml says how.")
  private String service = "";

  /**
   * Checks all that can be checked before anything is started.
   *
   * @param count how many solutions the service shall accept
   */
  Plan plan(Configuration configuration, ResultMode mode, long count) {
    Configuration.Service settings = configuration.service();
    return new Plan(
        UsageException.checked("--service", () -> ServiceUrl.parse(service)),
        new WorkService.Settings(
            configuration.chain().miner(),
            mode,
            count,
            settings.timeout(),
            settings.pollInterval(),
            settings.longestPause()));
  }

  /** A service that can be opened. */
  record Plan(ServiceUrl url, WorkService.Settings settings) {
    WorkService open(SolutionStore store, Consumer<String> tell) {
      return new WorkService(url, settings, store, tell);
    }
  }
}
