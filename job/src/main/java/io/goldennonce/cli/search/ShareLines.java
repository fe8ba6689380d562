package io.goldennonce.cli.search;

import io.goldennonce.output.Fields;
import io.goldennonce.stratum.Share;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Prints each share of a pool, and reports those that are blocks. */
final class ShareLines implements Consumer<Share> {
  private final boolean json;
  private final PrintWriter out;
  private final Consumer<String> report;

  /**
   * @param out receives the shares
   * @param report receives lines for the user
   */
  ShareLines(boolean json, PrintWriter out, Consumer<String> report) {
    this.json = json;
    this.out = out;
    this.report = report;
  }

  @Override
  public void accept(Share share) {
    Fields fields = new Fields().with(facts(share));
    out.println(json ? fields.toJson() : fields.toText());
    if (share.isBlock()) {
      report.accept(
          "found block "
              + share.header().hash()
              + "; the pool's verdict: "
              + share.verdict().label());
    }
  }

  private static Map<String, Object> facts(Share share) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pool", share.pool());
    facts.put("worker", share.worker());
    facts.put("job_id", share.jobId());
    facts.put("hash", share.header().hash().toDisplay());
    facts.put("verdict", share.verdict().label());
    if (share.reason() != null) {
      facts.put("reason", share.reason());
    }
    facts.put("is_block", share.isBlock());
    facts.put("difficulty", share.difficulty());
    facts.put("hash_difficulty", share.hashDifficulty());
    facts.put("extranonce1", share.extranonce1());
    facts.put("extranonce2", share.extranonce2());
    facts.put("header", share.header().toHex());
    facts.put("search_id", share.searchId());
    facts.put("found_at", share.foundAt().toString());
    return facts;
  }
}
