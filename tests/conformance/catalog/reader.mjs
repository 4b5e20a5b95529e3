// Reads the catalogue in a folder as reading programs and browsers do, and prints what each found.
//
//     node reader.mjs folder
//
// Printed is an object in JSON. `foliate`, `r2of1` and `r2of2` are lists of the publications that
// foliate-js reads from OPDS 1, and r2-opds-js from OPDS 1 and 2: the title, the addresses and types of
// what can be had, those of the images. `page` says for each width of the window whether something
// sticks out, how many pictures show, what axe finds, and what was asked of another server.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import path from "node:path";

const modules = process.env.BANXIN_NODE_MODULES;
const need = createRequire(path.join(modules, "/"));
const { chromium } = need("playwright-core");
const [folder] = process.argv.slice(2);
/** Where the page believes to be; nothing of it is on a network. */
const ORIGIN = "http://catalog.example";
const OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access";

/** A publication as r2-opds-js holds it. */
const told = ({ Metadata, Links, Images }) => ({
  title: Metadata.Title,
  identifier: Metadata.Identifier,
  authors: (Metadata.Author ?? []).map(({ Name }) => Name),
  language: Metadata.Language[0],
  series: (Metadata.BelongsTo?.Series ?? []).map(({ Name, Position }) => [Name, Position]),
  files: Links.filter(({ Rel }) => Rel.includes(OPEN_ACCESS)).map(({ Href, TypeLink }) => [Href, TypeLink]),
  images: Images.map(({ Href, TypeLink }) => [Href, TypeLink]),
});

const inReadium = async () => {
  const root = "r2-opds-js/dist/es8-es2017/src/opds";
  const { initGlobalConverters_OPDS, initGlobalConverters_GENERIC } = need(`${root}/init-globals`);
  const { convertOpds1ToOpds2 } = need(`${root}/converter`);
  const { OPDS } = need(`${root}/opds1/opds`);
  const { OPDSFeed } = need(`${root}/opds2/opds2`);
  const { XML } = need("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
  const { TaJsonDeserialize } = need("r2-lcp-js/dist/es8-es2017/src/serializable");
  const { DOMParser } = need("@xmldom/xmldom");
  initGlobalConverters_OPDS();
  initGlobalConverters_GENERIC();
  const text = (name) => readFile(path.join(folder, name), "utf8");
  const atom = new DOMParser().parseFromString(await text("opds.xml"), "application/xml");
  const of1 = convertOpds1ToOpds2(XML.deserialize(atom, OPDS));
  const of2 = TaJsonDeserialize(JSON.parse(await text("opds.json")), OPDSFeed);
  return { r2of1: of1.Publications.map(told), r2of2: of2.Publications.map(told) };
};

/** What runs in the page of foliate-js. */
const inFoliate = async (openAccess) => {
  const { getFeed, isOPDSCatalog } = await import("/modules/foliate-js/opds.js");
  const xml = await (await fetch("/opds.xml")).text();
  const feed = getFeed(new DOMParser().parseFromString(xml, "application/xml"));
  const self = feed.links.find(({ rel }) => rel.includes("self"));
  if (!isOPDSCatalog(self.type)) throw new Error(`no catalogue: ${self.type}`);
  return feed.publications.map(({ metadata, links, images }) => ({
    title: metadata.title,
    identifier: metadata.identifier,
    authors: metadata.author.map(({ name }) => name),
    language: metadata.language,
    files: links.filter(({ rel }) => rel.includes(openAccess)).map(({ href, type }) => [href, type]),
    images: images.map(({ href, type }) => [href, type]),
  }));
};

/** Answers with files of the folder and modules; nothing else is there. */
const answer = (route, elsewhere) => {
  const url = new URL(route.request().url());
  if (url.origin !== ORIGIN) {
    elsewhere.push(url.href);
    return route.abort();
  }
  const asked = decodeURIComponent(url.pathname);
  const [, kind, ...rest] = asked.split("/");
  if (kind === "modules") {
    return route.fulfill({ path: path.join(modules, ...rest), contentType: "text/javascript" });
  }
  if (kind === "blank") return route.fulfill({ contentType: "text/html", body: "<!DOCTYPE html><title>blank</title>" });
  return route.fulfill({ path: path.join(folder, asked) });
};

const browser = await chromium.launch({
  executablePath: process.env.BANXIN_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

const opened = async (address, options) => {
  const page = await browser.newPage(options);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => faults.push(`not loaded: ${request.url()}`));
  await page.route("**/*", (route) => answer(route, faults));
  await page.goto(`${ORIGIN}/${address}`);
  return { page, faults };
};

const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");

/** The page in a window of a width. */
const shown = async (width, colorScheme) => {
  const { page, faults } = await opened("index.html", { viewport: { width, height: 900 }, colorScheme });
  const found = await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = "eager";
    for (const image of images) await image.decode();
    return {
      sticksOut: document.documentElement.scrollWidth > innerWidth,
      scripts: document.scripts.length,
      links: [...document.links].map((link) => link.getAttribute("href")),
      images: images.length,
    };
  });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  await page.close();
  return { width, colorScheme, ...found, violations: said, faults };
};

const { page: blank, faults } = await opened("blank", {});
const foliate = await blank.evaluate(`(${inFoliate})(${JSON.stringify(OPEN_ACCESS)})`);
const page = [];
for (const width of [360, 800, 1400]) {
  for (const scheme of ["light", "dark"]) page.push(await shown(width, scheme));
}
await browser.close();
console.log(JSON.stringify({ foliate, faults, ...(await inReadium()), page }));
