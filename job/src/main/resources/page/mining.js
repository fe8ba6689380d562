// The live page: fetches state/ every second and draws it. Text from blocks, pools and hosts is untrusted: it is added as
// text nodes, never as markup.
"use strict";

const REFRESH_MILLIS = 1000;
const AGAIN_MILLIS = 5000;
const SHOWN_SECONDS = 300;
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);
let state = null;
let lastAnswer = 0;

// --- number formats --------------------------------------------------------------------------------------------------

function si(value, unit) {
  const prefixes = ["", "k", "M", "G", "T", "P", "E"];
  let scaled = value;
  let prefix = 0;
  while (scaled >= 999.5 && prefix < prefixes.length - 1) {
    scaled /= 1000;
    prefix++;
  }
  const digits = prefix === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return (scaled.toFixed(digits) + " " + prefixes[prefix] + unit).trim();
}

function time(seconds) {
  const year = 365.25 * 86400;
  if (seconds === null || seconds === undefined || seconds > 1000 * year) return "ages";
  if (seconds >= year) return (seconds / year).toFixed(1) + " years";
  if (seconds < 10) return seconds.toFixed(1) + " s";
  const s = Math.round(seconds);
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " m " + (s % 60) + " s";
  if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor((s % 3600) / 60) + " m";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

const percent = (share) => (100 * share).toFixed(share < 0.001 && share > 0 ? 4 : 1) + " %";

const bytes = (count) => (count >= 1e9 ? (count / 2 ** 30).toFixed(2) + " GiB" : Math.round(count / 2 ** 20) + " MiB");

/** Groups the digits of a number that may have more of them than a double. */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");

// --- elements --------------------------------------------------------------------------------------------------------

function put(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

function shape(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** An SVG as wide as its container, in pixels, so that text keeps its size on a phone. */
function canvas(id, height, label) {
  const place = byId(id);
  const width = Math.max(220, place.clientWidth);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": label });
  place.replaceChildren(svg);
  return { svg, width, height };
}

/** Fills a table's body, changing only cells that differ, so that a selection stays. */
function fill(id, rows) {
  const body = byId(id);
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, i) => {
    const row = body.rows[i] || body.insertRow();
    while (row.cells.length > cells.length) row.deleteCell(-1);
    cells.forEach((cell, j) => {
      const td = row.cells[j] || row.insertCell();
      const { text, css = "", title = "" } = typeof cell === "string" ? { text: cell } : cell;
      if (td.textContent !== text) td.textContent = text;
      if (td.className !== css) td.className = css;
      if (td.title !== title) td.title = title;
    });
  });
}

const number = (text) => ({ text, css: "n" });

// --- charts ----------------------------------------------------------------------------------------------------------

/** The next round number, for the top of an axis. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= value * 0.9999);
}

const path = (points) => points.map(([x, y], i) => (i ? "L" : "M") + x.toFixed(1) + " " + y.toFixed(1)).join("");

/** Draws values of the last minutes, as an area below a line. */
function timeline(id, tall, what, unit, values, history, now) {
  const last = values.length ? values[values.length - 1] : 0;
  const { svg, width, height } = canvas(id, tall, `${what} over the last minutes, now ${si(last, unit)}`);
  const box = { left: 66, right: width - 8, top: 10, bottom: height - 22 };
  const top = roundUp(Math.max(1, ...values));
  const span = Math.min(SHOWN_SECONDS, Math.max(20, history.at.length ? now - history.at[0] : 0));
  const x = (at) => box.right - ((now - at) / span) * (box.right - box.left);
  const y = (value) => box.bottom - (value / top) * (box.bottom - box.top);
  for (let i = 0; i <= 4; i++) {
    const value = (top * i) / 4;
    svg.append(
      shape("line", { class: i ? "grid" : "axis", x1: box.left, x2: box.right, y1: y(value), y2: y(value) }),
      shape("text", { x: box.left - 8, y: y(value) + 4, "text-anchor": "end" }, si(value, unit)));
  }
  const step = [5, 10, 15, 30, 60].find((seconds) => span / seconds <= width / 80) || 60;
  for (let ago = 0; ago <= span; ago += step) {
    const text = ago === 0 ? "now" : ago % 60 === 0 ? `−${ago / 60} min` : `−${ago} s`;
    svg.append(shape("text", { x: x(now - ago), y: height - 5, "text-anchor": ago === 0 ? "end" : "middle" }, text));
  }
  const shown = history.at.map((at, i) => i).filter((i) => now - history.at[i] <= span);
  const line = (rates, css) =>
    svg.append(shape("path", { class: css, d: path(shown.map((i) => [x(history.at[i]), y(rates[i])])) }));
  if (shown.length > 0) {
    const total = path(shown.map((i) => [x(history.at[i]), y(values[i])]));
    const ends = [shown[shown.length - 1], shown[0]].map((i) => `L${x(history.at[i]).toFixed(1)} ${box.bottom}`);
    svg.append(shape("path", { class: "area", d: `${total}${ends.join("")}Z` }));
    line(values, "total");
  }
  return { shown, line };
}

function drawRate(history, now) {
  const lines = history.executors;
  const { shown, line } = timeline("rate-chart", 220, "Hash rate", "H/s", history.rate, history, now);
  if (lines.length > 1) {
    lines.forEach((one, i) => line(one.rate, `one s${(i + 1) % 8}`));
  }
  drawRateLegend(lines.length > 1 ? lines : []);
  drawRateTable(history, lines, shown);
}

function drawRateLegend(lines) {
  const names = ["all executors", ...lines.map((line) => line.name)];
  const legend = byId("rate-legend");
  if (legend.dataset.names === names.join("\n")) return;
  legend.dataset.names = names.join("\n");
  legend.replaceChildren(...names.map((name, i) => {
    const item = document.createElement("li");
    const key = document.createElement("i");
    key.className = `line s${i % 8}`;
    item.append(key, name);
    return item;
  }));
}

function drawRateTable(history, lines, shown) {
  const head = byId("rate-head");
  const names = ["Time", "All", ...lines.map((line) => line.name)];
  if (head.dataset.names !== names.join("\n")) {
    head.dataset.names = names.join("\n");
    const row = document.createElement("tr");
    row.append(...names.map((name) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = name;
      return cell;
    }));
    head.replaceChildren(row);
  }
  fill("rate-rows", shown.slice(-10).reverse().map((i) => [
    new Date(1000 * history.at[i]).toLocaleTimeString(),
    si(history.rate[i], "H/s"),
    ...lines.map((line) => si(line.rate[i], "H/s")),
  ]));
}

function drawChance(search) {
  const tried = search ? (search.hashes || 0) + (search.resumed_hashes || 0) : 0;
  const expected = search ? search.expected_hashes : 1;
  const done = tried / expected;
  const chance = (work) => 1 - Math.exp(-work);
  const label = `Probability of a solution so far: ${percent(chance(done))}, after ${done.toFixed(2)} times the expected work`;
  const { svg, width, height } = canvas("chance-chart", 220, label);
  const box = { left: 44, right: width - 12, top: 10, bottom: height - 22 };
  const most = Math.max(3, Math.ceil(done * 1.15));
  const x = (work) => box.left + (work / most) * (box.right - box.left);
  const y = (share) => box.bottom - share * (box.bottom - box.top);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    svg.append(
      shape("line", { class: share ? "grid" : "axis", x1: box.left, x2: box.right, y1: y(share), y2: y(share) }),
      shape("text", { x: box.left - 8, y: y(share) + 4, "text-anchor": "end" }, `${100 * share} %`));
  }
  const step = Math.ceil(most / 6);
  for (let work = step; work <= most; work += step) {
    svg.append(shape("text", { x: x(work), y: height - 5, "text-anchor": work === most ? "end" : "middle" },
      work === step ? `${work}× expected` : `${work}×`));
  }
  const points = (to) => Array.from({ length: 81 }, (_, i) => [x((to * i) / 80), y(chance((to * i) / 80))]);
  svg.append(shape("path", { class: "area", d: `${path(points(done))}L${x(done)} ${box.bottom}L${box.left} ${box.bottom}Z` }));
  svg.append(shape("path", { class: "total", d: path(points(most)) }));
  if (search) {
    const late = done > most / 2;
    svg.append(
      shape("circle", { class: "now", cx: x(done), cy: y(chance(done)), r: 6 }),
      shape("text", { class: "strong", x: x(done) + (late ? -10 : 12), y: y(chance(done)) + (late ? 20 : 5),
        "text-anchor": late ? "end" : "start" }, percent(chance(done))));
  }
  fill("chance-rows", [0.1, 0.5, 0.9, 0.95, 0.99].map((share) => {
    const work = -Math.log1p(-share) * expected;
    const rate = search && search.state === "running" ? search.rate : 0;
    return [percent(share), si(work, ""), rate > 0 ? time(work / rate) : "–"];
  }));
}

function drawCoins(coins, history, now) {
  timeline("coins-chart", 160, "Coins per minute", "", history.coins_per_minute, history, now);
  const running = coins.state === "running";
  const rate = running ? coins.recent_coins_per_minute : coins.coins_per_minute;
  const all = coins.miners.reduce((sum, miner) => sum + miner.coins + miner.earlier_coins, 0);
  const wanted = coins.wanted === null ? "" : ` of ${grouped(String(coins.wanted))} wanted`;
  put("coins-text", `${grouped(String(all))} coins${wanted}, ${si(rate, "")} per minute${running ? "" : " on average"}.`);
  byId("coins-text").dataset.exact = coins.coins;
  fill("miners", coins.miners.map((miner) => [
    miner.miner,
    number(grouped(String(miner.coins + miner.earlier_coins))),
    number(grouped(String(miner.coins))),
    number(miner.coins > 0 ? si(rate, "") : "–"),
  ]));
}

function drawStrip(search) {
  const strip = search && search.strip;
  const { svg, width, height } = canvas("strip-chart", 46, stripText(search));
  const top = 8;
  const bottom = height - 6;
  const cells = strip ? strip.tried.length : 1;
  const cell = width / cells;
  svg.append(shape("rect", { class: "cell open", x: 0, y: top, width, height: bottom - top, rx: 4 }));
  const parts = (shares, css, below) => shares.forEach((share, i) => {
    if (share > 0) {
      const full = bottom - top;
      const high = share * full;
      const under = below ? below[i] * full : 0;
      svg.append(shape("rect", { class: `cell ${css}`, x: (i * cell).toFixed(2), y: (bottom - under - high).toFixed(2),
        width: (cell + 0.3).toFixed(2), height: high.toFixed(2) }));
    }
  });
  if (strip) {
    parts(strip.tried, "tried");
    parts(strip.in_flight, "flying", strip.tried);
    if (search.position !== undefined) {
      const size = Number(BigInt(strip.to) - BigInt(strip.from));
      const x = (Number(BigInt(search.position) - BigInt(strip.from)) / size) * width;
      svg.append(shape("path", { class: "hit", d: `M${x} ${top - 2}V${bottom + 4}M${x - 5} 0H${x + 5}L${x} ${top}Z` }));
    }
  }
  put("strip-text", stripText(search));
}

function stripText(search) {
  if (!search || !search.strip) return "No keyspace yet.";
  const { from, to, tried } = search.strip;
  const mean = tried.reduce((sum, share) => sum + share, 0) / tried.length;
  const whole = to === search.keyspace_to ? "" : ` of ${grouped(search.keyspace_to)}`;
  const hit = search.position === undefined ? "" : `; found at ${grouped(search.position)}`;
  return `Positions ${grouped(from)} to ${grouped(to)}${whole}: ${percent(mean)} tried, `
    + `${search.ranges_in_flight} ranges in flight${hit}.`;
}

// --- the page --------------------------------------------------------------------------------------------------------

/** The running or last activity, a search or a count of coins; null before the first. */
function latest({ search, coins }) {
  return coins && (!search || Date.parse(coins.started_at) > Date.parse(search.started_at)) ? coins : search;
}

function drawHead(search) {
  put("title", search ? search.title.charAt(0).toUpperCase() + search.title.slice(1) : "No search yet");
  put("state", search ? search.state : "waiting");
  byId("state").className = `state ${search ? search.state : ""}`;
  document.title = search && search.recent_rate > 0 ? `${si(search.recent_rate, "H/s")} · ${search.title} · Mining` : "Mining";
  const found = byId("found");
  found.hidden = !search || search.hash === undefined;
  if (!found.hidden) put("found", `hash ${search.hash}  nonce ${grouped(search.nonce)}`);
}

function drawTiles(answer) {
  const { search, totals, blocks } = answer;
  if (latest(answer) !== search) {
    drawCoinTiles(answer.coins);
  } else {
    drawSearchTiles(search, totals);
  }
  byId("cost").hidden = totals.spent === undefined;
  if (totals.spent !== undefined) {
    put("spent", `${totals.spent.toPrecision(3)} ${totals.currency}`);
    put("max-cost", totals.max_cost === undefined ? "by executors so far" : `of at most ${totals.max_cost} ${totals.currency}`);
  }
  put("height", blocks.length ? `height ${blocks[0].height}` : "–");
  const finds = `${totals.finds} find${totals.finds === 1 ? "" : "s"}`;
  put("interval", answer.block_interval_seconds === null ? finds
    : `${finds}, interval ${time(answer.block_interval_seconds)}`);
}

function drawCoinTiles(coins) {
  const running = coins.state === "running";
  const before = coins.miners.reduce((sum, miner) => sum + miner.earlier_coins, 0);
  const left = coins.wanted === null ? null : Math.max(0, coins.wanted - before - coins.coins);
  put("rate", si(coins.recent_rate, "H/s"));
  put("rate-mean", `mean ${si(coins.rate, "H/s")}`);
  put("hashes", si(coins.hashes, ""));
  byId("hashes").dataset.exact = coins.hashes;
  put("expected", "1 in 16 is a coin");
  put("chance", "–");
  put("elapsed", `after ${time(coins.seconds)}`);
  put("left", running && left !== null && coins.coins_per_minute > 0 ? time((60 * left) / coins.coins_per_minute) : "–");
  put("left-95", "");
  put("flight", "–");
  put("waves", "");
}

function drawSearchTiles(search, totals) {
  const running = search && search.state === "running";
  if (search && search.hashes !== undefined) {
    put("rate", si(search.recent_rate, "H/s"));
    put("rate-mean", `mean ${si(search.rate, "H/s")}`);
    put("hashes", si(search.hashes + search.resumed_hashes, ""));
    byId("hashes").dataset.exact = search.hashes;
    put("expected", `of ${si(search.expected_hashes, "")} expected`);
    put("chance", percent(search.probability));
    put("elapsed", `after ${time(search.seconds)}`);
    put("left", running ? time(search.seconds_left_p50) : "–");
    put("left-95", running ? `95 %: ${time(search.seconds_left_p95)}` : "");
    put("flight", `${search.ranges_in_flight} range${search.ranges_in_flight === 1 ? "" : "s"}`);
    const stop = totals.last_stop_latency_seconds;
    put("waves", `wave ${search.waves}, ${search.slots} slots`
      + (stop === null ? "" : `, stop ${(1000 * stop).toFixed(0)} ms`));
  }
}

/** The kernel, and each device with its rate. */
function kernelCell(executor) {
  const devices = executor.devices.map((device) =>
    device.lost ? `${device.name}: lost` : `${device.name}: ${si(device.rate, "H/s")}`
      + (device.celsius === null ? "" : `, ${percent(device.utilization)} busy, ${device.celsius} °C`));
  return {
    text: [executor.kernel || "–", ...devices].join(", "),
    css: executor.devices.some((device) => device.lost) ? "bad" : "nowrap",
  };
}

function drawTables(answer) {
  fill("executors", answer.executors.map((executor) => [
    { text: executor.name, css: "nowrap" },
    kernelCell(executor),
    number(si(executor.rate, "H/s")),
    number(percent(executor.share)),
    number(si(executor.hashes, "")),
    number(executor.cpu_seconds === null ? "–" : time(executor.cpu_seconds)),
    number(executor.resident_bytes ? bytes(executor.resident_bytes) : "–"),
    { text: String(executor.faults), css: executor.faults > 0 ? "n bad" : "n" },
  ]));
  byId("no-blocks").hidden = answer.blocks.length > 0;
  byId("blocks-table").hidden = answer.blocks.length === 0;
  fill("blocks", answer.blocks.map((block) => [
    number(String(block.height)),
    { text: `${block.hash.slice(0, 20)}…`, css: "hash", title: block.hash },
    { text: block.text, css: "text" },
    number(grouped(block.nonce)),
    number(block.difficulty >= 100 ? si(block.difficulty, "") : block.difficulty.toPrecision(3)),
    block.miner,
    { text: new Date(block.mined_at).toLocaleString(), css: "nowrap" },
  ]));
}

function draw() {
  if (!state) return;
  const now = Date.parse(state.now) / 1000;
  const counts = latest(state) !== state.search;
  byId("charts").classList.toggle("single", counts);
  byId("chance-section").hidden = counts;
  byId("strip-section").hidden = counts;
  byId("coins-section").hidden = !state.coins;
  drawHead(latest(state));
  drawTiles(state);
  drawRate(state.history, now);
  if (!counts) {
    drawChance(state.search);
    drawStrip(state.search);
  }
  if (state.coins) drawCoins(state.coins, state.history, now);
  drawTables(state);
}

async function refresh() {
  let pause = REFRESH_MILLIS;
  if (!document.hidden) {
    try {
      const answer = await fetch("state/", { cache: "no-store" });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      state = await answer.json();
      lastAnswer = Date.now();
      byId("lost").hidden = true;
      draw();
    } catch (failure) {
      const when = lastAnswer ? ` This is its state at ${new Date(lastAnswer).toLocaleTimeString()}.` : "";
      put("lost", `The application does not answer.${when}`);
      byId("lost").hidden = false;
      pause = AGAIN_MILLIS;
    }
  }
  setTimeout(refresh, pause);
}

let resizing = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(draw);
});
refresh();
