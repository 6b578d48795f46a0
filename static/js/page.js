// The page stays and its content changes: by a filter, by "back", by an event from the live server.
//
// Every answer is the ordinary page at the ordinary address; what stands in [data-region] is exchanged.
const filters = document.querySelector("[data-filters]");
const head = document.getElementById("head");
const note = document.getElementById("live-note");
const POLL = 60_000;
let shown = location.pathname + location.search;
let newest = 0;

const revision = (root) => Number(root.querySelector("[data-revision]")?.dataset.revision ?? 0);

function exchange(page) {
  // An empty campaign has no chart; with its first milestone the page is another.
  if (!page.getElementById("data") !== !document.getElementById("data")) {
    location.reload();
    return;
  }
  const held = document.activeElement?.id;
  const unfolded = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
  for (const region of document.querySelectorAll("[data-region]")) {
    const fresh = page.getElementById(region.id);
    if (!fresh) continue;
    for (const [name, value] of Object.entries(fresh.dataset)) region.dataset[name] = value;
    region.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  }
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  document.title = page.title;
  ago();
  document.dispatchEvent(new CustomEvent("content:swapped"));
}

async function show(url, { push }) {
  const turn = ++newest;
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== newest) return;
    if (answer.status >= 500 || !page.getElementById("head")) throw new Error("not a timeline");
    if (push) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    exchange(page);
  } catch {
    if (turn === newest) location.assign(url);
  } finally {
    if (turn === newest) document.body.removeAttribute("aria-busy");
  }
}

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(filters)) {
    if (value && !(name === "group" && value === "departments")) query.append(name, value);
  }
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : "");
}

function listenToFilters() {
  let typing = 0;
  filters.addEventListener("change", (event) => {
    // A date is ready when both parts of the period are, so it waits for its button.
    if (event.target.type !== "date" && event.target.type !== "search") show(address(), { push: true });
  });
  filters.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => show(address(), { push: true }), 350);
  });
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    show(address(), { push: true });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      show(link.href, { push: true });
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, { push: false });
  });
}

async function renew() {
  await show(location.pathname + location.search, { push: false });
  note.textContent = note.dataset.changed;
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && revision(page) > revision(document)) await renew();
  } catch {
    // Away for a moment; the next look finds what was missed.
  }
}

function listenToEvents() {
  let polling = 0;
  const events = new EventSource(`${head.dataset.liveUrl}?revision=${revision(document)}`);
  events.addEventListener("open", () => {
    clearInterval(polling);
    polling = 0;
    document.body.dataset.live = "1";
  });
  events.addEventListener("revision", (event) => {
    if (Number(event.data) > revision(document)) renew();
  });
  events.addEventListener("error", () => {
    document.body.dataset.live = "0";
    polling ||= setInterval(look, POLL);
  });
}

function ago() {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60_000);
    const [amount, unit] =
      minutes > -90 ? [minutes, "minute"] : minutes > -36 * 60 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
    time.title ||= time.textContent;
    time.textContent = words.format(Math.round(amount), unit);
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard?.writeText(location.href);
  button.textContent = button.dataset.done;
});

if (filters) listenToFilters();
if (head?.dataset.liveUrl) listenToEvents();
ago();
setInterval(ago, 60_000);
