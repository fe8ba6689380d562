package io.goldennonce.cli.grind;

import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommandRunner;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.cli.common.Interruption;
import io.goldennonce.cli.common.SearchOptions;
import io.goldennonce.cli.common.SingleSearch;
import io.goldennonce.config.Configuration;
import io.goldennonce.search.StopReason;
import io.goldennonce.search.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Option;

/** Options of a grind that stays, and how it does: one Spark application for many calls. */
final class GrindService {
  /** Where {@code scripts/submit.sh} looks for a server. */
  private static final String SOCKET = "GOLDEN_NONCE_SOCKET";

  @Option(
      names = "--serve",
      required = true,
      description =
          "Stay, with Spark warm, and answer further calls of scripts/submit.sh grind on this"
              + " machine.")
  private boolean serve;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = SearchOptions.TimeConverter.class,
      description = "With --serve: end when nobody has called for so long; default: 10m.")
  private Duration idle = Duration.ofMinutes(10);

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "With --serve: listen there; default: what scripts/submit.sh has in the environment as "
              + SOCKET
              + ".")
  private @Nullable Path socket;

  /**
   * Serves until nobody calls any more, or until it is stopped.
   *
   * @param program runs the calls
   */
  ExitCode run(CommonOptions common, CommandRunner program) throws InterruptedException {
    Configuration configuration = common.configuration();
    StopSignal stop = Interruption.signal();
    try (GrindServer server = GrindServer.listen(path());
        JobSession session = JobSession.start("grind --serve", configuration, common.quiet())) {
      session.context();
      System.err.println("golden-nonce grind: serving at " + path());
      Optional<StopReason> stopped =
          server.run(
              idle,
              stop,
              (arguments, directory, gone, out, err) ->
                  answer(session, program, configuration, arguments, directory, gone, err));
      return stopped.map(ExitCode::of).orElse(ExitCode.OK);
    } catch (IOException e) {
      throw new UncheckedIOException("the grind server failed: " + e.getMessage(), e);
    }
  }

  private Path path() {
    if (socket != null) {
      return socket;
    }
    String path = System.getenv(SOCKET);
    if (path == null || path.isEmpty()) {
      throw new UsageException(
          "--serve must know where to listen: start it with scripts/submit.sh, or give --socket");
    }
    return Path.of(path);
  }

  private static int answer(
      JobSession session,
      CommandRunner program,
      Configuration configuration,
      List<String> arguments,
      Path directory,
      StopSignal gone,
      PrintStream err) {
    if (!GrindCall.isServed(arguments)) {
      err.println("golden-nonce grind: a server does not do this call");
      return GrindCall.NOT_SERVED;
    }
    // A warehouse beside the caller is the caller's.
    Path warehouse = Path.of(configuration.warehouse());
    Configuration own =
        configuration.warehouse().contains(":") || warehouse.isAbsolute()
            ? configuration
            : configuration.withWarehouse(directory.resolve(warehouse).normalize().toString());
    SingleSearch.Sessions warm = (command, ignored, quiet) -> session.sharing(own, quiet);
    IFactory standard = CommandLine.defaultFactory();
    IFactory commands =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            K made = standard.create(type);
            return made instanceof GrindCommand grind ? type.cast(grind.in(warm, gone)) : made;
          }
        };
    return program.run(commands, arguments.toArray(String[]::new));
  }
}
