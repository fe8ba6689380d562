// Double SHA-256 of block headers: one nonce at a time in JavaScript, four at a time in a WebAssembly module that is
// assembled here. A scan only proposes nonces, by the hash's top word; hash() confirms them.

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const fraction = (root) => ((root % 1) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const H = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const END = 1 << 31;
const HEADER_BITS = 640;
const HASH_BITS = 256;

const rotate = (x, n) => (x >>> n) | (x << (32 - n));
const sigma0 = (x) => rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
const sigma1 = (x) => rotate(x, 17) ^ rotate(x, 19) ^ (x >>> 10);
const swapBytes = (x) => (rotate(x, 8) & 0xff00ff00) | (rotate(x, 24) & 0x00ff00ff);

/** Compresses one block: the first 16 of 64 words; the others are overwritten. */
function compress(state, w, out) {
  for (let i = 16; i < 64; i++) w[i] = sigma1(w[i - 2]) + w[i - 7] + sigma0(w[i - 15]) + w[i - 16];
  // Spelled out, as destructuring a typed array is slow.
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const t = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) + K[i] + w[i]) | 0;
    const u = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
    h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
  }
  out[0] = a + state[0]; out[1] = b + state[1]; out[2] = c + state[2]; out[3] = d + state[3];
  out[4] = e + state[4]; out[5] = f + state[5]; out[6] = g + state[6]; out[7] = h + state[7];
}

function pad(w, words, bits) {
  w[words] = END;
  w.fill(0, words + 1, 15);
  w[15] = bits;
}

/** What all nonces of a header share: the state after its first 64 bytes, and the three words before the nonce. */
export function prepare(hex) {
  const words = hex.match(/.{8}/g).map((word) => parseInt(word, 16));
  const midstate = new Int32Array(8);
  const w = new Int32Array(64);
  w.set(words.slice(0, 16));
  compress(H, w, midstate);
  return { midstate, tail: words.slice(16, 19) };
}

const words = new Int32Array(64);
const result = new Int32Array(8);

function hashWords({ midstate, tail }, nonce) {
  words.set(tail);
  words[3] = swapBytes(nonce);
  pad(words, 4, HEADER_BITS);
  compress(midstate, words, result);
  words.set(result);
  pad(words, 8, HASH_BITS);
  compress(H, words, result);
  return result;
}

/** A header's hash as explorers show it: in hex, the most significant byte first. */
export function hash(prepared, nonce) {
  return Array.from(hashWords(prepared, nonce), (word) => (swapBytes(word) >>> 0).toString(16).padStart(8, "0")).reverse().join("");
}

/**
 * Scans groups of four nonces for hashes whose top word is at most `top`; gives the number of groups before the first
 * that has one, or `groups`.
 */
export function scanPlain(prepared, from, groups, top) {
  for (let n = 0; n < 4 * groups; n++) {
    if (swapBytes(hashWords(prepared, (from + n) | 0)[7]) >>> 0 <= top) return n >> 2;
  }
  return groups;
}

/** The same with WebAssembly's vectors; rejects where the browser has none, or where its own test fails. */
export async function vectorScan() {
  const { instance } = await WebAssembly.instantiate(assemble());
  const scan = ({ midstate, tail }, from, groups, top) => instance.exports.scan(from, groups, top, ...midstate, ...tail);
  const genesis = prepare(
    "01000000" + "0".repeat(64) + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a" + "29ab5f49ffff001d00000000");
  if (scan(genesis, 2083236893 - 401, 200, 0) !== 100) throw new Error("the WebAssembly kernel fails its self-test");
  return scan;
}

// --- WebAssembly -----------------------------------------------------------------------------------------------------

/** An integer in LEB128; signed ones need their sign in the last byte. */
function leb(n, signed = false) {
  const bytes = [];
  for (;;) {
    const low = n & 127;
    n >>= 7;
    if (signed ? n === -(low >> 6) : n === 0) return [...bytes, low];
    bytes.push(low | 128);
  }
}

const sized = (bytes) => [...leb(bytes.length), ...bytes];
const get = (local) => [0x20, ...leb(local)];
const set = (local) => [0x21, ...leb(local)];
const tee = (local) => [0x22, ...leb(local)];
const int = (n) => [0x41, ...leb(n, true)];
const INT_ADD = [0x6a];
const INT_SHIFT_LEFT = [0x74];
const INT_AT_LEAST = [0x4e];
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const CONTINUE = [0x0c, 0];
const LEAVE_IF = [0x0d, 1];
const END_OF_CODE = [0x0b];

const simd = (code) => [0xfd, ...leb(code)];
const SPLAT = simd(17);
const ADD = simd(174);
const SHIFT_LEFT = simd(171);
const SHIFT_RIGHT = simd(173);
const XOR = simd(81);
const SELECT = simd(82); // bits of the first where the third has a one, else of the second
const AT_MOST = simd(62); // unsigned
const ANY = simd(83);
const lanes = (...four) => [...simd(12), ...four.flatMap((n) => [n, n >> 8, n >> 16, n >> 24].map((byte) => byte & 255))];
const all = (n) => lanes(n, n, n, n);
const SWAP_BYTES = [...lanes(0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f), ...simd(14)];

const xor = (first, ...others) => [...first, ...others.flatMap((other) => [...other, ...XOR])];
const right = (x, n) => [...get(x), ...int(n), ...SHIFT_RIGHT];
const rotated = (x, n) => xor(right(x, n), [...get(x), ...int(32 - n), ...SHIFT_LEFT]);
const rotations = (x, ...three) => xor(...three.map((n) => rotated(x, n)));
const sigma = (x, i, j, shift) => xor(rotated(x, i), rotated(x, j), right(x, shift));

/**
 * A module with one function, scan(from, groups, top, midstate 0 to 7, tail 0 to 2), of straight-line code. All vectors
 * are in locals. A word of the message is a local, or an object with a constant: most words of padding fold away.
 */
function assemble() {
  const [from, groups, top, midstate, tail, group, vectors] = [0, 1, 2, 3, 11, 14, 15];
  const code = [];
  const emit = (...parts) => parts.forEach((part) => part.forEach((byte) => code.push(byte)));
  let next = vectors;
  const locals = (count) => Array.from({ length: count }, () => next++);
  const middle = locals(8);
  const before = locals(3);
  const state = locals(8);
  const message = locals(16);
  const [limit, t] = locals(2);

  function expand(w, i) {
    let constant = 0;
    const terms = [];
    const add = (word, fold, vector) => {
      if (typeof word === "number") terms.push(vector(word));
      else constant = (constant + fold(word.constant)) | 0;
    };
    add(w[i - 2 & 15], sigma1, (x) => sigma(x, 17, 19, 10));
    add(w[i - 7 & 15], (x) => x, get);
    add(w[i - 15 & 15], sigma0, (x) => sigma(x, 7, 18, 3));
    add(w[i & 15], (x) => x, get);
    if (terms.length === 0) return { constant };
    if (constant !== 0) terms.push(all(constant));
    terms.forEach((term, at) => emit(term, at === 0 ? [] : ADD));
    emit(set(message[i & 15]));
    return message[i & 15];
  }

  /** Emits rounds; gives the locals of the state after them. */
  function rounds(count, w) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < count; i++) {
      if (i >= 16) w[i & 15] = expand(w, i);
      const word = w[i & 15];
      emit(get(h));
      if (typeof word === "number") emit(all(K[i]), ADD, get(word), ADD);
      else emit(all((K[i] + word.constant) | 0), ADD);
      emit(get(f), get(g), get(e), SELECT, ADD, rotations(e, 6, 11, 25), ADD, tee(t), get(d), ADD, set(d));
      emit(get(t), rotations(a, 2, 13, 22), ADD, get(c), get(a), xor(get(a), get(b)), SELECT, ADD, set(h));
      [a, b, c, d, e, f, g, h] = [h, a, b, c, d, e, f, g];
    }
    return [a, b, c, d, e, f, g, h];
  }

  const padding = (words, bits) => [END, ...new Array(14 - words).fill(0), bits].map((constant) => ({ constant }));
  middle.forEach((local, i) => emit(get(midstate + i), SPLAT, set(local)));
  before.forEach((local, i) => emit(get(tail + i), SPLAT, set(local)));
  emit(get(top), SPLAT, set(limit), BLOCK, LOOP, get(group), get(groups), INT_AT_LEAST, LEAVE_IF);
  emit(get(from), get(group), int(2), INT_SHIFT_LEFT, INT_ADD, SPLAT, lanes(0, 1, 2, 3), ADD, SWAP_BYTES, set(message[3]));
  state.forEach((local, i) => emit(get(middle[i]), set(local)));
  rounds(64, [...before, message[3], ...padding(4, HEADER_BITS)])
    .forEach((local, i) => emit(get(local), get(middle[i]), ADD, set(message[i])));
  state.forEach((local, i) => emit(all(H[i]), set(local)));
  // The last word of a hash is what round 60 leaves in e.
  const e = rounds(61, [...message.slice(0, 8), ...padding(8, HASH_BITS)])[4];
  emit(get(e), all(H[7]), ADD, SWAP_BYTES, get(limit), AT_MOST, ANY, LEAVE_IF);
  emit(get(group), int(1), INT_ADD, set(group), CONTINUE, END_OF_CODE, END_OF_CODE, get(group), END_OF_CODE);

  const [INT, VECTOR, FUNCTION] = [0x7f, 0x7b, 0x60];
  const section = (id, content) => [id, ...sized(content)];
  const name = Array.from("scan", (letter) => letter.charCodeAt(0));
  return Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, FUNCTION, ...sized(new Array(group).fill(INT)), ...sized([INT])]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...sized(name), 0, 0]),
    ...section(10, [1, ...sized([2, 1, INT, ...leb(next - vectors), VECTOR, ...code])]),
  ]);
}
