#!/usr/bin/env python3
"""Checks proof files of Golden Nonce (docs/proof.md) with nothing but Python's standard library, version 3.8 or later.

A search's file claims that positions were hashed, and lists all that was found there. This script recomputes the root, checks
that no position is missing or counted twice, hashes each share, solution and lowest hash, compares each executor's shares with
those to expect, and hashes random pieces again, which root and --seed choose. Exit code: 0 all holds, 1 not, 2 no proof file."""
import argparse, base64, bisect, collections, functools, hashlib, itertools, json, math, multiprocessing, pathlib, random, re, sys, time

PIECE = 1 << 14  # positions that are hashed again at a time
ALARM = 1e-6     # an honest file is accused this rarely
DOUBT = 0.005    # each of the two bounds on the work is wrong this rarely, so both hold with 99 %, whatever share target is chosen
Row = collections.namedtuple("Row", "start end best_hash best_position solution share_bits shares host executor kernel device"
                             " first_at last_at")

class Fault(Exception): pass  # what does not hold, in one line
def require(holds, rule, found):
    if not holds:
        raise Fault("%s: %s" % (rule, found))
def say(what, found):  # without what moves a terminal's cursor
    print("  %-22s %s" % tuple("".join(c if c.isprintable() else "?" for c in str(text)) for text in (what, found)), flush=True)
def sha256(data): return hashlib.sha256(data).digest()
def sha256d(data): return sha256(sha256(data))
def unhex(texts): return [bytes.fromhex(text) for text in texts]
def form(value, **types):  # an object's names, by the first letters of their values' types: bool, dict, int, list, NoneType, str
    found, known = {each: type(value[each]).__name__[0] for each in value}, {each: of for of in types for each in types[of].split()}
    require(found.keys() == known.keys() and all(found[each] in known[each] for each in known), "each value has its name and type", found)
def canonical(value):  # as JSON without spaces, where only quotes, backslashes and control characters are escaped
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

# --- The tree of RFC 9162, section 2.1. The leaf d hashes to SHA-256(0, d); a tree is split at the largest power of two inside.
def parent(left, right): return sha256(b"\1" + left + right)
def split(size): return 1 << (size - 1).bit_length() - 1
def tree_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    return parent(tree_root(leaves[:split(len(leaves))]), tree_root(leaves[split(len(leaves)):]))
def root_with(leaf, index, size, path):  # the root that an inclusion proof leads to; its last hash is the topmost
    if size < 2:
        require(index == 0 and not path, "a proof has a hash for each level", "too many")
        return leaf
    if index < split(size):
        return parent(root_with(leaf, index, split(size), path[:-1]), path[-1])
    return parent(path[-1], root_with(leaf, index - split(size), size - split(size), path[:-1]))
def roots_with(old_root, old_size, size, path):  # those of the old and the new tree that a consistency proof leads to
    if old_size == size:
        require(len(path) == (old_root is None), "a proof has a hash for each level", "more or less")
        return (old_root or path[0],) * 2  # old_root is known where the old tree is whole
    if old_size <= split(size):
        old, new = roots_with(old_root, old_size, split(size), path[:-1])
        return old, parent(new, path[-1])
    old, new = roots_with(None, old_size - split(size), size - split(size), path[:-1])
    return parent(path[-1], old), parent(path[-1], new)
def check_root(size, root, heads, known):
    require(known in (None, root.hex()), "the root is the one you know", root.hex())
    for head in heads:
        form(head, i="tree_size", s="root", l="consistency")
        old_size, old_root, path = head["tree_size"], bytes.fromhex(head["root"]), unhex(head["consistency"])
        require(0 < old_size <= size and roots_with(old_root, old_size, size, path) == (old_root, root),
                "the tree continues the one of %d leaves" % old_size, "not with root %s" % old_root.hex())

# --- What is hashed.
ENCODINGS = {"U32_BE": lambda n: n.to_bytes(4, "big"), "U32_LE": lambda n: n.to_bytes(4, "little"),
             "U64_BE": lambda n: n.to_bytes(8, "big"), "U64_LE": lambda n: n.to_bytes(8, "little"),
             "DECIMAL": lambda n: b"%d" % n, "HEX": lambda n: b"%x" % n, "BASE64": lambda n: base64.b64encode(n.to_bytes(8, "big"))[:11]}
class Template:  # position p is nonce first + p mod nonces of variant p div nonces; a message is: bytes before, nonce, bytes after
    def __init__(self, text, coinbase):
        header = re.fullmatch(r"(?:header|block (?:0|[1-9][0-9]*)) ([0-9a-f]{160})(?: version mask ([1-9a-f][0-9a-f]{0,7}))?", text)
        timed = re.fullmatch(r"timed ([0-9A-Za-z]*) ([0-9]+) SHA256D from 1 to ([1-9][0-9]*)", text)
        other = re.fullmatch(r"message ([0-9a-f]*)\{(\w+)\}([0-9a-f]*) (SHA256D?) (FIRST|LAST)_BYTE_HIGH(?: pattern ([0-9a-f]{64}))?", text)
        require(header or timed or other, "the template has a known form", text)
        require(coinbase is None or text[0] == "b", "only a block's template has a coinbase", text)
        self.first, self.pattern, self.order, self.hash = 0, 0, "little" if header else "big", sha256d
        self.fill = lambda before, nonce: before + self.encode(nonce)
        if header:  # Bitcoin's of 80 bytes, which ends with the nonce
            bits = [(0, 1 << i) for i in range(32) if int(header[2] or "0", 16) >> i & 1][:5]  # of the version, that roll
            versions = sorted(map(sum, itertools.product(*bits)))
            header, self.encode, self.nonces = bytes.fromhex(header[1]), ENCODINGS["U32_LE"], len(versions) << 32
            if len(versions) > 1:  # all versions of a nonce come before the next nonce
                self.fill = lambda before, nonce: (int.from_bytes(before[:4], "little") ^ versions[nonce % len(versions)]
                                                   ).to_bytes(4, "little") + before[4:] + self.encode(nonce // len(versions))
            coinbase is None or form(coinbase, s="before after", i="extra_nonce", l="branch")
            def coined(variant):  # another extra nonce in the block's first leaf, and so another merkle root
                before, after, *branch = unhex([coinbase["before"], coinbase["after"], *coinbase["branch"]])
                leaf = sha256d(before + (coinbase["extra_nonce"] + variant).to_bytes(8, "little") + after)
                root = functools.reduce(lambda node, sibling: sha256d(node + sibling), branch, leaf)
                return header[:36] + root + header[68:76], b""
            later = 1 if text[0] == "h" else 1 << 32  # seconds, for each variant: without its coinbase a block has only one
            self.around = coined if coinbase is not None else lambda variant: (
                header[:68] + (int.from_bytes(header[68:72], "little") + variant * later).to_bytes(4, "little") + header[72:76], b"")
            require(len(bits) < 5 and self.message(0) == header, "a template of at most 16 versions leads to its header", text)
        elif timed:  # a text and a time that goes on with the variant
            self.around = lambda variant: ((timed[1] + str(int(timed[2]) + variant)).encode(), b"")
            self.encode, self.first, self.nonces = ENCODINGS["DECIMAL"], 1, int(timed[3])
        else:  # a pattern where hashes should not begin with 0
            before, encoding, after, function, order, pattern = other.groups("0")
            self.around = lambda variant: (bytes.fromhex(before), bytes.fromhex(after))
            self.encode, self.hash = ENCODINGS[encoding], {"SHA256": sha256, "SHA256D": sha256d}[function]
            self.order, self.nonces, self.pattern = {"FIRST": "big", "LAST": "little"}[order], 1 << 63, int(pattern, 16)
    def message(self, position):
        before, after = self.around(position // self.nonces)
        return self.fill(before, self.first + position % self.nonces) + after
    def has(self, position):  # if not, there is no such message, or its time has more digits: then another position may have it, too
        return self.message(position) and len(self.around(position // self.nonces)[0]) == len(self.around(0)[0])
    def number(self, position):  # the hash as a number, XOR the pattern: this is compared with a target
        return int.from_bytes(self.hash(self.message(position)), self.order) ^ self.pattern
    def below(self, start, end, bound):  # all positions in [start, end) with a number below the bound
        while start < end:
            variant, nonce = divmod(start, self.nonces)
            stop, shift, (before, after) = min(end, start - nonce + self.nonces), self.first + nonce - start, self.around(variant)
            fill, hashed, order, pattern = self.fill, self.hash, self.order, self.pattern
            yield from (position for position in range(start, stop)
                        if int.from_bytes(hashed(fill(before, position + shift) + after), order) ^ pattern < bound)
            start = stop

# --- Statistics: the number of shares among n hashes is Poisson distributed.
def at_most(count, mean):  # the probability of so many or fewer where mean are expected
    first = max(0, int(min(count, mean) - 40 * math.sqrt(mean) - 40))  # what is below adds nothing
    return min(1, sum(math.exp(i * math.log(mean or 1e-300) - mean - math.lgamma(i + 1)) for i in range(first, count + 1)))
def least_mean(count):  # expected at least where so many came: the gamma distribution's quantile of DOUBT / 10 by Wilson and Hilferty
    return count and max(0, count * (1 - 1 / (9 * count) - 3.2905 / (3 * math.sqrt(count))) ** 3)
# --- The checks of a row, of a search and of a block.
def bound(row): return 1 << 256 - row.share_bits if row.share_bits else 0  # of the hash of a share; 0 where a row has none
def check_row(template, target, row):  # returns the numbers of its shares
    form(row._asdict(), i="start end share_bits first_at last_at", Ni="best_position solution", Ns="best_hash device",
         s="host executor kernel", l="shares")
    where, shares = "row [%d, %d)" % row[:2], set(row.shares)
    listed = shares | {row.solution, row.best_position} - {None}
    numbers = {at: template.number(at) for at in listed}
    require({type(at) for at in listed} <= {int} and all(0 <= at < 1 << 63 for at in listed), "positions are whole numbers", where)
    require(0 <= row.start < row.end <= 1 << 63 and 0 <= row.share_bits < 256 and template.has(row.end - 1), "a row is possible", where)
    require(all(a < b for a, b in zip([row.start - 1] + row.shares, row.shares + [row.end])), "shares ascend in their row", where)
    require(row.solution is None or row.start <= row.solution < row.end, "a solution is in its row", where)
    for at in (at for at in listed if row.start <= at < row.end):
        found = "position %d has the hash %064x" % (at, numbers[at])
        require((numbers[at] < bound(row)) == (at in shares), where + " lists all of its shares and nothing else", found)
        require((numbers[at] <= target) == (at == row.solution), where + " lists its solution and nothing else", found)
    lowest = None if row.best_position is None else "%064x" % numbers[row.best_position]
    require(lowest == row.best_hash, where + " has its lowest hash where it says", lowest)
    return [numbers[at] for at in row.shares]
def pieces(rows, ends, seed):  # all, in random order: among the first, each position is as likely as any other; ends counts them
    chance, drawn = random.Random(seed), set()
    while len(drawn) < ends[-1]:
        piece = chance.randrange(ends[-1])
        if piece not in drawn:
            drawn.add(piece)
            index = bisect.bisect(ends, piece) - 1
            row, at = rows[index], rows[index].start + (piece - ends[index]) * PIECE
            yield row, at, min(at + PIECE, row.end)
def rescan(task):  # hashes a piece again; returns what is not listed
    text, coinbase, target, row, start, end = task
    return [at for at in Template(text, coinbase).below(start, end, max(bound(row), target + 1)) if at not in {row.solution, *row.shares}]

def check_search(file, options):
    form(file, s="golden_nonce_proof search_id text target root", Nd="coinbase", i="tree_size", l="complete heads solutions columns rows")
    text, coinbase, target, rows = file["text"], file["coinbase"], int(file["target"], 16), [Row(*row) for row in file["rows"]]
    require(re.fullmatch("[0-9a-f]{64}", file["target"]), "the target has 64 hex digits", file["target"])
    searched = text + " target " + file["target"]
    require(sha256(searched.encode()).hex()[:16] == file["search_id"], "the id is the search's", searched)
    yield "search", searched
    require(file["columns"] == ["from", "to", *Row._fields[2:]], "rows have the known columns", file["columns"])
    leaves = [sha256(b"\0" + canonical(value)) for value in [["search", text, file["target"]]] + file["rows"]]
    size, root, template = len(leaves), tree_root(leaves), Template(text, coinbase)
    require((file["tree_size"], file["root"]) == (size, root.hex()), "the root is that of the rows", root.hex())
    check_root(size, root, file["heads"], options.root)
    yield "root", "%s, continues %d earlier" % (root.hex(), len(file["heads"]))
    last, ordered = 0, sorted(rows, key=lambda row: row[:2])
    start = reached = ordered[0].start
    for row in ordered:
        require(row.start >= last, "no position is counted twice", "%d is" % row.start)
        last, reached = row.end, row.end if row.start == reached else reached
    require(canonical(file["complete"]) == canonical([start, reached]), "no position is missing", "%d is" % reached)
    yield "complete", "[%d, %d)" % (start, reached)
    shares = [number for row in rows for number in check_row(template, target, row)]
    solved = [[index, row.solution] for index, row in enumerate(rows, 1) if row.solution is not None]
    require([[each["leaf"], each["position"]] for each in file["solutions"]] == solved, "solutions are those of rows", solved)
    for each in file["solutions"]: form(each, i="leaf position", l="inclusion")
    roots = {root_with(leaves[each["leaf"]], each["leaf"], size, unhex(each["inclusion"])) for each in file["solutions"]}
    require(roots <= {root}, "the proofs of solutions lead to the root", roots)
    yield "hashed", "%d shares, %d solutions, lowest hashes" % (sum(len(row.shares) for row in rows), len(solved))
    worker = lambda row: (row.executor, row.host)
    everyone = [("%.60s on %.60s" % who, list(own)) for who, own in itertools.groupby(sorted(rows, key=worker), worker)]
    for who, own in everyone + [("all", rows)]:
        hashes, found = sum(row.end - row.start for row in own), sum(len(row.shares) for row in own)
        expected = sum((row.end - row.start) * bound(row) for row in own) / 2 ** 256
        chance = min(1, 2 * at_most(found, expected), 2 - 2 * at_most(found - 1, expected))
        told = "%d hashes, %d shares, %.1f expected, probability %.2g" % (hashes, found, expected, chance)
        require(chance >= ALARM / (len(everyone) + 1), "executor %s did its work" % who, told)
        yield "executor " + who, told
    ends = [0, *itertools.accumulate(-((row.start - row.end) // PIECE) for row in rows)]
    scanned, todo, end = 0, pieces(rows, ends, root + options.seed.encode()), time.time() + 60 * options.minutes
    with multiprocessing.Pool(options.jobs and max(1, options.jobs)) as pool:
        for batch in iter(lambda: list(itertools.islice(todo, 64 if time.time() < end else 0)), []):
            for missed in pool.map(rescan, [(text, coinbase, target, *piece) for piece in batch]):
                require(not missed, "all there is to find is listed", "not %s" % missed)
            scanned += sum(stop - start for _, start, stop in batch)
    yield "hashed again", "%d positions, nothing else found" % scanned
    # By the hardest share target for all rows: whoever could choose one for each could choose which luck counts, and which rows.
    bits = sorted(row.share_bits for row in rows)
    work = least_mean(sum(number < 1 << 256 - bits[-1] for number in shares)) * 2 ** bits[-1] / hashes
    missing = scanned / PIECE * -math.expm1(-PIECE / 2 ** bits[-1]) if bits[0] else 0  # found at least, were nothing hashed before
    seen = 1 if scanned == hashes else max(0, 1 - math.log(1 / DOUBT) / missing) if missing else 0
    yield "holds", "with 99 %% confidence, at least %.2f %% of the work was done, and at least %.2f %% of these positions were hashed" % (
        math.floor(1e4 * min(1, max(work, seen))) / 100, math.floor(1e4 * seen) / 100)

def check_block(file, options):
    form(file, s="golden_nonce_proof header miner root", i="height extra_nonce tree_size", l="transactions inclusion heads")
    header, height, size, root = bytes.fromhex(file["header"]), file["height"], file["tree_size"], bytes.fromhex(file["root"])
    bits, hashed = int.from_bytes(header[72:76], "little"), sha256d(header)
    target = (bits & 0x7fffff) * 256 ** (bits >> 24) // 256 ** 3 * (not bits & 0x800000)  # 0 where they have a sign
    require(len(header) == 80 and int.from_bytes(hashed, "little") <= target < 1 << 256, "the hash meets the bits", hashed[::-1].hex())
    yield "block", "%d, hash %s" % (height, hashed[::-1].hex())
    first = height.to_bytes(4, "little") + file["extra_nonce"].to_bytes(8, "little") + file["miner"].encode()
    level = [sha256d(payload) for payload in [first] + unhex(file["transactions"])]
    while len(level) > 1:
        require(len(set(level)) == len(level), "no transaction is listed twice", file["transactions"])
        level += level[-1:] * (len(level) % 2)
        level = [sha256d(level[at] + level[at + 1]) for at in range(0, len(level), 2)]
    require(level[0] == header[36:68], "the header has the merkle root of its transactions", level[0][::-1].hex())
    check_root(size, root, file["heads"], options.root)
    found = 0 <= height < size and root_with(sha256(b"\0" + hashed), height, size, unhex(file["inclusion"]))
    require(found == root, "the proof of the block leads to the root", found and found.hex())
    yield "holds", "the chain with root %s has this block" % root.hex()
def once(pairs):  # no name twice; and as a parser of fractions, which are no pairs, no fraction
    require(len(dict(pairs)) == len(pairs), "no name is given twice", [name for name, _ in pairs])
    return dict(pairs)

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--minutes", type=float, default=1, help="how long to hash again, for each file; default: 1")
    parser.add_argument("--root", help="the root that you know, such as the one that the search told at its end")
    parser.add_argument("--seed", default="", help="any text: it chooses the pieces that are hashed again, beside the root")
    parser.add_argument("--jobs", type=int, help="number of processes that hash; default: one for each processor")
    options, code, kinds = parser.parse_args(), 0, {"search": check_search, "block": check_block}
    for name in options.files:
        print(name)
        try:
            file = json.loads(pathlib.Path(name).read_bytes(), object_pairs_hook=once, parse_float=once, parse_constant=once)
            check, digest = kinds[file["golden_nonce_proof"]], file.pop("sha256")
        except (Fault, OSError, ValueError, LookupError, TypeError, RecursionError) as problem:
            parser.error("%s is not a proof file: %r" % (name, problem))
        try:
            require(sha256(canonical(file)).hex() == digest, "the file is as it was written", sha256(canonical(file)).hex())
            for what, found in check(file, options):
                say(what, found)
        except (Fault, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as fault:
            code = say("FAILS", fault if isinstance(fault, Fault) else "the file is malformed: %r" % fault) or 1
    sys.exit(code)
if __name__ == "__main__": main()
