// Opens EPUBs in foliate-js and epub.js, both in one headless Chromium, and prints what each found.
//
//     node readers.mjs one.epub two.epub
//
// Every item of the spine is shown, every font of the pages is loaded. Printed is a list in JSON: for
// each file and reader the table of contents, the numbers of landmarks and printed pages, the items
// shown, the fonts loaded, and whatever went wrong.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import path from "node:path";

const modules = process.env.BANXIN_NODE_MODULES;
const { chromium } = createRequire(path.join(modules, "/"))("playwright-core");
/** Where the page believes to be; nothing of it is on a network. */
const ORIGIN = "http://book.example";
/** The scripts that a reader needs beside its own module. */
const PAGES = {
  foliate: "",
  epubjs:
    '<script src="/modules/jszip/dist/jszip.min.js"></script><script src="/modules/epubjs/dist/epub.min.js"></script>',
};
const TYPES = { ".js": "text/javascript", ".html": "text/html", ".css": "text/css" };

/** Answers what a page asks for: itself, modules, the book; nothing else is there. */
const answer = (file, route) => {
  const asked = decodeURIComponent(new URL(route.request().url()).pathname);
  const [, kind, ...rest] = asked.split("/");
  if (kind === "book.epub") return route.fulfill({ path: file });
  if (kind === "modules") {
    const contentType = TYPES[path.extname(asked)];
    return route.fulfill({ path: path.join(modules, ...rest), contentType });
  }
  const body = `<!DOCTYPE html><meta charset="utf-8">${PAGES[kind] ?? ""}<body style="margin:0"><div id="view"></div>`;
  return route.fulfill({ contentType: "text/html", body });
};

/** Loads every font that a page declares; the names of those that came. */
const loadFonts = `async (document) => {
  const loaded = [];
  for (const face of document.fonts) {
    await face.load();
    if (face.status === "loaded") loaded.push(face.family + " " + face.weight + " " + face.style);
  }
  return loaded;
}`;

/** What runs in the page of foliate-js. */
const inFoliate = async (loadFonts) => {
  await import("/modules/foliate-js/view.js");
  const blob = await (await fetch("/book.epub")).blob();
  const view = document.createElement("foliate-view");
  view.style.cssText = "position:fixed;inset:0";
  document.body.append(view);
  await view.open(new File([blob], "book.epub", { type: blob.type }));
  const { book, renderer } = view;
  const shown = [];
  const fonts = new Set();
  let frame = null;
  renderer.addEventListener("load", ({ detail }) => (frame = detail));
  for (const index of book.sections.keys()) {
    frame = null;
    await renderer.goTo({ index, anchor: 0 });
    if (frame?.index !== index) continue;
    for (const image of frame.doc.images) await image.decode();
    for (const font of await loadFonts(frame.doc)) fonts.add(font);
    if (frame.doc.body.querySelector("img") || frame.doc.body.innerText.trim()) {
      shown.push(book.sections[index].id.split("/").pop());
    }
  }
  const flat = (items, depth) =>
    (items ?? []).flatMap(({ label, subitems }) => [[depth, label], ...flat(subitems, depth + 1)]);
  return {
    toc: flat(book.toc, 1),
    landmarks: book.landmarks?.length ?? 0,
    pages: book.pageList?.length ?? 0,
    spine: book.sections.length,
    shown,
    fonts: [...fonts],
  };
};

/** What runs in the page of epub.js. */
const inEpubJs = async (loadFonts) => {
  const bytes = await (await fetch("/book.epub")).arrayBuffer();
  const book = ePub(bytes);
  await book.ready;
  const rendition = book.renderTo("view", { width: 800, height: 600, allowScriptedContent: false });
  const shown = [];
  const fonts = new Set();
  for (const { href } of book.spine.spineItems) {
    await rendition.display(href);
    const contents = rendition.getContents().find(({ sectionIndex }) => book.spine.get(href).index === sectionIndex);
    if (!contents) continue;
    for (const image of contents.document.images) await image.decode();
    for (const font of await loadFonts(contents.document)) fonts.add(font);
    if (contents.document.body.querySelector("img") || contents.document.body.innerText.trim()) {
      shown.push(href.split("/").pop());
    }
  }
  const flat = (items, depth) =>
    items.flatMap(({ label, subitems }) => [[depth, label.trim()], ...flat(subitems, depth + 1)]);
  return {
    toc: flat(book.navigation.toc, 1),
    landmarks: book.navigation.landmarks.length,
    pages: book.pageList.pageList?.length ?? 0,
    spine: book.spine.length,
    shown,
    fonts: [...fonts],
  };
};

const READERS = { foliate: inFoliate, epubjs: inEpubJs };

/** Opens a file in a reader. */
const open = async (browser, file, reader) => {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => faults.push(`not loaded: ${request.url()}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.route("**/*", (route) => answer(file, route));
  await page.goto(`${ORIGIN}/${reader}`);
  const found = await page.evaluate(`(${READERS[reader]})(${loadFonts})`);
  await page.close();
  return { file: path.basename(file), reader, faults, ...found };
};

const browser = await chromium.launch({
  executablePath: process.env.BANXIN_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const files = process.argv.slice(2);
const results = await Promise.all(
  Object.keys(READERS).map(async (reader) => {
    const found = [];
    for (const file of files) found.push(await open(browser, file, reader));
    return found;
  }),
);
await browser.close();
console.log(JSON.stringify(results.flat()));
