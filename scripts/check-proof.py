#!/usr/bin/env python3
"""Checks proof files of Golden Nonce (docs/proof.md) with nothing but Python's standard library, version 3.8 or later.

A search's file claims that positions were hashed, and lists all that was found there. This script recomputes the root, checks
that no position is missing or counted twice, hashes each share, solution and lowest hash, compares each executor's shares with
those to expect, and hashes random pieces again. The root chooses them, and --seed if you give one: the file's maker could not.
Exit code: 0 all holds, 1 something does not, 2 not a proof file or wrong usage."""
import argparse, base64, collections, hashlib, itertools, json, math, multiprocessing, operator, pathlib, random, re, sys, time

PIECE = 1 << 14  # positions that are hashed again at a time
WHOLE = 1 << 24  # a search of fewer positions is hashed again as a whole
ALARM = 1e-6     # an honest file is accused this rarely
DOUBT = 0.005    # each of the two bounds on the work is wrong this rarely, so both hold with 99 %
Row = collections.namedtuple("Row", "start end best_hash best_position solution share_bits shares host executor kernel device"
                             " first_at last_at")

class Fault(Exception): pass  # what does not hold, in one line

def require(holds, rule, found):
    if not holds:
        raise Fault("%s: %s" % (rule, found))

def say(what, found):  # without what moves a terminal's cursor
    print("  %-22s %s" % tuple("".join(c if c.isprintable() else "?" for c in str(text)) for text in (what, found)), flush=True)

def sha256(data):
    return hashlib.sha256(data).digest()
def sha256d(data):
    return sha256(sha256(data))
def unhex(texts):
    return [bytes.fromhex(text) for text in texts]
def canonical(value):  # as JSON without spaces, where only quotes, backslashes and control characters are escaped
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

# --- The tree of RFC 9162, section 2.1. The leaf d hashes to SHA-256(0, d); a tree is split at the largest power of two inside.
def parent(left, right):
    return sha256(b"\1" + left + right)
def split(size):
    return 1 << (size - 1).bit_length() - 1

def tree_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    return parent(tree_root(leaves[:split(len(leaves))]), tree_root(leaves[split(len(leaves)):]))

def root_with(leaf, index, size, path):
    """The root that an inclusion proof leads to; its last hash is the topmost."""
    if size < 2:
        require(index == 0 and not path, "a proof has a hash for each level", "too many")
        return leaf
    if index < split(size):
        return parent(root_with(leaf, index, split(size), path[:-1]), path[-1])
    return parent(path[-1], root_with(leaf, index - split(size), size - split(size), path[:-1]))

def roots_with(old_root, old_size, size, path):
    """The roots of the old and the new tree that a consistency proof leads to; old_root where the old tree is whole."""
    if old_size == size:
        require(len(path) == (old_root is None), "a proof has a hash for each level", "more or less")
        return (old_root or path[0],) * 2
    if old_size <= split(size):
        old, new = roots_with(old_root, old_size, split(size), path[:-1])
        return old, parent(new, path[-1])
    old, new = roots_with(None, old_size - split(size), size - split(size), path[:-1])
    return parent(path[-1], old), parent(path[-1], new)

def check_root(size, root, heads, known):
    require(known in (None, root.hex()), "the root is the one you know", root.hex())
    for old_size, old_root, path in ((head["tree_size"], bytes.fromhex(head["root"]), unhex(head["consistency"])) for head in heads):
        require(0 < old_size <= size and roots_with(old_root, old_size, size, path) == (old_root, root),
                "the tree continues the one of %d leaves" % old_size, "not with root %s" % old_root.hex())

# --- What is hashed.
ENCODINGS = {"U32_BE": lambda n: n.to_bytes(4, "big"), "U32_LE": lambda n: n.to_bytes(4, "little"),
             "U64_BE": lambda n: n.to_bytes(8, "big"), "U64_LE": lambda n: n.to_bytes(8, "little"),
             "DECIMAL": lambda n: b"%d" % n, "HEX": lambda n: b"%x" % n, "BASE64": lambda n: base64.b64encode(n.to_bytes(8, "big"))[:11]}

def rolled(mask):  # the bits of the versions that roll under a mask, ascending
    require(0 <= mask < 1 << 32 and bin(mask).count("1") <= 4, "at most 4 bits of a version roll", "%x" % mask)
    return sorted(sum(bits) for bits in itertools.product(*((0, 1 << i) for i in range(32) if mask >> i & 1)))

class Template:
    """Position p is nonce first + p mod nonces of variant p div nonces. A message is: bytes before, nonce, bytes after."""

    def __init__(self, text, coinbase):
        kind, *words = text.split(" ")
        self.first, self.pattern, self.order, self.hash = 0, 0, "big", sha256d
        self.fill = lambda before, nonce: before + self.encode(nonce)
        if kind in ("header", "block"):  # Bitcoin's header of 80 bytes, which ends with the nonce
            (header, *mask), self.encode, self.order = words[kind == "block":], ENCODINGS["U32_LE"], "little"
            header, versions = bytes.fromhex(header), rolled(int(mask[2], 16) if mask else 0)
            self.nonces = len(versions) << 32
            if mask:  # all versions of a nonce come before the next nonce
                self.fill = lambda before, nonce: (int.from_bytes(before[:4], "little") ^ versions[nonce % len(versions)]
                                                   ).to_bytes(4, "little") + before[4:] + self.encode(nonce // len(versions))
            def coined(variant):  # another extra nonce in the block's first leaf, and so another merkle root
                extra_nonce = (coinbase["extra_nonce"] + variant).to_bytes(8, "little")
                node = sha256d(bytes.fromhex(coinbase["before"]) + extra_nonce + bytes.fromhex(coinbase["after"]))
                for sibling in unhex(coinbase["branch"]):
                    node = sha256d(node + sibling)
                return header[:36] + node + header[68:76], b""
            self.around = coined if coinbase else lambda variant: (  # a later time
                header[:68] + (int.from_bytes(header[68:72], "little") + variant).to_bytes(4, "little") + header[72:76], b"")
            require(self.message(0) == header, "the coinbase leads to the header", text)
        elif kind == "timed":  # a text and a time that goes on with the variant
            self.around = lambda variant: ((words[0] + str(int(words[1]) + variant)).encode(), b"")
            self.encode, self.first, self.nonces = ENCODINGS["DECIMAL"], int(words[4]), int(words[6])
        else:  # BEFORE{ENCODING}AFTER FUNCTION ORDER, and a pattern where hashes should not begin with 0
            before, encoding, after = re.fullmatch(r"([0-9a-f]*)\{(\w+)\}([0-9a-f]*)", words[0]).groups()
            self.around = lambda variant: (bytes.fromhex(before), bytes.fromhex(after))
            self.encode, self.hash = ENCODINGS[encoding], {"SHA256": sha256, "SHA256D": sha256d}[words[1]]
            self.order = {"FIRST_BYTE_HIGH": "big", "LAST_BYTE_HIGH": "little"}[words[2]]
            self.nonces, self.pattern = 1 << 63, int(words[4], 16) if len(words) > 3 else 0

    def message(self, position):
        before, after = self.around(position // self.nonces)
        return self.fill(before, self.first + position % self.nonces) + after

    def number(self, position):
        """The hash as a number, XOR the pattern: this is compared with a target."""
        return int.from_bytes(self.hash(self.message(position)), self.order) ^ self.pattern

    def below(self, start, end, bound):
        """All positions in [start, end) with a number below the bound."""
        while start < end:
            variant, nonce = divmod(start, self.nonces)
            stop, shift, (before, after) = min(end, start - nonce + self.nonces), self.first + nonce - start, self.around(variant)
            fill, hashed, order, pattern = self.fill, self.hash, self.order, self.pattern
            for position in range(start, stop):
                if int.from_bytes(hashed(fill(before, position + shift) + after), order) ^ pattern < bound:
                    yield position
            start = stop

# --- Statistics: the number of shares among n hashes is Poisson distributed.
def at_most(count, mean):  # the probability of so many or fewer where mean are expected
    first = max(0, int(min(count, mean) - 40 * math.sqrt(mean) - 40))  # what is below adds nothing
    return min(1, sum(math.exp(i * math.log(mean or 1e-300) - mean - math.lgamma(i + 1)) for i in range(first, count + 1)))

def least_mean(count):  # what was expected at least where so many came: Wilson and Hilferty's quantile of the gamma distribution
    return count and max(0, count * (1 - 1 / (9 * count) - 2.5758 / (3 * math.sqrt(count))) ** 3)

# --- The checks of a row, of a search and of a block.
def bound(row):  # of the hash of a share; 0 where a row has none
    return 1 << 256 - row.share_bits if row.share_bits else 0

def check_row(template, target, row):
    where, shares = "row [%d, %d)" % row[:2], set(row.shares)
    listed = shares | {row.solution, row.best_position} - {None}
    numbers = {at: template.number(at) for at in listed}
    require(0 <= row.start < row.end and 0 <= row.share_bits < 256, "a row has positions and share bits", where)
    require(all(a < b for a, b in zip([row.start - 1] + row.shares, row.shares + [row.end])), "shares ascend in their row", where)
    require(row.solution is None or row.start <= row.solution < row.end, "a solution is in its row", where)
    for at in (at for at in listed if row.start <= at < row.end):
        found = "position %d has the hash %064x" % (at, numbers[at])
        require((numbers[at] < bound(row)) == (at in shares), where + " lists all of its shares and nothing else", found)
        require((numbers[at] <= target) == (at == row.solution), where + " lists its solution and nothing else", found)
    lowest = None if row.best_position is None else "%064x" % numbers[row.best_position]
    require(lowest == row.best_hash, where + " has its lowest hash where it says", lowest)

def pieces(rows, total, seed):
    """Random pieces without end; of a small search, all of them."""
    chance, ends = random.Random(seed), list(itertools.accumulate(row.end - row.start for row in rows))
    starts = ((row, chance.randrange(row.start, row.end)) for _ in itertools.count() for row in chance.choices(rows, cum_weights=ends))
    if total <= WHOLE:
        starts = [(row, at) for row in rows for at in range(row.start, row.end, PIECE)]
        chance.shuffle(starts)
    return ((row, at, min(at + PIECE, row.end)) for row, at in starts)

def rescan(task):
    """Hashes a piece again; returns what is not listed."""
    text, coinbase, target, row, start, end = task
    found = Template(text, coinbase).below(start, end, max(bound(row), target + 1))
    return [at for at in found if at not in row.shares and at != row.solution]

def check_search(file, options):
    text, coinbase, target, rows = file["text"], file["coinbase"], int(file["target"], 16), [Row(*row) for row in file["rows"]]
    require(sha256(("%s target %064x" % (text, target)).encode()).hex()[:16] == file["search_id"], "the id is the search's", text)
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
    require(file["complete"] == [start, reached], "no position is missing", "%d is" % reached)
    yield "complete", "[%d, %d)" % (start, reached)
    for row in rows:
        check_row(template, target, row)
    solved = [[index, row.solution] for index, row in enumerate(rows, 1) if row.solution is not None]
    require([[each["leaf"], each["position"]] for each in file["solutions"]] == solved, "solutions are those of rows", solved)
    roots = [root_with(leaves[each["leaf"]], each["leaf"], size, unhex(each["inclusion"])) for each in file["solutions"]]
    require(all(found == root for found in roots), "the proofs of solutions lead to the root", roots)
    yield "hashed", "%d shares, %d solutions, lowest hashes" % (sum(len(row.shares) for row in rows), len(solved))
    worker = operator.attrgetter("executor", "host")
    everyone = [("%s on %s" % who, list(own)) for who, own in itertools.groupby(sorted(rows, key=worker), worker)]
    for who, own in everyone + [("all", rows)]:
        hashes, found = sum(row.end - row.start for row in own), sum(len(row.shares) for row in own)
        expected = sum((row.end - row.start) * bound(row) for row in own) / 2 ** 256
        chance = min(1, 2 * at_most(found, expected), 2 - 2 * at_most(found - 1, expected))
        told = "%d hashes, %d shares, %.1f expected, probability %.2g" % (hashes, found, expected, chance)
        require(chance >= ALARM / len(everyone), "executor %s did its work" % who, told)
        yield "executor " + who, told
    scanned, evidence, todo, end = 0, 0, pieces(rows, hashes, root + options.seed.encode()), time.time() + 60 * options.minutes
    with multiprocessing.Pool(options.jobs) as pool:
        for batch in iter(lambda: list(itertools.islice(todo, 64 if time.time() < end else 0)), []):
            for missed in pool.map(rescan, [(text, coinbase, target, *piece) for piece in batch]):
                require(not missed, "all there is to find is listed", "not %s" % missed)
            scanned += sum(stop - start for _, start, stop in batch)
            evidence += sum((stop - start) * bound(row) for row, start, stop in batch) / 2 ** 256
    yield "hashed again", "%d positions, nothing else found" % scanned
    least = max(0, least_mean(found) / expected if expected else 0, 1 - math.log(1 / DOUBT) / evidence if evidence else 0)
    yield "holds", "with 99 %% confidence, at least %.2f %% of the positions were hashed" % (
        100 if scanned == hashes else min(100, 100 * least))

def check_block(file, options):
    header, height, size, root = bytes.fromhex(file["header"]), file["height"], file["tree_size"], bytes.fromhex(file["root"])
    bits, hashed = int.from_bytes(header[72:76], "little"), sha256d(header)
    target = (bits & 0x7fffff) * 256 ** (bits >> 24) // 256 ** 3
    require(len(header) == 80 and int.from_bytes(hashed, "little") <= target, "the hash meets the bits", hashed[::-1].hex())
    yield "block", "%d, hash %s" % (height, hashed[::-1].hex())
    first = height.to_bytes(4, "little") + file["extra_nonce"].to_bytes(8, "little") + file["miner"].encode()
    level = [sha256d(payload) for payload in [first] + unhex(file["transactions"])]
    while len(level) > 1:
        level += level[-1:] * (len(level) % 2)
        level = [sha256d(level[at] + level[at + 1]) for at in range(0, len(level), 2)]
    require(level[0] == header[36:68], "the header has the merkle root of its transactions", level[0][::-1].hex())
    check_root(size, root, file["heads"], options.root)
    found = 0 <= height < size and root_with(sha256(b"\0" + hashed), height, size, unhex(file["inclusion"]))
    require(found == root, "the proof of the block leads to the root", found and found.hex())
    yield "holds", "the chain of %d blocks with root %s has this block" % (size, root.hex())

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
            file = json.loads(pathlib.Path(name).read_bytes())
            check, digest = kinds[file["golden_nonce_proof"]], file.pop("sha256")
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as problem:
            parser.error("%s is not a proof file: %r" % (name, problem))
        try:
            require(sha256(canonical(file)).hex() == digest, "the file is as it was written", sha256(canonical(file)).hex())
            for what, found in check(file, options):
                say(what, found)
        except (Fault, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as fault:
            code = say("FAILS", fault if isinstance(fault, Fault) else "the file is malformed: %r" % fault) or 1
    sys.exit(code)

if __name__ == "__main__":
    main()
