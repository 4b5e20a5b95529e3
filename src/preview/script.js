// The page follows the book: it asks for what is newer than it has, and fetches the sides that it shows.

const byId = (id) => document.getElementById(id);
const words = document.body.dataset;
const main = byId("main");
const narrow = matchMedia("(max-width: 900px)");
/** What the program told last. */
let now = { version: 0, findings: [], book: null, epub: null };
/** The source that is shown: its path and line. */
let open = null;

/** An element with attributes and children. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Words in which what stands in backticks is code. */
function rich(text) {
  return text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

// Sides

/** The sides that face each other: the first page is a recto, and covers stand alone. */
function spreads({ sides, back }) {
  const last = back ? sides.length - 1 : sides.length;
  const groups = [[{ side: 0, place: "alone" }], [{ side: 1, place: "recto" }]];
  for (let side = 2; side < last; side += 2) {
    const group = [{ side, place: "verso" }];
    if (side + 1 < last) group.push({ side: side + 1, place: "recto" });
    groups.push(group);
  }
  if (back) groups.push([{ side: last, place: "alone" }]);
  return groups.map((group) => group.filter(({ side }) => side < sides.length)).filter((group) => group.length);
}

/** Fetches sides that come near the window, and lets go of those that are far. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) fill(target);
      else if (!target.contains(document.activeElement)) empty(target);
    }
  },
  { rootMargin: "150% 0px", scrollMargin: "150% 0px" },
);

async function fill(page) {
  const side = now.book?.sides[page.dataset.side];
  if (!side || page.dataset.shown === side.stamp) return;
  const before = page.dataset.shown;
  const wanted = side.stamp;
  page.dataset.shown = wanted;
  const answer = await fetch(`page/${page.dataset.side}?${wanted}`).catch(() => null);
  // Another change may have come meanwhile.
  if (page.dataset.shown !== wanted) return;
  if (!answer?.ok) {
    delete page.dataset.shown;
    return;
  }
  const focused = page.contains(document.activeElement) && document.activeElement.closest("[data-block]")?.dataset.block;
  empty(page);
  page.dataset.shown = wanted;
  page.insertAdjacentHTML("afterbegin", await answer.text());
  mark(page);
  if (focused) page.querySelector(`[data-block="${focused}"] a`)?.focus({ preventScroll: true });
  page.classList.toggle("changed", Boolean(before));
}

function empty(page) {
  delete page.dataset.shown;
  page.querySelectorAll(":scope > svg, :scope > .block").forEach((child) => child.remove());
}

/** Marks the blocks of a side that something was found in. */
function mark(page) {
  page.querySelectorAll(".block").forEach((block) => block.classList.remove("error", "warning"));
  for (const { shown, severity } of now.findings) {
    if (!shown || String(shown[0]) !== page.dataset.side) continue;
    page.querySelector(`[data-block="${shown[1]}"]`)?.classList.add(severity);
  }
}

function name(side) {
  return now.book.sides[side].label ?? words.cover;
}

function showSides(book) {
  // A book without pages is an EPUB alone.
  byId("show-pages").hidden = !book.paged;
  if (!book.paged && byId("epub").hidden) view("epub");
  const root = document.documentElement;
  root.style.setProperty("--ratio", book.ratio);
  root.style.setProperty("--direction", book.direction);
  const pages = [...document.querySelectorAll(".page")];
  if (pages.length === book.sides.length && byId("pages").dataset.back === String(book.back)) {
    pages.forEach((page) => {
      label(page);
      if (page.dataset.shown) fill(page);
    });
    return;
  }
  const at = current();
  const top = byId(`side-${at}`)?.getBoundingClientRect().top;
  const focus = place(document.activeElement);
  near.disconnect();
  byId("pages").dataset.back = book.back;
  byId("pages").replaceChildren(...spreads(book).map((group) => make("div", { class: "spread" }, ...group.map(frame))));
  document.querySelectorAll(".page").forEach((page) => near.observe(page));
  const there = byId(`side-${Math.min(at, book.sides.length - 1)}`);
  if (at > 0) scroller().scrollBy(0, there.getBoundingClientRect().top - top);
  if (focus.side) restore(focus);
}

/** What scrolls: the pages, or on a narrow window all of it. */
const scroller = () => (narrow.matches ? window : main);

/** Where an element stands: its side and block, and the element itself. */
function place(element) {
  const side = element.closest(".page")?.dataset.side;
  return { element, side, block: element.closest("[data-block]")?.dataset.block };
}

/** Puts the focus back to where it was, or near by where that is gone. */
async function restore({ element, side, block }) {
  const page = side && byId(`side-${side}`);
  if (page && !element.isConnected) await fill(page);
  const instead = page?.querySelector(`[data-block="${block}"] a`) ?? page ?? main;
  (element.isConnected ? element : instead).focus({ preventScroll: true });
}

function frame({ side, place }) {
  const attributes = { class: `page ${place}`, id: `side-${side}`, "data-side": side, tabindex: "-1", lang: now.book.language };
  const page = make("article", attributes, make("p", { class: "label", "aria-hidden": "true" }));
  label(page);
  return page;
}

function label(page) {
  const text = name(page.dataset.side);
  page.setAttribute("aria-label", text);
  page.querySelector(".label").textContent = text;
}

/** The side in the upper part of the window. */
function current() {
  const edge = main.getBoundingClientRect();
  const top = narrow.matches ? byId("state").getBoundingClientRect().bottom : edge.top;
  const shown = [...document.querySelectorAll(".page")].find((page) => page.getBoundingClientRect().bottom > top + 80);
  return shown ? Number(shown.dataset.side) : 0;
}

function goTo(side, focus = true) {
  view("pages");
  const page = byId(`side-${side}`);
  if (!page) return;
  page.scrollIntoView({ block: "start" });
  if (narrow.matches) scrollBy(0, -document.querySelector("header").offsetHeight - 8);
  if (focus) page.focus({ preventScroll: true });
}

/** To the spread before or after this one. */
function turn(step) {
  const all = [...document.querySelectorAll(narrow.matches ? ".page" : ".spread")];
  // The last spread may never come to the top of the window: where it has the focus, that counts.
  const focused = document.activeElement.closest(".page");
  const { top, bottom } = focused?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  const here = bottom > 0 && top < innerHeight && focused ? focused : byId(`side-${current()}`);
  const at = all.findIndex((it) => it === here || it.contains(here));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  const page = next?.matches(".page") ? next : next?.querySelector(".page");
  if (page) goTo(Number(page.dataset.side));
}

// Contents

function showContents(book) {
  const entries = book.paged ? book.contents : [];
  const links = entries.map(({ level, title, side }) => {
    const link = make("a", { href: `#side-${side}`, lang: book.language }, title);
    link.style.setProperty("--level", level);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(side);
      if (narrow.matches) toggle("contents", false);
    });
    return link;
  });
  byId("contents").replaceChildren(...links);
}

// Findings

function finding(it) {
  const where = it.place ? `${it.path}:${it.place.line}:${it.place.column}` : it.path ?? "";
  const severity = make("span", { class: "severity" }, words[it.severity]);
  const item = make("li", { class: `finding ${it.severity}` }, make("p", {}, severity, " ", ...rich(it.message)));
  if (where) item.append(make("p", { class: "where" }, `${where} [${it.code}]`));
  else item.append(make("p", { class: "where" }, `[${it.code}]`));
  if (it.place) {
    const { before, marked, after } = it.place;
    item.append(make("pre", {}, before, make("mark", {}, marked || "\u00a0"), after));
  }
  it.hints.forEach((hint) => item.append(make("p", { class: "hint" }, "→ ", ...rich(hint))));
  const tools = make("p", { class: "tools" });
  if (it.shown) {
    const button = make("button", { type: "button" }, words.toPage);
    button.addEventListener("click", () => showBlock(...it.shown));
    tools.append(button);
  }
  if (it.place) {
    const button = make("button", { type: "button" }, words.toSource);
    button.addEventListener("click", () => showSource(it.path, it.place.line, place(button)));
    tools.append(button);
  }
  if (tools.children.length) item.append(tools);
  return item;
}

function showFindings(findings) {
  const items = findings.map(finding);
  byId("list").replaceChildren(...(items.length ? items : [make("li", {}, words.none)]));
  byId("count").textContent = findings.length || "";
  document.querySelectorAll(".page").forEach(mark);
}

async function showBlock(side, block) {
  goTo(side);
  await fill(byId(`side-${side}`));
  byId(`side-${side}`).querySelector(`[data-block="${block}"] a`)?.focus();
}

// Source

/** Counts what was asked of the source: an answer that comes late is none. */
let asked = 0;

/** Shows a line of a source; `from` is where the focus goes back to. */
async function showSource(path, line, from) {
  const rows = await source(path);
  if (!rows) return;
  open = { path, line, text: rows[line - 1], from };
  drawSource(rows);
  byId("source").focus({ preventScroll: !narrow.matches });
  byId("lines").children[line - 1]?.scrollIntoView({ block: "center" });
}

/** Shows the source anew after an edit; the line that was shown may have moved. */
async function renewSource() {
  const rows = await source(open.path);
  if (!rows) return;
  const distance = (row) => Math.abs(row - open.line + 1);
  const same = rows.map((text, row) => (text === open.text ? row : -1)).filter((row) => row >= 0);
  const nearest = same.sort((one, other) => distance(one) - distance(other))[0];
  if (nearest !== undefined) open.line = nearest + 1;
  drawSource(rows);
}

/** The lines of a source; nothing where another one was asked for meanwhile. */
async function source(path) {
  const mine = ++asked;
  const answer = await fetch(`source/${path.split("/").map(encodeURIComponent).join("/")}`).catch(() => null);
  const text = answer?.ok ? await answer.text() : null;
  return mine === asked ? text?.replace(/\n$/, "").split("\n") : null;
}

function drawSource(rows) {
  const { path, line } = open;
  const found = now.findings.filter((it) => it.path === path && it.place);
  const lines = rows.map((text, index) => {
    const row = make("li", {}, make("div", { class: "text" }, text));
    const said = found.filter((it) => it.place.line === index + 1);
    said.forEach((it) => row.append(make("p", { class: `finding ${it.severity}` }, ...rich(it.message))));
    if (index + 1 === line) {
      row.className = "here";
      row.setAttribute("aria-current", "location");
    }
    return row;
  });
  byId("lines").replaceChildren(...lines);
  byId("source-title").textContent = `${path}:${line}`;
  byId("source").hidden = false;
}

function closeSource() {
  asked += 1;
  const { from } = open;
  open = null;
  byId("source").hidden = true;
  restore(from);
}

byId("pages").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-path]");
  if (!link) return;
  event.preventDefault();
  showSource(link.dataset.path, Number(link.dataset.line), place(link));
});

// EPUB

function showEpub(epub) {
  const reader = byId("reader");
  byId("no-epub").hidden = Boolean(epub);
  reader.hidden = !epub;
  if (!epub || reader.dataset.stamp === epub.stamp) return;
  const chosen = byId("document").value;
  const options = epub.documents.map(({ path, title }) => make("option", { value: path }, title || path));
  byId("document").replaceChildren(...options);
  if (epub.documents.some(({ path }) => path === chosen)) byId("document").value = chosen;
  reader.dataset.stamp = epub.stamp;
  if (!byId("epub").hidden) read();
}

/** Shows the document that is chosen, where it stood before if it was shown already. */
function read() {
  const reader = byId("reader");
  const path = byId("document").value;
  if (!path) return;
  scrolled = reader.dataset.path === path ? (reader.contentDocument?.scrollingElement?.scrollTop ?? 0) : 0;
  reader.dataset.path = path;
  reader.src = `epub/${path.split("/").map(encodeURIComponent).join("/")}?${reader.dataset.stamp}`;
}

/** How far the next document is scrolled. */
let scrolled = 0;

byId("reader").addEventListener("load", ({ target }) => {
  // Nothing can be seen of what is none of ours.
  const inside = target.contentDocument;
  const path = decodeURIComponent(inside?.location.pathname.split("/epub/")[1] ?? "");
  if (!path) return;
  inside.scrollingElement?.scrollTo(0, scrolled);
  scrolled = 0;
  // A link in the document leads here too.
  byId("document").value = path;
  target.dataset.path = path;
  inside.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const to = link && new URL(link.getAttribute("href"), inside.baseURI);
    if (!to || to.href.startsWith(new URL("epub/", location).href)) return;
    event.preventDefault();
    window.open(to.href, "_blank", "noopener");
  });
});

byId("document").addEventListener("change", read);
byId("width").addEventListener("change", (event) => {
  byId("reader").style.width = event.target.value ? `${event.target.value}px` : "100%";
});

// The window

/** Where the pages stood before the EPUB was shown. */
let stood = 0;

function view(which) {
  const epub = which === "epub";
  const before = byId("pages").hidden;
  if (epub && !before) stood = narrow.matches ? scrollY : main.scrollTop;
  byId("epub").hidden = !epub;
  byId("pages").hidden = epub;
  byId("show-epub").setAttribute("aria-pressed", epub);
  byId("show-pages").setAttribute("aria-pressed", !epub);
  document.querySelector(".page-tools").hidden = epub;
  if (epub) read();
  else if (before) scroller().scrollTo(0, stood);
}

function toggle(id, shown = byId(id).hidden) {
  byId(id).hidden = !shown;
  byId(`show-${id}`).setAttribute("aria-expanded", shown);
}

function zoom(step) {
  const root = document.documentElement.style;
  const zoomed = Number(root.getPropertyValue("--zoom") || 1) * step;
  root.setProperty("--zoom", Math.min(Math.max(zoomed, 0.5), 4).toFixed(3));
}

byId("show-pages").addEventListener("click", () => view("pages"));
byId("show-epub").addEventListener("click", () => view("epub"));
byId("show-contents").addEventListener("click", () => toggle("contents"));
byId("show-findings").addEventListener("click", () => toggle("findings"));
byId("previous").addEventListener("click", () => turn(-1));
byId("next").addEventListener("click", () => turn(1));
byId("smaller").addEventListener("click", () => zoom(1 / 1.2));
byId("larger").addEventListener("click", () => zoom(1.2));
byId("close-source").addEventListener("click", closeSource);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) closeSource();
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, input")) return;
  // A page wider than the window is moved by the same keys.
  const moves = main.scrollWidth > main.clientWidth || event.target.closest("aside, nav");
  if (byId("pages").hidden || moves) return;
  if (event.key === "ArrowLeft") turn(now.book?.direction === "rtl" ? 1 : -1);
  if (event.key === "ArrowRight") turn(now.book?.direction === "rtl" ? -1 : 1);
});
if (narrow.matches) {
  toggle("contents", false);
  toggle("findings", false);
}

/** Takes over what the program tells. */
function follow(news) {
  now = news;
  const state = byId("state");
  state.textContent = words[news.state === "errors" && !news.book ? "empty" : news.state];
  state.className = news.state;
  if (news.book) {
    document.title = byId("title").textContent = news.book.title;
    byId("title").lang = news.book.language;
    showSides(news.book);
    showContents(news.book);
  }
  showFindings(news.findings);
  showEpub(news.epub);
  if (open) renewSource();
}

/** News, as soon as there are any; none where the program has ended or nothing has changed for long. */
async function news() {
  try {
    const answer = await fetch(`state?after=${now.version}`);
    if (answer.status === 204) return null;
    if (answer.ok) return await answer.json();
  } catch {
    // That nothing answers is told below.
  }
  byId("state").textContent = words.gone;
  await new Promise((done) => setTimeout(done, 1000));
  return null;
}

for (;;) {
  const told = await news();
  try {
    if (told) follow(told);
  } catch (fault) {
    // What went wrong with one piece of news is no reason to hear of no other.
    reportError(fault);
  }
}
