// One Web Worker of the page that mines. It takes a piece of work for itself, so that no two workers anywhere try the
// same header, scans its nonces in slices, and asks now and then whether another block came first. It tells the page in
// messages of one field each.
import { hash, prepare, scanPlain, vectorScan } from "./sha256d.js";

const ALL_GROUPS = 2 ** 30; // of four nonces
const SLICE_MILLIS = 40;
const LOOK_MILLIS = 1500;
const SHORTEST_PAUSE_MILLIS = 1000;
const LONGEST_PAUSE_MILLIS = 30000;

let miner = "";
let token = "";
let scan = scanPlain;
let groupsPerSlice = 250;
let current = null;
let newer = null;
let stopping = false;

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Lets messages and answers in. Timers would wait 4 ms. */
const channel = new MessageChannel();
const breathe = () => new Promise((resolve) => {
  channel.port1.onmessage = resolve;
  channel.port2.postMessage(null);
});

// --- the service -----------------------------------------------------------------------------------------------------

/** Calls until there is an answer that `isFinal`, with growing pauses; says why it waits. */
async function call(options, isFinal) {
  for (let pause = SHORTEST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
    let why = "The service does not answer";
    try {
      const answer = await fetch(`work?miner=${encodeURIComponent(miner)}`, { cache: "no-store", ...options });
      if (isFinal(answer.status)) {
        if (pause > SHORTEST_PAUSE_MILLIS) postMessage({ trouble: "" });
        return answer;
      }
      why = (await answer.json().catch(() => ({}))).error || `The service answers with status ${answer.status}`;
    } catch {
      // No connection: as with an answer that is none.
    }
    postMessage({ trouble: `${why}. Trying again in ${pause / 1000} s.` });
    await sleep(pause);
  }
}

async function take(known) {
  const answer = await call({ headers: known ? { "If-None-Match": known.tag } : {} }, (status) => status === 200 || status === 304);
  if (answer.status === 304) return null;
  const work = await answer.json();
  const bits = parseInt(work.bits, 16);
  const target = (BigInt(bits & 0xffffff) << 8n * BigInt((bits >>> 24) - 3 + 29)) >> 232n;
  postMessage({ work: { height: work.height, previous: work.previous_hash, odds: 2 ** 256 / (Number(target) + 1) } });
  return { ...work, target, tag: answer.headers.get("ETag"), prepared: prepare(work.header) };
}

async function handIn(work, nonce) {
  const time = work.header.slice(136, 144).match(/../g).reverse().join("");
  const body = JSON.stringify({ id: work.id, nonce, timestamp: parseInt(time, 16) });
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await call({ method: "POST", headers, body }, (status) => status === 200 || status === 422 || status === 400);
  const { answer: verdict, reason } = await answer.json();
  postMessage({ verdict: { accepted: verdict === "accepted", reason, height: work.height, hash: hash(work.prepared, nonce), nonce } });
}

/** Looks for newer work beside the scan. */
async function watch() {
  for (;;) {
    await sleep(LOOK_MILLIS);
    await look();
  }
}

async function look() {
  const asked = current;
  if (asked === null) return;
  const answer = await take(asked);
  if (asked === current) newer = answer;
}

// --- the search ------------------------------------------------------------------------------------------------------

/** The first nonce that solves the work; null if there is none, newer work came first, or the page stops. */
async function search(work) {
  const top = Number(work.target >> 224n);
  for (let group = 0; group < ALL_GROUPS && newer === null && !stopping; ) {
    const started = performance.now();
    const most = Math.min(groupsPerSlice, ALL_GROUPS - group);
    const clean = scan(work.prepared, 4 * group | 0, most, top);
    const scanned = Math.min(clean + 1, most);
    for (let nonce = 4 * (group + clean); clean < most && nonce < 4 * (group + clean + 1); nonce++) {
      if (BigInt("0x" + hash(work.prepared, nonce)) <= work.target) {
        postMessage({ hashes: 4 * scanned });
        return nonce;
      }
    }
    group += scanned;
    postMessage({ hashes: 4 * scanned });
    const millis = performance.now() - started;
    if (scanned === most) groupsPerSlice = Math.max(64, Math.ceil(most * Math.min(2, SLICE_MILLIS / Math.max(1, millis))));
    await breathe();
  }
  return null;
}

async function mine() {
  try {
    scan = await vectorScan();
  } catch (reason) {
    postMessage({ slow: String(reason.message || reason) });
  }
  watch();
  while (!stopping) {
    const work = newer || (await take(null));
    newer = null;
    current = work;
    const nonce = await search(work);
    current = null;
    if (nonce !== null) await handIn(work, nonce);
  }
  postMessage({ ended: true });
}

onmessage = ({ data }) => {
  if (data.start) {
    ({ miner, token } = data.start);
    mine();
  } else if (data.look) {
    look();
  } else if (data.stop) {
    stopping = true;
  }
};
