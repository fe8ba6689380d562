package io.goldennonce.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goldennonce.chain.Block;
import io.goldennonce.chain.BlockRow;
import io.goldennonce.chain.BlockTemplate;
import io.goldennonce.chain.Transaction;
import io.goldennonce.kernel.HashFunction;
import io.goldennonce.kernel.NonceEncoding;
import io.goldennonce.pow.Hash256;
import io.goldennonce.pow.Target;
import io.goldennonce.proof.LogTree;
import io.goldennonce.proof.file.BlockProofFile;
import io.goldennonce.proof.file.ProofWriter;
import io.goldennonce.proof.file.SearchProofFile;
import io.goldennonce.puzzle.PuzzleField;
import io.goldennonce.puzzle.PuzzleFormat;
import io.goldennonce.puzzle.PuzzleInput;
import io.goldennonce.puzzle.TextTemplate;
import io.goldennonce.search.HeaderTemplate;
import io.goldennonce.search.NonceRange;
import io.goldennonce.search.SearchTemplate;
import io.goldennonce.search.ledger.LedgerRow;
import io.goldennonce.testing.Blocks;
import io.goldennonce.testing.Chains;
import io.goldennonce.work.BlockSearch;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * scripts/check-proof.py against honest proof files of all templates and against all that may be
 * done to one. Each test runs it once, with all of its files.
 */
class ProofScriptTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PYTHON = Path.of("/usr/bin/env");
  private static final long NONCES = 1L << 32;
  private static final int SHARE_BITS = 5;
  private static final String UNLISTED = "all there is to find is listed";
  private static final String EVERY_SHARE = "lists all of its shares and nothing else";
  private static final String TYPES = "each value has its name and type";

  private final Map<String, Path> files = new LinkedHashMap<>();
  private final Path directory;

  ProofScriptTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void requirePython() {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
    assumeTrue(
        installed || "true".equals(System.getenv("CI")),
        "Python is not installed: apt-get install python3");
  }

  @Test
  void honestFiles_ofEveryTemplate_hold() throws Exception {
    NonceRange low = new NonceRange(0, 600);
    NonceRange wrap = new NonceRange(NONCES - 300, NONCES + 300);
    for (NonceEncoding encoding : NonceEncoding.values()) {
      for (HashFunction function : HashFunction.values()) {
        add(encoding + " " + function, text("täx {nonce}!").messages(encoding, function), low);
      }
    }
    var last = new NonceRange(NONCES - 600, NONCES);
    add("high", text("{nonce}").messages(NonceEncoding.U32_LE, HashFunction.SHA256), last);
    var far = new NonceRange(Long.MAX_VALUE - 600, Long.MAX_VALUE);
    add("far", text("{nonce}").messages(NonceEncoding.BASE64, HashFunction.SHA256), far);
    TextTemplate text = text("golden/{nonce}");
    add("begins", text.withPrefix(NonceEncoding.DECIMAL, HashFunction.SHA256, "c0ffe"), low);
    add("ends", text.withSuffix(NonceEncoding.DECIMAL, HashFunction.SHA256, "beef"), low);
    add("header", new HeaderTemplate(Chains.GENESIS.header(), 9), wrap);
    add("timed", leader(), new NonceRange(3_999_999_700L, 4_000_000_300L));
    BlockSearch search = BlockSearch.finding(template(), found().extraNonce());
    add("first extranonce", search, low);
    BlockSearch rolled = new BlockSearch(template(), search.part(), 3);
    add("first extranonce, rolled versions", rolled, low);
    assertThat(check("--jobs", "2")).allSatisfy((name, said) -> assertHolds(said));
    files.clear();

    addBlock("block", search, new NonceRange(8 * NONCES - 300, 8 * NONCES + 300));
    addBlock("rolled", rolled, new NonceRange(8 * 8 * NONCES - 300, 8 * 8 * NONCES + 300));
    var chain = chain();
    for (int height = 0; height < chain.size(); height++) {
      files.put("chain " + height, write(blockProof(height)::json));
    }
    assertThat(check()).hasSize(2 + chain.size()).allSatisfy((name, said) -> assertHolds(said));
  }

  /** Of any length, with any rows, with and without shares and solutions. */
  @Test
  void randomSearches_honestAndWithOneThingChanged_areToldApart() throws Exception {
    for (int seed = 1; seed <= 24; seed++) {
      Random random = new Random(seed);
      SearchProofFile honest = random(random);
      ObjectNode json = json(honest);
      files.put("honest " + seed, write(honest::json));
      List<Change> all = new ArrayList<>();
      changes(json, "", all);
      all.removeIf(each -> !each.where().startsWith(".rows"));
      Change change = all.get(random.nextInt(all.size()));
      change.run().run();
      files.put("changed " + seed + change.where(), write(mapper -> json));
    }
    assertThat(check())
        .allSatisfy(
            (name, said) -> {
              if (name.startsWith("honest")) {
                assertHolds(said);
              } else {
                assertThat(said).last().asString().contains("FAILS");
              }
            });
  }

  @Test
  void file_withAnyValueChangedAfterItWasWritten_isNotAsItWasWritten() throws Exception {
    addChanges(() -> json(solved()), false);
    addChanges(() -> blockProof(3).json(JSON), false);
    assertThat(files).hasSizeGreaterThan(200);
    assertThat(check())
        .hasSameSizeAs(files)
        .allSatisfy(
            (where, said) ->
                assertThat(said).singleElement().asString().contains("as it was written"));
  }

  /** With a digest of its own, but without a root of its own. */
  @Test
  void searchFile_withAnyValueForged_failsUnlessItClaimsLess() throws Exception {
    addChanges(() -> json(solved()), true);
    assertThat(files).hasSizeGreaterThan(200);
    assertFail(check("--minutes", "0"), List.of(".heads[0] dropped", ".heads[1] dropped"));
  }

  @Test
  void blockFile_withAnyValueForged_failsUnlessItClaimsLess() throws Exception {
    addChanges(() -> blockProof(3).json(JSON), true);
    assertThat(files).hasSizeGreaterThan(12);
    // The size is told with the root, as in a log's tree head: no proof depends on it alone.
    assertFail(check(), List.of(".heads[0] dropped", ".tree_size"));
  }

  private void assertFail(Map<String, List<String>> said, List<String> others) {
    assertThat(said).hasSameSizeAs(files);
    said.forEach(
        (where, lines) ->
            assertThat(lines.get(lines.size() - 1))
                .as(where)
                .matches(others.contains(where) ? "  holds  .*" : "  FAILS  .*"));
  }

  /** Who forges a file makes a root for it: what is wrong is found all the same. */
  @Test
  void searchFile_forgedWithARootOfItsOwn_failsWithTheRule() throws Exception {
    int solved = row(row -> row.solution() != null);
    int plain = row(row -> row.solution() == null && row.shares().size() > 2);
    Map<String, String> expected = new LinkedHashMap<>();
    forge(expected, "row dropped", "no position is missing", rows -> rows.remove(2));
    forge(expected, "row doubled", "counted twice", rows -> rows.insert(2, rows.get(2)));
    forge(expected, "last row doubled", "counted twice", rows -> rows.add(rows.get(4)));
    forge(expected, "row longer", "counted twice", rows -> add(rows, 2, 1, 1));
    forge(expected, "row shorter", "no position is missing", rows -> add(rows, 2, 1, -1));
    forge(
        expected,
        "row moved",
        EVERY_SHARE,
        rows -> {
          for (int row = 0; row < rows.size(); row++) {
            for (int place : new int[] {0, 1, 3, 4}) {
              add(rows, row, place, rows.get(row).get(place).isNull() ? 0 : 1_000_000);
            }
            ArrayNode shares = (ArrayNode) rows.get(row).get(6);
            for (int i = 0; i < shares.size(); i++) {
              shares.set(i, shares.get(i).asLong() + 1_000_000);
            }
          }
        });
    forge(
        expected,
        "share removed",
        UNLISTED,
        rows -> shares(rows, plain).remove(other(rows, plain)));
    forge(
        expected,
        "lowest share removed",
        EVERY_SHARE,
        rows -> shares(rows, plain).remove(lowest(rows, plain)));
    forge(
        expected,
        "share doubled",
        "shares ascend",
        rows -> shares(rows, plain).insert(0, shares(rows, plain).get(0)));
    forge(
        expected,
        "shares moved",
        "shares ascend",
        rows -> shares(rows, plain).add(shares(rows, solved).get(0)));
    forge(
        expected,
        "share invented",
        EVERY_SHARE,
        rows -> shares(rows, plain).insert(0, notAShare(rows, plain)));
    forge(
        expected,
        "all shares of a row removed",
        UNLISTED,
        rows -> {
          shares(rows, plain).removeAll();
          ((ArrayNode) rows.get(plain)).setNull(2).setNull(3);
        });
    forge(
        expected,
        "no shares claimed",
        EVERY_SHARE,
        rows -> ((ArrayNode) rows.get(plain)).set(5, 0));
    forge(
        expected,
        "lowest hash invented",
        "lowest hash where",
        rows -> ((ArrayNode) rows.get(1)).set(2, "0".repeat(64)));
    forge(
        expected,
        "solution removed",
        "lists its solution",
        rows -> ((ArrayNode) rows.get(solved)).setNull(4));
    forge(
        expected,
        "solution invented",
        "lists its solution",
        rows -> ((ArrayNode) rows.get(1)).set(4, rows.get(1).get(0)));
    forge(expected, "work invented", UNLISTED, rows -> add(rows, rows.size() - 1, 1, 300));
    forge(
        expected,
        "much work invented",
        "did its work",
        rows -> add(rows, rows.size() - 1, 1, 3000));
    Map<String, List<String>> said = check();
    assertThat(said.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, rule) ->
            assertThat(said.get(name)).as(name).last().asString().contains("FAILS", rule));
  }

  /** A file that claims less is as true as the whole: only a root that was told before tells. */
  @Test
  void searchFile_cutAtItsEnd_failsForThoseWhoKnowTheRoot() throws Exception {
    ObjectNode whole = json(solved());
    ObjectNode cut = whole.deepCopy();
    ArrayNode rows = rows(cut);
    rows.remove(rows.size() - 1);
    ((ArrayNode) cut.get("complete")).set(1, rows.get(rows.size() - 1).get(1));
    sign(cut);
    files.put("whole", write(mapper -> whole));
    files.put("cut", write(mapper -> cut));
    assertHolds(said(check(), "cut"));
    Map<String, List<String>> said = check("--root", whole.get("root").asText());
    assertHolds(said(said, "whole"));
    assertThat(said.get("cut")).last().asString().contains("the root is the one you know");
  }

  /** Shares can't be invented, so who did a third less has a third less. */
  @Test
  void executorThatSkipsAThird_withoutHashingAgain_isFoundByItsShares() throws Exception {
    ObjectNode json = json(search(0, 2).over(new NonceRange(0, 20_000), 30, new Random(3)));
    for (JsonNode row : rows(json)) {
      if (row.get(8).asText().equals("1")) {
        ArrayNode shares = (ArrayNode) row.get(6);
        long kept = row.get(0).asLong() + (row.get(1).asLong() - row.get(0).asLong()) * 2 / 3;
        while (!shares.isEmpty() && shares.get(shares.size() - 1).asLong() >= kept) {
          shares.remove(shares.size() - 1);
        }
        ((ArrayNode) row).setNull(2).setNull(3);
      }
    }
    sign(json);
    files.put("skipped", write(mapper -> json));
    assertThat(check("--minutes", "0").get("skipped"))
        .last()
        .asString()
        .contains("FAILS", "executor 1 on", "did its work", "probability");
  }

  /** By whoever knows the script: each is a claim of more than was hashed, or reads as another. */
  @Test
  void searchFile_forgedByAnExpert_fails() throws Exception {
    forge("bits as a truth value", TYPES, json -> row(json, 0).set(5, true));
    forge("a share as a truth value", "whole numbers", json -> shares(rows(json), 0).set(0, true));
    forge("a position as a truth value", TYPES, json -> row(json, 0).set(4, false));
    forge("shares as an object", TYPES, json -> row(json, 0).set(6, JSON.createObjectNode()));
    forge("no host", TYPES, json -> row(json, 0).setNull(7));
    forge("a kernel as an object", TYPES, json -> row(json, 0).set(9, JSON.createObjectNode()));
    forge("a device as a number", TYPES, json -> row(json, 0).set(10, 5));
    forge("a time as text", TYPES, json -> row(json, 0).set(11, "yesterday"));
    forge("no time", TYPES, json -> row(json, 0).setNull(12));
    forge("a value that nobody checks", TYPES, json -> json.put("verified_by", "everybody"));
    forge("an empty coinbase", "has a coinbase", json -> json.putObject("coinbase"));
    forge("a number for no coinbase", TYPES, json -> json.put("coinbase", 0));
    forge("heads as an object", TYPES, json -> {}, (json, tree) -> json.putObject("heads"));
    forge("solutions as text", TYPES, json -> {}, (json, tree) -> json.put("solutions", ""));
    forge(
        "a head with a value that nobody checks",
        TYPES,
        json -> {},
        (json, tree) -> head(json, tree, 2).put("published", "1970-01-01"));
    forge(
        "a head's size as a truth value",
        TYPES,
        json -> {},
        (json, tree) -> head(json, tree, 1).put("tree_size", true));
    forge(
        "a truth value for where it begins",
        "no position is missing",
        json -> {},
        (json, tree) -> ((ArrayNode) json.get("complete")).set(0, false));
    forge(
        "a lowest hash below position 0",
        "whole numbers",
        json ->
            row(json, 0)
                .set(2, Hash256.sha256("proof -5".getBytes(StandardCharsets.UTF_8)).toHex())
                .set(3, -5));
    forge(
        "a negative target",
        "64 hex digits",
        json -> json.put("target", "-" + "0".repeat(62) + "5"));
    // Time 9 and nonce 12 read like time 91 and nonce 2.
    forge(
        "two positions of one message",
        "a row is possible",
        json -> {
          json.put("text", "timed ab 9 SHA256D from 1 to 2000000000");
          claims(json, 4_000_000_000L, 4_000_005_000L, 0);
        });
    forge("positions as text", "malformed", json -> row(json, 0).set(0, "100"));
    forge("a position below 0", "counted twice", json -> row(json, 0).set(0, -1));
    forge(
        "positions that no message has",
        "malformed",
        json -> {
          json.put("text", "message {U32_BE} SHA256 FIRST_BYTE_HIGH");
          claims(json, 1L << 32, (1L << 32) + 5_000, 0);
        });
    forge(
        "more positions than there are",
        "a row is possible",
        json -> {
          claims(json, 1, 2, 0);
          BigInteger tooMany = BigInteger.ONE.shiftLeft(63).add(BigInteger.ONE);
          row(json, 0).set(1, tooMany);
          ((ArrayNode) json.get("complete")).set(1, JSON.getNodeFactory().numberNode(tooMany));
        });
    forge("a share target of 2^256", "a row is possible", json -> row(json, 0).set(5, 256));
    forge("a share target below 1", "a row is possible", json -> row(json, 0).set(5, -1));
    forge(
        "another form of text",
        "known form",
        json -> json.put("text", json.get("text").asText() + " "));
    forge(
        "another name of the form",
        "known form",
        json -> json.put("text", json.get("text").asText().replace("message", "solved")));
    String block = "block 7 " + Chains.GENESIS.header().withNonce(0).toHex();
    forge(
        "another form of a height",
        "known form",
        json -> json.put("text", block.replace("block 7", "block 07")));
    forge(
        "another form of a mask",
        "known form",
        json -> json.put("text", block + " version mask 02000"));
    forge(
        "another target text",
        "64 hex digits",
        json -> json.put("target", "0x" + json.get("target").asText().substring(2)));
    forge(
        "a coinbase for a message",
        "has a coinbase",
        json -> json.putObject("coinbase").put("extra_nonce", 0));
    forge(
        "a block's later variant without coinbase",
        "malformed",
        json -> {
          json.put("text", "block 7 " + Chains.GENESIS.header().withNonce(0).toHex());
          claims(json, 1L << 32, (1L << 32) + 5_000, 0);
        });
    Map<String, List<String>> said = check("--minutes", "0");
    assertThat(said.keySet()).isEqualTo(rules.keySet());
    rules.forEach(
        (name, rule) ->
            assertThat(said.get(name)).as(name).last().asString().contains("FAILS", rule));
  }

  /** Whoever chooses share targets for rows could else choose rows that count for nothing. */
  @Test
  void searchFile_withRowsOfAnImpossibleShareTarget_countsThemAsWork() throws Exception {
    for (int bits : List.of(0, 40, 255)) {
      forge("half with " + bits, "", json -> claims(json, 20_000, 40_000, bits));
    }
    ObjectNode honest = json(many());
    files.put("honest", write(mapper -> honest));
    Map<String, List<String>> said = check("--minutes", "0");
    assertThat(work(said, "honest")).isBetween(80.0, 100.0);
    assertThat(work(said, "half with 0")).isBetween(40.0, 50.0);
    assertThat(work(said, "half with 40")).isZero();
    assertThat(work(said, "half with 255")).isZero();
  }

  /** Rows of a piece or less: a piece that begins anywhere would miss their first positions. */
  @Test
  void pieces_ofAnyRows_areEachDrawnOnce() throws Exception {
    Program.Ended ended =
        Program.of(
                PYTHON,
                List.of(
                    "python3",
                    "-c",
                    """
                    import importlib.util, itertools, sys
                    spec = importlib.util.spec_from_file_location("proof", sys.argv[1])
                    proof = importlib.util.module_from_spec(spec)
                    spec.loader.exec_module(proof)
                    rows = [proof.Row(start, end, *[None] * 11) for start, end in [(5, 6), (6, 40000), (50000, 66384)]]
                    ends = [0, *itertools.accumulate(-((row.start - row.end) // proof.PIECE) for row in rows)]
                    drawn = [(at, end) for _, at, end in proof.pieces(rows, ends, b"seed")]
                    print(sorted(drawn) != drawn, sorted(drawn))
                    print(len({tuple(proof.pieces(rows, ends, bytes([seed])))[0][1] for seed in range(99)}))
                    """,
                    script().toString()))
            .run(Program.root());
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .containsExactly(
            "True [(5, 6), (6, 16390), (16390, 32774), (32774, 40000), (50000, 66384)]", "5");
  }

  /** In a tree of transactions, the last of an odd number is hashed with itself. */
  @Test
  void blockFile_withATransactionTwice_fails() throws Exception {
    List<Transaction> two = List.of(Transaction.ofText("a"), Transaction.ofText("b"));
    BlockTemplate template =
        BlockTemplate.of(Chains.GENESIS.indexEntry(), two, Blocks.EASY, 1_800_000_000, "miner");
    long nonce = 0;
    while (!template.header(0).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    Block block = template.solve(0, nonce, "0123456789abcdef", Chains.BEGIN);
    List<Hash256> hashes = List.of(Chains.GENESIS.hash(), block.hash());
    ObjectNode json = new BlockProofFile(hashes, BlockRow.of(block)).json(JSON);
    ArrayNode transactions = (ArrayNode) json.get("transactions");
    transactions.add(transactions.get(1));
    files.put("twice", write(mapper -> json));
    assertThat(check().get("twice")).last().asString().contains("FAILS", "listed twice");
  }

  /** Bitcoin knows no such bits; above 2^256 any hash would meet them. */
  @Test
  void blockFile_withImpossibleBits_fails() throws Exception {
    addBits("possible", 0x207fffffL);
    addBits("over 256 bits", 0xff7fffffL);
    addBits("negative", 0x20ffffffL);
    addBits("zero", 0);
    Map<String, List<String>> said = check();
    assertHolds(said(said, "possible"));
    for (String name : List.of("over 256 bits", "negative", "zero")) {
      assertThat(said.get(name)).last().asString().contains("FAILS", "the hash meets the bits");
    }
  }

  /** Makes the second of two blocks one of these bits, whose hash would meet them. */
  private void addBits(String name, long bits) throws IOException {
    ObjectNode json = blockProof(1).json(JSON);
    byte[] header = HexFormat.of().parseHex(json.get("header").asText());
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(72, (int) bits);
    while (Hash256.sha256d(header).toBytes()[31] < 0) {
      header[76]++;
    }
    LogTree tree =
        LogTree.of(List.of(Chains.GENESIS.hash().toBytes(), Hash256.sha256d(header).toBytes()));
    json.put("header", HexFormat.of().formatHex(header));
    json.put("tree_size", 2).put("root", tree.head().root().toHex());
    ArrayNode inclusion = json.putArray("inclusion");
    tree.inclusion(1).forEach(hash -> inclusion.add(hash.toHex()));
    json.putArray("heads");
    files.put(name, write(mapper -> json));
  }

  @Test
  void fileThatIsNone_isRefusedWithUsage() throws Exception {
    String start = "{\"golden_nonce_proof\": \"search\", \"sha256\": \"\", ";
    for (String content :
        List.of(
            "",
            "[]",
            "{}",
            "{\"golden_nonce_proof\": \"x\"}",
            start + "\"target\": \"0\", \"target\": \"1\"}",
            start + "\"rows\": [[0, 1e9]]}",
            start + "\"rows\": [[0, 1.0]]}",
            start + "\"rows\": [[0, NaN]]}",
            start + "\"rows\": [[0, Infinity]]}")) {
      Path none = Files.writeString(directory.resolve("none.json"), content);
      Program.Ended ended = run(List.of(none.toString()));
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("none.json is not a proof file");
    }
  }

  @Test
  void script_asItsReadersAreTold_isShortAndUsesTheStandardLibraryAlone() throws IOException {
    List<String> lines = Files.readAllLines(script());
    assertThat(lines).hasSizeLessThan(250).allMatch(line -> line.length() <= 140);
    assertThat(lines.stream().filter(line -> line.matches("(import|from) .*")))
        .containsExactly(
            "import argparse, base64, bisect, collections, functools, hashlib, itertools, json,"
                + " math, multiprocessing, pathlib, random, re, sys, time");
  }

  // --- files

  private void add(String name, SearchTemplate template, NonceRange range) throws IOException {
    var search = new SimulatedSearch(template, Target.ofZeroBits(8), SHARE_BITS, Optional.empty());
    files.put(name, write(search.over(range, 6, new Random(1))::json));
  }

  private void addBlock(String name, SearchTemplate template, NonceRange range) throws IOException {
    var search =
        new SimulatedSearch(
            template, Target.ofZeroBits(8), SHARE_BITS, Optional.of(BlockRow.of(found())));
    files.put(name, write(search.over(range, 6, new Random(1))::json));
  }

  private static SimulatedSearch search(int targetBits, int shareBits) {
    Target target = targetBits == 0 ? Target.ofZeroBits(256) : Target.ofZeroBits(targetBits);
    SearchTemplate template =
        text("proof {nonce}").messages(NonceEncoding.DECIMAL, HashFunction.SHA256);
    return new SimulatedSearch(template, target, shareBits, Optional.empty());
  }

  /** With a solution in a row in the middle. */
  private static SearchProofFile solved() {
    return search(9, SHARE_BITS).over(new NonceRange(100, 1500), 8, new Random(5));
  }

  private static int row(Predicate<LedgerRow> condition) {
    List<LedgerRow> rows = solved().rows();
    return IntStream.range(0, rows.size())
        .filter(i -> condition.test(rows.get(i)))
        .findFirst()
        .orElseThrow();
  }

  private static SearchProofFile random(Random random) {
    long from = random.nextLong(1L << random.nextInt(1, 40));
    return search(random.nextInt(6, 12), random.nextInt(0, 8))
        .over(new NonceRange(from, from + random.nextInt(1, 900)), random.nextInt(1, 20), random);
  }

  private static TextTemplate text(String text) {
    return TextTemplate.ofText(text);
  }

  private static SearchTemplate leader() {
    PuzzleInput input =
        PuzzleInput.of(
            Map.of(
                PuzzleField.PREVIOUS_HASH, List.of("DEADbeef"),
                PuzzleField.TIMESTAMP, List.of("1700000000")));
    return PuzzleFormat.LEADER.puzzle(input, 8).template();
  }

  private static BlockTemplate template() {
    return BlockTemplate.of(
        Chains.GENESIS.indexEntry(),
        List.of(Transaction.ofText("ä"), Transaction.ofText("b"), Transaction.ofText("c")),
        Blocks.EASY,
        1_800_000_000,
        "Jürgen");
  }

  /** Of the template, with extranonce 7 of the third part. */
  private static Block found() {
    long extraNonce = (3L << 40) + 7;
    long nonce = 0;
    while (!template().header(extraNonce).withNonce(nonce).meetsTarget()) {
      nonce++;
    }
    return template().solve(extraNonce, nonce, "0123456789abcdef", Chains.BEGIN);
  }

  private static List<Block> chain() {
    List<Block> chain = new ArrayList<>(List.of(Chains.GENESIS, found()));
    for (int i = 0; i < 4; i++) {
      Block parent = chain.get(chain.size() - 1);
      chain.add(Blocks.block(parent.indexEntry(), "block " + i, Blocks.EASY, Chains.BEGIN));
    }
    return chain;
  }

  private static BlockProofFile blockProof(int height) {
    List<Hash256> hashes = chain().stream().map(Block::hash).toList();
    return new BlockProofFile(hashes, BlockRow.of(chain().get(height)));
  }

  /** With about 600 shares. */
  private static SearchProofFile many() {
    return search(0, SHARE_BITS).over(new NonceRange(0, 20_000), 30, new Random(3));
  }

  // --- what is done to them

  private record Change(String where, Runnable run) {}

  private void addChanges(Supplier<ObjectNode> honest, boolean forged) throws IOException {
    List<Change> all = new ArrayList<>();
    changes(honest.get(), "", all);
    for (int i = 0; i < all.size(); i++) {
      ObjectNode json = honest.get();
      List<Change> same = new ArrayList<>();
      changes(json, "", same);
      same.get(i).run().run();
      byte[] digested = ProofWriter.canonical(forged ? json : honest.get());
      json.put("sha256", Hash256.sha256(digested).toHex());
      Path file = directory.resolve(files.size() + ".json");
      files.put(
          (forged ? "" : files.size() + " ") + same.get(i).where(),
          Files.write(file, ProofWriter.canonical(json)));
    }
  }

  /** Each value changed, and each element of a list dropped. */
  private static void changes(JsonNode node, String where, List<Change> all) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                String path = where + "." + name;
                if (!path.equals(".golden_nonce_proof")) {
                  all.add(new Change(path, () -> object.set(name, other(object.get(name)))));
                  changes(object.get(name), path, all);
                }
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        String path = where + "[" + i + "]";
        all.add(new Change(path, () -> array.set(at, other(array.get(at)))));
        all.add(new Change(path + " dropped", () -> array.remove(at)));
        changes(array.get(i), path, all);
      }
    }
  }

  private static JsonNode other(JsonNode value) {
    if (value.isIntegralNumber()) {
      return JSON.getNodeFactory().numberNode(value.asLong() + 1);
    }
    if (value.isTextual()) {
      String text = value.asText();
      char last = text.charAt(text.length() - 1);
      return JSON.getNodeFactory()
          .textNode(text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0'));
    }
    return JSON.getNodeFactory().numberNode(1);
  }

  private void forge(
      Map<String, String> expected, String name, String rule, Consumer<ArrayNode> change)
      throws IOException {
    ObjectNode json = json(solved());
    change.accept(rows(json));
    sign(json);
    if (name.endsWith("work invented")) {
      ((ArrayNode) json.get("complete")).set(1, rows(json).get(rows(json).size() - 1).get(1));
    }
    if (name.equals("row moved")) {
      ArrayNode complete = (ArrayNode) json.get("complete");
      complete.set(0, complete.get(0).asLong() + 1_000_000);
      complete.set(1, complete.get(1).asLong() + 1_000_000);
    }
    expected.put(name, rule);
    files.put(name, write(mapper -> json));
  }

  private final Map<String, String> rules = new LinkedHashMap<>();

  private void forge(String name, String rule, Consumer<ObjectNode> change) throws IOException {
    forge(name, rule, change, (json, tree) -> {});
  }

  /** Adds a forged file that has a root of its own, and what is changed after that. */
  private void forge(
      String name,
      String rule,
      Consumer<ObjectNode> change,
      BiConsumer<ObjectNode, LogTree> afterwards)
      throws IOException {
    ObjectNode json = json(many());
    change.accept(json);
    afterwards.accept(json, sign(json));
    String search = json.get("text").asText() + " target " + json.get("target").asText();
    byte[] id = search.getBytes(StandardCharsets.UTF_8);
    json.put("search_id", Hash256.sha256(id).toHex().substring(0, 16));
    rules.put(name, rule);
    files.put(name, write(mapper -> json));
  }

  private static ArrayNode row(ObjectNode json, int row) {
    return (ArrayNode) rows(json).get(row);
  }

  /** Adds a row in which nothing was found. */
  private static void claims(ObjectNode json, long from, long to, int shareBits) {
    ArrayNode row = row(json, 0).deepCopy();
    row.set(0, from).set(1, to).setNull(2).setNull(3).setNull(4).set(5, shareBits);
    row.set(6, JSON.createArrayNode());
    if (from < 20_000 || from > 1L << 31) {
      rows(json).removeAll();
    }
    rows(json).add(row);
    ArrayNode complete = (ArrayNode) json.get("complete");
    complete.set(0, rows(json).get(0).get(0));
    complete.set(1, to);
  }

  private static double work(Map<String, List<String>> said, String name) {
    List<String> lines = said(said, name);
    Matcher least =
        Pattern.compile("  holds .* at least ([0-9.]+) % of the work .*")
            .matcher(lines.get(lines.size() - 1));
    assertThat(least.matches()).as(lines.toString()).isTrue();
    return Double.parseDouble(least.group(1));
  }

  /** Adds a head that a tree continues. */
  private static ObjectNode head(ObjectNode json, LogTree tree, int size) {
    ObjectNode head = ((ArrayNode) json.get("heads")).addObject();
    head.put("tree_size", size).put("root", tree.head(size).root().toHex());
    ArrayNode consistency = head.putArray("consistency");
    tree.consistency(size).forEach(hash -> consistency.add(hash.toHex()));
    return head;
  }

  /** Makes a file's tree and its proofs from its rows. */
  private static LogTree sign(ObjectNode json) {
    List<JsonNode> leaves = new ArrayList<>();
    ArrayNode search = JSON.createArrayNode().add("search");
    leaves.add(search.add(json.get("text")).add(json.get("target")));
    rows(json).forEach(leaves::add);
    LogTree tree = LogTree.of(leaves.stream().map(ProofWriter::canonical).toList());
    json.put("tree_size", tree.size()).put("root", tree.head().root().toHex());
    json.putArray("heads");
    ArrayNode solutions = json.putArray("solutions");
    for (int i = 0; i < rows(json).size(); i++) {
      if (!rows(json).get(i).get(4).isNull()) {
        ObjectNode solution = solutions.addObject().put("leaf", i + 1);
        solution.set("position", rows(json).get(i).get(4));
        ArrayNode inclusion = solution.putArray("inclusion");
        tree.inclusion(i + 1).forEach(hash -> inclusion.add(hash.toHex()));
      }
    }
    return tree;
  }

  private static ArrayNode rows(JsonNode json) {
    return (ArrayNode) json.get("rows");
  }

  private static ArrayNode shares(ArrayNode rows, int row) {
    return (ArrayNode) rows.get(row).get(6);
  }

  private static int lowest(ArrayNode rows, int row) {
    return IntStream.range(0, shares(rows, row).size())
        .filter(i -> shares(rows, row).get(i).asLong() == rows.get(row).get(3).asLong())
        .findFirst()
        .orElseThrow();
  }

  private static int other(ArrayNode rows, int row) {
    return lowest(rows, row) == 0 ? 1 : 0;
  }

  private static long notAShare(ArrayNode rows, int row) {
    long from = rows.get(row).get(0).asLong();
    return shares(rows, row).get(0).asLong() == from ? from + 1 : from;
  }

  private static void add(ArrayNode rows, int row, int place, long number) {
    ArrayNode values = (ArrayNode) rows.get(row);
    if (number != 0) {
      values.set(place, values.get(place).asLong() + number);
    }
  }

  private static ObjectNode json(SearchProofFile proof) {
    return proof.json(JSON);
  }

  private Path write(Function<ObjectMapper, ObjectNode> content) throws IOException {
    Path file = directory.resolve(files.size() + ".json");
    ProofWriter.write(file, content);
    return file;
  }

  // --- the script

  private static Path script() {
    return Program.root().resolve("scripts/check-proof.py");
  }

  private static void assertHolds(List<String> said) {
    assertThat(said).last().asString().matches("  holds  .*(100.00 %|has this block).*");
  }

  /** What it said of each file, a list of lines. */
  private Map<String, List<String>> check(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    files.values().forEach(file -> arguments.add(file.toString()));
    Program.Ended ended = run(arguments);
    assertThat(ended.err()).isEmpty();
    List<List<String>> said = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      if (line.startsWith("/")) {
        said.add(new ArrayList<>());
      } else {
        said.get(said.size() - 1).add(line);
      }
    }
    boolean fails = said.stream().flatMap(List::stream).anyMatch(line -> line.contains("FAILS"));
    assertThat(ended.code()).isEqualTo(fails ? 1 : 0);
    Map<String, List<String>> byName = new LinkedHashMap<>();
    Iterator<List<String>> each = said.iterator();
    files.keySet().forEach(name -> byName.put(name, each.next()));
    return byName;
  }

  private static List<String> said(Map<String, List<String>> said, String name) {
    return Objects.requireNonNull(said.get(name));
  }

  private static Program.Ended run(List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("python3", script().toString()));
    all.addAll(arguments);
    return Program.of(PYTHON, all).run(Program.root());
  }
}
