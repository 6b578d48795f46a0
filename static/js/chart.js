// The chart: draws the figure that the page carries, keeps its window, and says which mark was chosen.
//
//   page ─ #figure, #palettes (JSON) ─▶ Plotly in #plot          event out: "milestone:open" {uid}
//   "content:swapped" ─▶ the new figure in the same window       "themechange" ─▶ the same figure in other colours
const Plotly = window.Plotly;
const chart = document.getElementById("chart");
const plot = document.getElementById("plot");
const tip = document.getElementById("tip");
const MARKS = /^(launch|meeting|result|legal|publicity|regional|closing) /;
const DAY = 86_400_000;
const NARROW = matchMedia("(max-width: 48rem)");

const read = (id) => JSON.parse(document.getElementById(id).textContent);

function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

// Within a palette no two names share a value, so colours are exchanged value for value.
function recoloured(value, colours) {
  if (typeof value === "string") return colours.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => recoloured(part, colours));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, recoloured(part, colours)]));
}

function figure() {
  const palettes = read("palettes");
  const wanted = palettes[theme()];
  const colours = new Map(Object.entries(palettes.light).map(([name, value]) => [value, wanted[name]]));
  const drawn = recoloured(read("figure"), colours);
  // The lane names stand beside the chart as text, so the figure needs no room for its own.
  drawn.layout.margin = { ...drawn.layout.margin, l: 20, r: 20 };
  drawn.layout.yaxis.showticklabels = false;
  // Plotly's own labels set style attributes, which the policy forbids; the page shows the same words itself.
  for (const trace of drawn.data) if (trace.hoverinfo === "text") trace.hoverinfo = "none";
  drawn.layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "pan";
  return drawn;
}

const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

async function draw({ keepWindow }) {
  const { data, layout } = figure();
  const held = keepWindow && plot.layout?.xaxis?.range;
  if (held) layout.xaxis.range = [...held];
  await Plotly.react(plot, data, layout, CONFIG);
  shown();
}

const stamp = (text) => Date.parse(text.length > 10 ? `${text.replace(" ", "T")}Z` : text);
const windowNow = () => plot.layout.xaxis.range.map((edge) => stamp(String(edge)));
const day = (time) => new Date(time).toISOString().slice(0, 10);

function shown() {
  const [start, end] = windowNow();
  const focus = plot.layout.meta.focus.map(stamp);
  const days = new Map();
  for (const trace of plot.data) {
    if (MARKS.test(trace.name)) trace.customdata.forEach((uid, index) => days.set(uid, stamp(trace.x[index])));
  }
  const count = (name, test) => {
    const found = [...days.values()].filter(test).length;
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) place.textContent = found || "";
    return found;
  };
  const before = count("before", (day) => day < start);
  const after = count("after", (day) => day > end);
  document.querySelector('[data-zoom="earlier"]').disabled = !before;
  document.querySelector('[data-zoom="later"]').disabled = !after;
  // Names were dealt out for the window that the chart opens on; in a wider one they would overlap.
  const fits = end - start <= (focus[1] - focus[0] + 14 * DAY) * 1.15;
  const dealt = ["labels", "quiet", "one day"].map((name) => index(name)).filter((found) => found >= 0);
  // On a narrow page a sentence is wider than what is seen of the plot: the dashed lane says it there.
  const seen = (found) => fits && !(NARROW.matches && plot.data[found].name === "quiet");
  if (dealt.some((found) => (plot.data[found].visible ?? true) !== seen(found))) {
    Plotly.restyle(plot, { visible: dealt.map(seen) }, dealt);
  }
  namePhases(start, end);
}

const index = (name) => plot.data.findIndex((trace) => trace.name === name);

// The name of a phase stands at the left of what is seen of it, as much of it as there is room for.
function namePhases(start, end) {
  const found = index("phases");
  if (found < 0) return;
  const pixels = (plot._fullLayout?.xaxis?._length ?? 900) / (end - start);
  const x = [];
  const y = [];
  const text = [];
  for (const [from, to, row, title] of plot.layout.meta.phases) {
    const left = Math.max(stamp(from), start);
    const room = (Math.min(stamp(to), end) - left) * pixels - 12;
    if (room < 24) continue;
    x.push(day(left));
    y.push(28 * (row + 0.5));
    text.push(cut(title, room));
  }
  const held = plot.data[found];
  if (held.text.join() !== text.join() || held.x.join() !== x.join()) {
    Plotly.restyle(plot, { x: [x], y: [y], text: [text] }, [found]);
  }
}

const pen = document.createElement("canvas").getContext("2d");

function cut(words, room) {
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  if (pen.measureText(words).width <= room) return words;
  let kept = words;
  while (kept && pen.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1);
  return kept ? `${kept.trimEnd()}…` : "";
}

function move(kind) {
  const [start, end] = windowNow();
  const span = end - start;
  const { minallowed, maxallowed } = plot.layout.xaxis;
  const [first, last] = [minallowed, maxallowed].map((edge) => stamp(String(edge)));
  const focus = plot.layout.meta.focus.map(stamp);
  const to = {
    earlier: [start - span * 0.8, end - span * 0.8],
    later: [start + span * 0.8, end + span * 0.8],
    in: [start + span / 4, end - span / 4],
    out: [start - span / 2, end + span / 2],
    focus: [focus[0] - 6 * DAY, focus[1] + 6 * DAY],
    all: [first, last],
  }[kind];
  if (kind === "earlier" && to[0] < first) to.splice(0, 2, first, first + span);
  if (kind === "later" && to[1] > last) to.splice(0, 2, last - span, last);
  if (to[1] - to[0] < 10 * DAY) return;
  Plotly.relayout(plot, { "xaxis.range": [day(Math.max(to[0], first)), day(Math.min(to[1], last))] });
}

function tell({ points: [point], event }) {
  if (!point) return;
  const words = under(point);
  if (!words) return;
  // Made of <b>, <br> and escaped text by timeline/charts/gantt.py; a parsed document runs nothing.
  const parsed = new DOMParser().parseFromString(words, "text/html").body;
  tip.replaceChildren(...[...parsed.childNodes].map((node) => document.importNode(node, true)));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - width - 8);
  const above = event.clientY + height + 24 > innerHeight;
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = `${above ? event.clientY - height - 12 : event.clientY + 16}px`;
  plot.dataset.pointing = "1";
}

// A rival date often stands a day beside its mark; what is pointed at then is the mark.
function under(point) {
  const words = point.data.hovertext?.[point.pointNumber];
  if (point.data.name !== "rivals") return words;
  for (const trace of plot.data.filter(({ name }) => MARKS.test(name))) {
    const at = trace.customdata.findIndex((uid, i) => uid === point.customdata && trace.y[i] === point.y);
    if (at >= 0 && Math.abs(point.xaxis.d2p(trace.x[at]) - point.xaxis.d2p(point.x)) < 11) return trace.hovertext[at];
  }
  return words;
}

function hush() {
  tip.hidden = true;
  delete plot.dataset.pointing;
}

// On a narrow page the chart is wider than its box: whether some of it is still cut off at the right.
function fade() {
  chart.classList.toggle("has-more", chart.scrollLeft + chart.clientWidth < chart.scrollWidth - 8);
}

function listen() {
  let pending = 0;
  fade();
  chart.addEventListener("scroll", fade, { passive: true });
  addEventListener("resize", fade, { passive: true });
  plot.on("plotly_hover", tell);
  plot.on("plotly_unhover", hush);
  addEventListener("scroll", hush, { passive: true });
  plot.on("plotly_relayout", () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(shown);
  });
  plot.on("plotly_click", ({ points: [point] }) => {
    const uid = point?.customdata;
    if (!uid) return;
    hush();
    if (uid.startsWith("update:")) {
      location.assign(`${chart.dataset.updates}#update-${uid.slice(7)}`);
    } else {
      document.dispatchEvent(new CustomEvent("milestone:open", { detail: { uid } }));
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) move(button.dataset.zoom);
  });
  chart.addEventListener("keydown", (event) => {
    const kind = { ArrowLeft: "earlier", ArrowRight: "later", "+": "in", "-": "out", Home: "focus" }[event.key];
    if (event.target !== chart || !kind || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(kind);
  });
  document.addEventListener("themechange", () => draw({ keepWindow: true }));
  document.addEventListener("content:swapped", () => draw({ keepWindow: true }));
}

if (Plotly && plot) {
  const { data, layout } = figure();
  await Plotly.newPlot(plot, data, layout, CONFIG);
  document.getElementById("picture").classList.add("is-replaced");
  shown();
  listen();
  const settled = () => requestAnimationFrame(() => requestAnimationFrame(() => (chart.dataset.drawn = "1")));
  settled();
}
