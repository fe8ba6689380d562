package io.goldennonce.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.goldennonce.bitcoin.Network;
import io.goldennonce.bitcoin.Submission;
import io.goldennonce.bitcoin.Submission.Verdict;
import io.goldennonce.pow.Hash256;
import io.goldennonce.search.StopSignal;
import io.goldennonce.work.remote.AwayException;
import io.goldennonce.work.remote.ServerText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls the methods of a node that mining needs. Thread-safe. */
final class NodeClient {
  /** Error codes, named as in Bitcoin Core's src/rpc/protocol.h. */
  private static final int CLIENT_NOT_CONNECTED = -9;

  private static final int CLIENT_IN_INITIAL_DOWNLOAD = -10;
  private static final int IN_WARMUP = -28;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMETER = -8;

  /** Codes that refuse a block which can't be decoded, or breaks a rule. */
  private static final Set<Integer> REFUSALS = Set.of(-22, -25, -26, -27);

  /** Nodes answer a long poll within a few minutes; a lost one must end, too. */
  private static final Duration LONG_POLL = Duration.ofMinutes(10);

  private static final String DUPLICATE = "duplicate";

  private final JsonRpc rpc;
  private final Duration timeout;

  NodeClient(JsonRpc rpc, Duration timeout) {
    this.rpc = rpc;
    this.timeout = timeout;
  }

  Network network(StopSignal stop) throws AwayException, InterruptedException {
    String chain = call("getblockchaininfo", timeout, stop).path("chain").asText();
    return Network.of(chain)
        .orElseThrow(
            () ->
                NodeException.usage(
                    "%s must be a node of %s, got %s; give another --node"
                        .formatted(
                            rpc.url(), Network.names(), chain.isEmpty() ? "no name" : chain)));
  }

  /** Gets a template for the next block, without waiting. */
  Template template(Network network, StopSignal stop) throws AwayException, InterruptedException {
    return template(network, null, timeout, stop);
  }

  /**
   * Waits for a new template by long polling.
   *
   * @param longPollId the current template's
   */
  Template templateAfter(Network network, String longPollId)
      throws AwayException, InterruptedException {
    return template(network, longPollId, LONG_POLL, StopSignal.never());
  }

  private Template template(
      Network network, @Nullable String longPollId, Duration wait, StopSignal stop)
      throws AwayException, InterruptedException {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("mode", "template");
    request.put("capabilities", List.of("coinbasevalue", "longpoll", "workid"));
    request.put(
        "rules", network == Network.SIGNET ? List.of("segwit", "signet") : List.of("segwit"));
    if (longPollId != null) {
      request.put("longpollid", longPollId);
    }
    JsonNode template = call("getblocktemplate", wait, stop, request);
    return TemplateReader.read(template, System.nanoTime());
  }

  /** The best block's hash. */
  Hash256 tip() throws AwayException, InterruptedException {
    JsonNode hash = call("getbestblockhash", timeout, StopSignal.never());
    try {
      return Hash256.ofDisplay(hash.asText());
    } catch (IllegalArgumentException e) {
      throw AwayException.answered("the node's best block can't be read: " + e.getMessage());
    }
  }

  /** The time in a block's header, in seconds since 1970-01-01T00:00Z. */
  long time(Hash256 block, StopSignal stop) throws AwayException, InterruptedException {
    JsonNode time = call("getblockheader", timeout, stop, block.toDisplay()).path("time");
    if (!time.isIntegralNumber() || time.asLong() >>> Integer.SIZE != 0) {
      throw AwayException.answered("the node's block header must have a time, got none");
    }
    return time.asLong();
  }

  /**
   * Submits a block.
   *
   * @return the block with the node's verdict
   */
  Submission submit(Submission block, StopSignal stop) throws AwayException, InterruptedException {
    String workId = block.workId();
    Object[] parameters =
        workId == null
            ? new Object[] {block.block()}
            : new Object[] {block.block(), Map.of("workid", workId)};
    try {
      return judge(block, rpc.call("submitblock", timeout, stop, parameters));
    } catch (RpcErrorException e) {
      if (REFUSALS.contains(e.code())) {
        return block.judged(Verdict.REFUSED, e.getMessage());
      }
      throw away(e);
    }
  }

  /** Null accepts the block; a text refuses it, except for a duplicate. */
  private Submission judge(Submission block, JsonNode answer) throws InterruptedException {
    String reason = answer.asText();
    if (!answer.isNull() && !isDuplicate(reason)) {
      return block.judged(Verdict.REFUSED, ServerText.line(reason));
    }
    Optional<Hash256> best = hashAt(block.height());
    return best.isPresent() && !best.get().equals(block.header().hash())
        ? block.judged(Verdict.REFUSED, "stale: the node's best chain has another block here")
        : block.judged(Verdict.ACCEPTED, null);
  }

  /** Bitcoin Core says {@code duplicate}; others put words before it. */
  private static boolean isDuplicate(String reason) {
    return reason.equals(DUPLICATE) || reason.endsWith(": " + DUPLICATE);
  }

  /** The best chain's block at a height; empty if there is none or the node does not say. */
  private Optional<Hash256> hashAt(long height) throws InterruptedException {
    try {
      JsonNode hash = rpc.call("getblockhash", timeout, StopSignal.never(), height);
      return Optional.of(Hash256.ofDisplay(hash.asText()));
    } catch (AwayException | RpcErrorException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private JsonNode call(String method, Duration wait, StopSignal stop, Object... parameters)
      throws AwayException, InterruptedException {
    try {
      return rpc.call(method, wait, stop, parameters);
    } catch (RpcErrorException e) {
      if (e.code() == INVALID_PARAMETER && said(e).contains("signet rule")) {
        throw NodeException.signet(); // the request lacked the signet rule
      }
      if (e.code() == METHOD_NOT_FOUND || e.code() == INVALID_PARAMETER) {
        throw NodeException.failure(said(e) + ": it does not support this request");
      }
      throw away(e);
    }
  }

  private AwayException away(RpcErrorException error) {
    return switch (error.code()) {
      case CLIENT_NOT_CONNECTED ->
          AwayException.away(said(error) + ": the node has no peers, so it does not know the tip");
      case CLIENT_IN_INITIAL_DOWNLOAD ->
          AwayException.away(said(error) + ": the node is still downloading the chain");
      case IN_WARMUP -> AwayException.away(said(error) + ": the node is still starting");
      default -> AwayException.answered(said(error));
    };
  }

  private String said(RpcErrorException error) {
    return rpc.url() + " answers " + error.code() + " (" + error.getMessage() + ")";
  }
}
