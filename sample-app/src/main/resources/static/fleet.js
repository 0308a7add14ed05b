// Shows what the server tells by server-sent events. A "snapshot" comes first, also after the page was cut off itself;
// then "vitals" (one sample of one node), "status" (of the server and all nodes) and "event" (for the timeline).

import { SPAN, draw, scaleTop } from "./plot.js";

const LONGEST_TIMELINE = 200;
const MIB = 1024 ** 2;

const PLOTS = {
  cpu: {
    series: [
      { className: "machine", value: (sample) => percent(sample.vitals.machineCpu) },
      { className: "cpu", value: (sample) => percent(sample.vitals.processCpu), area: true },
    ],
    least: 5,
    unit: "%",
  },
  heap: {
    series: [
      { className: "committed", value: (sample) => sample.vitals.heapCommitted / MIB },
      { className: "heap", value: (sample) => sample.vitals.heapUsed / MIB, area: true },
    ],
    least: 16,
    unit: "MiB",
  },
};

// How the subscription to a node's vitals is: what it looks like, and what it is called.
const SUBSCRIPTIONS = {
  connecting: ["connecting", "subscribing"],
  established: ["connected", "live"],
  recovering: ["recovering", "recovering"],
  closed: ["closed", "closed"],
};

const OLD = 3_000; // a node speaks once a second
const TICK = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1_000 : 100;

const STARTED = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit", hour12: false };

const nodes = new Map(); // name -> { status, samples, outages, element }
let lastEvent = 0;
let clockSkew = 0; // what the server's clock is ahead of ours
let cursor = null; // where the pointer is in the plots: a time, or null
let cursorFraction = null;

const byId = (id) => document.getElementById(id);
const now = () => Date.now() + clockSkew;

// --- what the server tells -------------------------------------------------------------------------------------------

const source = new EventSource("api/stream");

source.addEventListener("open", () => showLink("live"));
source.addEventListener("error", () => showLink("cut"));

on("snapshot", (snapshot) => {
  clockSkew = snapshot.now - Date.now();
  nodes.clear();
  byId("nodes").replaceChildren();
  byId("timeline").replaceChildren();
  lastEvent = 0;
  for (const { status, samples } of snapshot.nodes) {
    nodes.set(status.name, { status, samples, outages: [], element: nodeElement(status.name) });
  }
  snapshot.events.forEach(addEvent);
  showServer(snapshot.server);
  showAll();
});

on("vitals", ({ node, sample }) => {
  const { samples } = nodes.get(node);
  if (sample.at <= samples.at(-1)?.at) {
    return; // the snapshot had it already
  }
  samples.push(sample);
  while (samples[0].at < now() - SPAN) {
    samples.shift();
  }
  showNode(nodes.get(node));
});

on("status", (status) => {
  clockSkew = status.now - Date.now();
  for (const node of status.nodes) {
    nodes.get(node.name).status = node;
  }
  showServer(status.server);
  showAll();
});

on("event", addEvent);

function on(type, handle) {
  source.addEventListener(type, (message) => handle(JSON.parse(message.data)));
}

// --- showing it ------------------------------------------------------------------------------------------------------

function showLink(state) {
  byId("link").dataset.link = state;
  byId("link").textContent = { live: "live", cut: "this page lost its server; what you see is old" }[state];
}

function showServer(server) {
  const panel = byId("server");
  const [state, word] = (server.port === null) ? ["lost", "not listening"]
    : server.accepting ? ["connected", `accepting on port ${server.port}`]
      : ["connecting", `dropping newcomers on port ${server.port}`];
  panel.dataset.state = state;
  text(panel, "state", word);
  text(panel, "counts", `· ${count(server.clients, "client")} now, ${number(server.maxClients)} at most`
    + ` · ${number(server.accepted)} accepted, ${number(server.dropped)} dropped so far`);
  const button = panel.querySelector("button");
  button.textContent = server.accepting ? "Pause accepting" : "Resume accepting";
  button.dataset.value = String(!server.accepting);
  button.disabled = server.port === null;
}

function showAll() {
  nodes.forEach(showNode);
  const states = [...nodes.values()].map(({ status }) => status.state);
  const parts = ["connected", "connecting", "lost", "closed"]
    .map((state) => [states.filter((other) => other === state).length, state])
    .filter(([many]) => many > 0)
    .map(([many, state]) => `${many} ${state}`);
  const summary = `${count(states.length, "node")}: ${parts.join(", ")}`;
  // Announced by screen readers, so touched only when it changes.
  if (byId("summary").textContent !== summary) {
    byId("summary").textContent = summary;
    document.title = `${parts.join(", ")} · Fleet vitals`;
  }
}

function showNode(node) {
  const { status, samples, outages, element } = node;
  element.dataset.state = status.state;
  text(element, "state", status.state);
  text(element, "error", status.error ?? "");
  element.querySelector("[data-field=error]").hidden = !status.error || status.state === "connected";

  const button = element.querySelector("button");
  const action = (status.state === "connected") ? "cut" : "retry";
  button.dataset.action = action;
  button.textContent = { cut: "Cut connection", retry: "Retry now" }[action];
  button.setAttribute("aria-label", `${button.textContent}: ${status.name}`);

  text(element, "info", status.info ? infoText(status.info) : "");
  element.querySelector(".foot").hidden = !status.info;
  for (const control of element.querySelector("form").elements) {
    control.disabled = status.state !== "connected";
  }

  const [looks, word] = SUBSCRIPTIONS[status.vitals.state];
  element.classList.toggle("live", looks === "connected");
  element.querySelector(".subscription").dataset.state = looks;
  text(element, "subscription", word);
  showTimes(node);

  const shown = (cursor === null) ? samples.at(-1) : nearest(samples, cursor);
  element.querySelector(".body").hidden = shown === undefined;
  if (shown !== undefined) {
    showVitals(element, shown, samples);
    for (const [name, plot] of Object.entries(PLOTS)) {
      showPlot(element.querySelector(`[data-plot=${name}]`), plot, samples, outages, status);
    }
  }
}

/** What changes while nothing happens: the server tells when, and here it is counted on. */
function showTimes({ status, samples, element }) {
  text(element, "since", sentence(status));
  text(element, "subscriptionSince", subscriptionSentence(status));
  const last = Math.max(status.vitals.lastUpdate ?? 0, samples.at(-1)?.at ?? 0);
  const age = Math.max(0, now() - last);
  text(element, "age", (last === 0) ? "no data yet" : `data ${ageText(age)} old`);
  const old = last !== 0 && age >= OLD;
  element.querySelector(".age").classList.toggle("old", old);
  element.classList.toggle("stale", cursor === null && (old || status.vitals.state !== "established"));
}

setInterval(() => nodes.forEach(showTimes), TICK);

/** Why there are no vitals, and since when. */
function subscriptionSentence({ state, vitals }) {
  if (vitals.state === "established" || vitals.state === "closed") {
    return "";
  }
  const why = (state === "connected") ? vitals.error : "no connection";
  return `for ${duration(now() - vitals.since)}${why ? `, ${why}` : ""}`;
}

function ageText(millis) {
  return (millis < 10_000) ? `${(Math.floor(millis / 100) / 10).toFixed(1)} s` : duration(millis);
}

function sentence({ state, since, failures, nextAttempt }) {
  const age = duration(now() - since);
  if (state === "connected") {
    return `for ${age}`;
  }
  const next = (nextAttempt === null) ? "trying" : `next in ${Math.max(0, (nextAttempt - now()) / 1000).toFixed(1)} s`;
  return `for ${age}${(failures > 0) ? ` · ${count(failures, "failed attempt")}` : ""} · ${next}`;
}

function infoText(info) {
  return `${info.name} · Java ${info.java} · ${info.system} · ${count(info.processors, "processor")}`
    + ` · started ${new Date(info.started).toLocaleString("en", STARTED)}`;
}

function showVitals(element, sample, samples) {
  const show = (field, value) => text(element, field, value(sample.vitals));
  show("cpu", (it) => percentText(it.processCpu));
  show("cpuOf", (it) => `machine ${percentText(it.machineCpu)}`);
  show("heap", (it) => mib(it.heapUsed));
  show("heapOf", (it) => `of ${mib(it.heapCommitted)}, max ${mib(it.heapMax)}`);
  show("threads", (it) => number(it.threads));
  show("gc", (it) => `${number(it.gcCount)} × · ${gcShare(sample, samples)}`);
  show("load", (it) => it.load?.toFixed(2) ?? "unknown");
  show("uptime", (it) => duration(it.uptimeMillis));
  show("pid", (it) => String(it.pid));
}

/** The share of the last seconds that went into collecting garbage. */
function gcShare(sample, samples) {
  const before = samples[Math.max(0, samples.indexOf(sample) - 10)];
  const elapsed = sample.vitals.uptimeMillis - before.vitals.uptimeMillis;
  if (elapsed <= 0 || before.vitals.pid !== sample.vitals.pid) {
    return "0 %";
  }
  return percentText((sample.vitals.gcMillis - before.vitals.gcMillis) / elapsed);
}

function showPlot(figure, { series, least, unit }, samples, outages, status) {
  const values = series.flatMap(({ value }) => samples.map(value));
  const top = scaleTop(Math.max(least, ...values), least);
  const svg = figure.querySelector("svg");
  figure.dataset.top = `${number(top)} ${unit}`;
  svg.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent.trim()}, last two minutes`
    + `, ${count(outages.length, "outage")}, now ${status.state}`);
  draw(svg, { now: now(), samples, outages, series, top, cursor });
}

function addEvent(event) {
  if (event.id <= lastEvent) {
    return; // the snapshot had it already
  }
  lastEvent = event.id;
  const node = nodes.get(event.name);
  const outages = node?.outages;
  if (event.kind === "subscription_lost") {
    outages?.push({ from: event.at, to: null });
  }
  else if (event.kind === "subscription_recovered" && outages?.at(-1)?.to === null) {
    outages.at(-1).to = event.at;
  }
  const item = document.createElement("li");
  item.dataset.kind = event.kind;
  const time = document.createElement("time");
  time.dateTime = new Date(event.at).toISOString();
  time.textContent = clock(event.at);
  const name = document.createElement("b");
  name.textContent = event.name;
  const what = document.createElement("p");
  what.textContent = event.text;
  item.append(name, time, what);
  byId("timeline").prepend(item);
  while (byId("timeline").childElementCount > LONGEST_TIMELINE) {
    byId("timeline").lastElementChild.remove();
  }
}

function nodeElement(name) {
  const element = byId("node").content.firstElementChild.cloneNode(true);
  element.dataset.node = name;
  text(element, "name", name);
  element.querySelector("input").setAttribute("aria-label", `A line for the log of ${name}`);
  byId("nodes").append(element);
  return element;
}

function text(parent, field, value) {
  const element = parent.querySelector(`[data-field=${field}]`);
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

// --- what the user does ----------------------------------------------------------------------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-action]");
  if (button) {
    const { action, value } = button.dataset;
    post(action, (action === "accepting") ? { value } : { node: nodeOf(button) });
  }
});

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (await post("log", { node: nodeOf(form), text: form.elements.text.value })) {
    form.reset();
  }
});

function nodeOf(element) {
  return element.closest("[data-node]").dataset.node;
}

/** Whether the server did it. */
async function post(action, parameters) {
  try {
    const response = await fetch(`api/${action}`, { method: "POST", body: new URLSearchParams(parameters) });
    showProblem(response.ok ? "" : (await response.json()).detail);
    return response.ok;
  }
  catch (error) {
    showProblem(`This page cannot reach its server: ${error.message}`);
    return false;
  }
}

function showProblem(message) {
  byId("problem").textContent = message;
  byId("problem").hidden = !message;
}

// A pointer over one plot shows the same moment in all of them.
byId("nodes").addEventListener("pointermove", ({ target, clientX }) => {
  const svg = target.closest("figure")?.querySelector("svg");
  const box = svg?.getBoundingClientRect();
  moveCursor(box ? (clientX - box.left) / box.width : null);
});
byId("nodes").addEventListener("pointerleave", () => moveCursor(null));

function moveCursor(fraction) {
  const inside = fraction !== null && fraction >= 0 && fraction <= 1;
  if (inside || cursorFraction !== null) {
    cursorFraction = inside ? fraction : null;
    cursor = inside ? now() - SPAN * (1 - fraction) : null;
    nodes.forEach(showNode);
  }
}

function nearest(samples, at) {
  return samples.reduce((best, sample) => Math.abs(sample.at - at) < Math.abs((best?.at ?? Infinity) - at)
    ? sample : best, undefined);
}

// --- numbers for people ----------------------------------------------------------------------------------------------

function percent(share) {
  return (share === null) ? null : share * 100;
}

function percentText(share) {
  return (share === null) ? "unknown" : `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

function mib(bytes) {
  return (bytes === null) ? "unknown" : `${number(Math.round(bytes / MIB))} MiB`;
}

function number(value) {
  return value.toLocaleString("en");
}

function count(many, noun) {
  return `${number(many)} ${noun}${many === 1 ? "" : "s"}`;
}

function clock(at) {
  return new Date(at).toLocaleTimeString("en", { hour12: false });
}

function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const units = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first === -1) {
    return "0 s";
  }
  return units.slice(first, first + 2)
    .map(([unit, size], i) => [Math.floor((i === 0) ? seconds / size : (seconds % units[first][1]) / size), unit])
    .filter(([many], i) => i === 0 || many > 0)
    .map(([many, unit]) => `${many} ${unit}`)
    .join(" ");
}
