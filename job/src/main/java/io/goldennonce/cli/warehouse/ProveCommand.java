package io.goldennonce.cli.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.app.ExitCode;
import io.goldennonce.app.JobSession;
import io.goldennonce.app.ProofFiles;
import io.goldennonce.app.UsageException;
import io.goldennonce.cli.common.CommonOptions;
import io.goldennonce.config.Configuration;
import io.goldennonce.output.Fields;
import io.goldennonce.proof.TreeHead;
import io.goldennonce.proof.file.BlockProofFile;
import io.goldennonce.proof.file.ProofException;
import io.goldennonce.proof.file.ProofWriter;
import io.goldennonce.proof.file.SearchProofFile;
import io.goldennonce.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes proof files, without Spark. */
@Command(
    name = "prove",
    description = {
      "Write a file that proves what a search tried, or that a block is on the chain.",
      "scripts/check-proof.py checks it without this program."
    },
    sortOptions = false)
public final class ProveCommand implements Callable<Integer> {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Subject subject = new Subject();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write; default: proof-ID.json or proof-block-HEIGHT.json.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  /** What to prove. */
  private static final class Subject {
    @Option(
        names = "--search",
        paramLabel = "ID",
        required = true,
        description = "A search, by its search_id.")
    private @Nullable String searchId;

    @Option(
        names = "--block",
        paramLabel = "HEIGHT",
        required = true,
        description = "A block of the chain, by its height.")
    private @Nullable Long height;
  }

  @Override
  public Integer call() {
    Configuration configuration = common.configuration();
    Warehouse warehouse =
        Warehouse.open(
            configuration.warehouse(),
            JobSession.application("prove", configuration).hadoopConfiguration());
    try {
      Fields written =
          subject.height != null
              ? block(warehouse, subject.height)
              : search(warehouse, String.valueOf(subject.searchId));
      common.out().println(json ? written.toJson() : written.toText());
      return ExitCode.OK.code();
    } catch (ProofException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private Fields search(Warehouse warehouse, String searchId) {
    SearchProofFile proof = ProofFiles.ofSearch(warehouse, searchId);
    for (TreeHead head : proof.apart()) {
      common.message(
          "the root %s over %s leaves, which a run reported, is not continued: --fresh has changed rows, or another run went on beside it"
              .formatted(head.root().toHex(), head.size()));
    }
    return write("proof-" + searchId + ".json", proof::json, proof.tree().head())
        .with("rows", proof.rows().size());
  }

  private Fields block(Warehouse warehouse, long height) {
    BlockProofFile proof = ProofFiles.ofBlock(warehouse, height);
    return write("proof-block-" + height + ".json", proof::json, proof.tree().head())
        .with("height", height)
        .with("hash", proof.block().hash());
  }

  private Fields write(String name, Function<ObjectMapper, ObjectNode> content, TreeHead head) {
    Path file = out == null ? Path.of(name) : out;
    try {
      ProofWriter.write(file, content);
    } catch (IOException e) {
      throw new UsageException("--out: can't write " + file + ": " + e.getMessage(), e);
    }
    return new Fields()
        .with("file", file.toString())
        .with("tree_size", head.size())
        .with("root", head.root().toHex());
  }
}
