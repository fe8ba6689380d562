// The page that mines: starts Web Workers, each of which takes and hands in work for itself, and shows what they tell.
// Text from the service is untrusted: it is added as text nodes, never as markup.
"use strict";

const SHOWN_SECONDS = 120;
const RATE_SECONDS = 5;

const byId = (id) => document.getElementById(id);
const cores = navigator.hardwareConcurrency || 2;
const workers = new Map(); // each with its trouble, empty if it has none
const samples = []; // [seconds, hashes since the start]
let startedAt = 0;
let hashes = 0;
let accepted = 0;
let late = 0;
let work = null;
let kernel = "";
let lastFound = "";

// --- texts -----------------------------------------------------------------------------------------------------------

function put(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

function si(value, unit) {
  const prefixes = ["", "k", "M", "G", "T", "P", "E"];
  const power = Math.min(prefixes.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value * 1.0005) / 3));
  const scaled = value / 1000 ** power;
  const digits = power === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return `${scaled.toFixed(digits)} ${prefixes[power]}${unit}`.trim();
}

function time(seconds) {
  for (const [limit, size, unit] of [[100, 1, "s"], [6000, 60, "min"], [172800, 3600, "h"], [3.2e7, 86400, "days"], [3.2e10, 3.156e7, "years"]]) {
    if (seconds < limit) return `${(seconds / size).toFixed(seconds / size < 10 ? 1 : 0)} ${unit}`;
  }
  return "ages";
}

function news(text, good) {
  byId("news").hidden = false;
  byId("news").classList.toggle("good", good);
  put("news", text);
}

// --- what workers tell -----------------------------------------------------------------------------------------------

function hear(worker, data) {
  if (data.hashes !== undefined) hashes += data.hashes;
  if (data.slow !== undefined) kernel = "in plain JavaScript";
  if (data.trouble !== undefined && workers.has(worker)) workers.set(worker, data.trouble);
  if (data.work !== undefined) moveTo(data.work);
  if (data.verdict !== undefined) judge(worker, data.verdict);
  if (data.ended) drop(worker);
  if (data.verdict !== undefined || data.trouble !== undefined || data.work !== undefined) draw();
}

function moveTo(newest) {
  if (work !== null && newest.height > work.height && newest.previous !== lastFound) {
    news(`Block ${newest.height - 1} was found elsewhere. On to block ${newest.height}.`, false);
  }
  if (work === null || newest.height >= work.height) work = newest;
}

function judge(worker, verdict) {
  if (verdict.accepted) {
    accepted++;
    lastFound = verdict.hash;
    news(`You found block ${verdict.height}!`, true);
  } else {
    late++;
    news(`Block ${verdict.height}: ${verdict.reason || "not accepted"}.`, false);
  }
  const row = byId("blocks").insertRow(0);
  const cells = [String(verdict.height), `${verdict.hash.slice(0, 20)}…`, verdict.nonce.toLocaleString(),
    new Date().toLocaleTimeString(), verdict.accepted ? "accepted" : verdict.reason || "not accepted"];
  ["n", "hash", "n", "nowrap", "text"].forEach((css, i) => {
    const cell = row.insertCell();
    cell.className = css;
    cell.textContent = cells[i];
  });
  row.cells[1].title = verdict.hash;
  while (byId("blocks").rows.length > 100) byId("blocks").deleteRow(-1);
  byId("no-blocks").hidden = true;
  byId("blocks-table").hidden = false;
  for (const other of workers.keys()) if (other !== worker) other.postMessage({ look: true });
}

// --- start and stop --------------------------------------------------------------------------------------------------

/** Whether the service takes solutions with this token; without a solution it gives no verdict on anything else. */
async function mayHandIn(token) {
  const answer = await fetch("work", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    body: "{}",
  });
  return answer.status !== 401;
}

async function start() {
  const token = byId("token").value.trim();
  byId("trouble").hidden = true;
  byId("start").disabled = true;
  try {
    if (!(await mayHandIn(token))) {
      byId("token-label").hidden = false;
      byId("token").focus();
      warn(token ? "The service does not know this token." : "This service wants a token: ask whoever runs it.");
      return;
    }
  } catch {
    warn("The service does not answer. Is it still running?");
    return;
  } finally {
    byId("start").disabled = false;
  }
  const miner = byId("name").value.trim() || byId("name").placeholder;
  remember(miner);
  startedAt = performance.now() / 1000;
  hashes = 0;
  samples.length = 0;
  work = null;
  kernel = "";
  for (let i = 0; i < Number(byId("cores").value); i++) {
    const worker = new Worker("miner-worker.js", { type: "module" });
    workers.set(worker, "");
    worker.onmessage = ({ data }) => hear(worker, data);
    worker.onerror = () => {
      drop(worker);
      warn("This browser can’t run the search. Try a newer one.");
    };
    worker.postMessage({ start: { miner, token } });
  }
  byId("news").hidden = true;
  draw();
}

function drop(worker) {
  worker.terminate();
  workers.delete(worker);
  draw();
}

/** A solution that is just being handed in still gets its verdict. */
function stop() {
  for (const worker of workers.keys()) {
    worker.postMessage({ stop: true });
    worker.stopping = true;
    setTimeout(() => drop(worker), 5000);
  }
  draw();
}

const isMining = () => [...workers.keys()].some((worker) => !worker.stopping);

function remember(miner) {
  try {
    localStorage.setItem("miner", miner);
  } catch {
    // Without storage the name is typed again.
  }
}

// --- the page --------------------------------------------------------------------------------------------------------

function warn(text) {
  byId("trouble").hidden = text === "";
  put("trouble", text);
}

/** Hashes per second over the last samples up to one. */
function rate(at = samples.length - 1) {
  const [now, sum] = samples[at] || [0, 0];
  const [then, before] = samples.slice(0, at + 1).find(([seconds]) => now - seconds <= RATE_SECONDS) || [0, 0];
  return now > then ? (sum - before) / (now - then) : 0;
}

function sample() {
  if (!isMining()) return;
  samples.push([performance.now() / 1000, hashes]);
  if (samples.length > SHOWN_SECONDS) samples.shift();
  draw();
}

function drawChart() {
  const rates = samples.map((_, i) => rate(i)).slice(1);
  const most = Math.max(1, ...rates);
  const points = rates.map((value, i) => `${(600 - (rates.length - 1 - i) * (600 / SHOWN_SECONDS)).toFixed(1)} ${(88 - 80 * (value / most)).toFixed(1)}`);
  const first = points.length ? points[0].split(" ")[0] : "600";
  byId("line").setAttribute("d", points.length ? `M${points.join("L")}` : "");
  byId("area").setAttribute("d", points.length ? `M${first} 89L${points.join("L")}L600 89Z` : "");
}

function draw() {
  const mining = isMining();
  const now = mining ? rate() : 0;
  const state = byId("state");
  put("state", mining ? "mining" : startedAt ? "stopped" : "not started");
  state.className = mining ? "state running" : "state";
  put("start", mining ? "Stop" : "Start");
  byId("start").classList.toggle("running", mining);
  for (const id of ["name", "cores", "token"]) byId(id).disabled = mining;
  if (mining) warn([...workers.values()].find((trouble) => trouble !== "") || "");
  document.title = mining && now > 0 ? `${si(now, "H/s")} · Mine in this browser` : "Mine in this browser";
  if (!startedAt) return;
  put("rate", mining && now === 0 ? "…" : si(now, "H/s"));
  put("kernel", kernel);
  put("hashes", si(hashes, ""));
  if (mining) put("elapsed", `in ${time(performance.now() / 1000 - startedAt)}`);
  put("height", work === null ? "–" : `block ${work.height}`);
  put("odds", work === null || now === 0 ? "" : `alone, ${time(work.odds / now)} on average`);
  put("accepted", String(accepted));
  put("late", late === 0 ? "" : `${late} came too late`);
  byId("chart-section").hidden = samples.length < 2;
  drawChart();
}

function coresText() {
  put("cores-text", `Processor cores: ${byId("cores").value} of ${cores}`);
}

byId("host").textContent = location.host;
byId("cores").max = cores;
byId("cores").value = Math.ceil(cores / 2);
coresText();
byId("cores").addEventListener("input", coresText);
byId("controls").addEventListener("submit", (event) => {
  event.preventDefault();
  if (isMining()) stop();
  else start();
});
try {
  byId("name").value = localStorage.getItem("miner") || "";
} catch {
  // No storage: the field is empty.
}
setInterval(sample, 1000);
