// A milestone beside the chart. The address carries it (#m-…), so that a link opens it and "back" closes it.
const drawer = document.getElementById("drawer");
const chart = document.getElementById("chart");
const PREFIX = "#m-";
let opener = null;
let asked = "";

const address = (uid) => chart.dataset.milestone.replace("UID", encodeURIComponent(uid));

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function fill(...content) {
  const close = element("button", { type: "button", className: "icon-button close", textContent: "✕" });
  close.setAttribute("aria-label", drawer.dataset.close);
  close.addEventListener("click", leave);
  drawer.replaceChildren(close, ...content);
}

async function open(uid) {
  asked = uid;
  fill(element("p", { id: "drawer-title", className: "meta", textContent: drawer.dataset.waiting }));
  if (!drawer.open) {
    if (matchMedia("(max-width: 40rem)").matches) drawer.showModal();
    else drawer.show();
  }
  const page = address(uid);
  try {
    const answer = await fetch(page, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const article = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-milestone-body]");
    if (!article) throw new Error("no milestone in the answer");
    if (asked !== uid) return;
    const title = article.querySelector("h1");
    title.id = "drawer-title";
    title.tabIndex = -1;
    const link = element("a", { href: page });
    link.append(...title.childNodes);
    title.append(link);
    fill(document.importNode(article, true));
    drawer.scrollTop = 0;
    drawer.querySelector("h1").focus({ preventScroll: true });
  } catch {
    if (asked !== uid) return;
    const link = element("a", { href: page, textContent: page });
    fill(element("p", { id: "drawer-title", className: "notice bad", textContent: drawer.dataset.failed }), link);
    link.focus();
  }
}

function shut() {
  asked = "";
  if (drawer.open) drawer.close();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

function leave() {
  history.pushState(null, "", location.pathname + location.search);
  shut();
}

function follow() {
  if (location.hash.startsWith(PREFIX)) open(decodeURIComponent(location.hash.slice(PREFIX.length)));
  else shut();
}

function go(uid, from) {
  opener = from ?? chart;
  if (location.hash === PREFIX + uid) open(uid);
  else location.hash = PREFIX + uid;
}

if (drawer && chart) {
  document.addEventListener("milestone:open", (event) => go(event.detail.uid, null));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drawer]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.dataset.drawer, link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.open) {
      event.preventDefault();
      leave();
    }
  });
  addEventListener("hashchange", follow);
  if (location.hash.startsWith(PREFIX)) follow();
}
