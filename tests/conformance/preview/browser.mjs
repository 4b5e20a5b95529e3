// Uses the preview of a book as an editor does, and prints what is to be seen.
//
//     node browser.mjs address folder
//
// The folder is that of the book, which is edited meanwhile. `BANXIN_SCREENSHOTS` names a folder for
// pictures of the page.

import { createRequire } from "node:module";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const need = createRequire(path.join(process.env.BANXIN_NODE_MODULES, "/"));
const { chromium } = need("playwright-core");
const axe = await readFile(need.resolve("axe-core/axe.min.js"), "utf8");
const [address, folder] = process.argv.slice(2);
const pictures = process.env.BANXIN_SCREENSHOTS;
const chapter = path.join(folder, "preface.md");
const written = await readFile(chapter, "utf8");

const browser = await chromium.launch({
  executablePath: process.env.BANXIN_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(60_000);
const faults = [];
page.on("pageerror", (error) => faults.push(String(error)));
page.on("console", (said) => said.type() === "error" && faults.push(said.text()));
page.on("request", (request) => request.url().startsWith(address) || faults.push(request.url()));

const picture = async (name) => pictures && page.screenshot({ path: path.join(pictures, `${name}.png`) });
const state = (word) => page.waitForFunction((word) => document.getElementById("state").className === word, word);
const says = (text) => page.waitForFunction((text) => document.getElementById("pages").textContent.includes(text), text);
const seen = { faults };

await page.goto(address);
await state("whole");
const entries = page.locator("#contents a");
seen.contents = (await entries.count()) > 5;
await picture("cover");

// To the chapter by the contents; then an edit.
const first = written.match(/^# ([^{\n]+)/m)[1].trim();
await entries.filter({ hasText: first }).first().click();
const start = written.split("\n\n").find((paragraph) => paragraph.length > 30 && !/[[{#]/.test(paragraph)).slice(0, 12);
await says(start);
await picture("chapter");
const edited = `版心随改随排${start}`;
const before = Date.now();
await writeFile(chapter, written.replace(start, edited));
await says(edited);
seen.milliseconds = Date.now() - before;
await state("whole");

// An error, told beside the pages from before; then none.
await writeFile(chapter, `${written}\n![某图](pictures/none.svg)\n`);
await state("errors");
seen.finding = (await page.locator("#list .error .where").first().textContent()).match(/\[(.+)\]/)?.[1];
seen.keptPages = (await page.locator(".page").count()) > 10;
await picture("error");
await writeFile(chapter, written);
await state("whole");
seen.findingGone = (await page.locator("#list .error").count()) === 0;

// From a page to its source, by the mouse and by the keyboard.
const source = page.locator("#source");
await says(start);
const block = page.locator("a[data-path='preface.md']").filter({ hasText: start }).first();
await block.click();
await source.waitFor();
const here = page.locator("#lines .here .text");
seen.sourceByMouse = (await here.textContent()).startsWith(start);
await picture("source");
await page.locator("#close-source").click();
await block.focus();
await page.keyboard.press("Enter");
await source.waitFor();
seen.sourceByKeyboard = (await here.textContent()).startsWith(start);
await page.keyboard.press("Escape");
await source.waitFor({ state: "hidden" });
seen.backByEscape = await block.evaluate((link) => link === document.activeElement);

// The line moves while its source is shown, and is found again; so is the place on the page.
await page.keyboard.press("Enter");
await source.waitFor();
await writeFile(chapter, written.replace(start, `插在前面。\n\n${start}`));
await says("插在前面。");
await page.waitForFunction((start) => document.querySelector("#lines .here")?.textContent.startsWith(start), start);
await page.keyboard.press("Escape");
seen.focusStays = await page.evaluate(() => document.activeElement.closest(".page") !== null);
await writeFile(chapter, written);
await state("whole");
const shown = () => page.evaluate(() => document.activeElement.closest(".page")?.id);
const at = await shown();
await page.keyboard.press("ArrowRight");
seen.turned = (await shown()) !== at;

// The EPUB, without the mouse.
await page.locator("#show-epub").focus();
await page.keyboard.press("Enter");
await page.locator("#document").selectOption({ label: first });
const reader = page.frameLocator("#reader");
await reader.getByText(start).waitFor();
seen.epub = true;
await picture("epub");

// A link that leaves the book opens elsewhere, and the page goes on following.
await writeFile(chapter, `${written}\n[外面](https://example.org/)\n`);
const leave = reader.getByText("外面");
await leave.waitFor();
const [elsewhere] = await Promise.all([page.waitForEvent("popup"), leave.click()]);
await elsewhere.close();
await writeFile(chapter, written);
await leave.waitFor({ state: "detached" });
seen.linkLeaves = true;
await page.locator("#show-pages").click();
seen.placeIsKept = (await page.evaluate(() => document.getElementById("main").scrollTop)) > 500;

// Words that nobody put into Chinese.
const words = await page.evaluate(() => {
  const texts = [...document.querySelectorAll("button, label, h2, #state, option, .skip")].map((it) => it.textContent);
  const labels = [...document.querySelectorAll("header [aria-label]")].map((it) => it.getAttribute("aria-label"));
  return [...texts, ...labels].filter((text) => /[A-Za-z]{2}/.test(text) && !/EPUB|\.md/.test(text));
});
seen.english = words;

seen.windows = [];
for (const [width, colorScheme] of [[1400, "light"], [1400, "dark"], [390, "light"], [390, "dark"]]) {
  await page.setViewportSize({ width, height: 840 });
  await page.emulateMedia({ colorScheme });
  await page.reload();
  await state("whole");
  await page.waitForSelector(".page > svg");
  await picture(`window-${width}-${colorScheme}`);
  const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  // axe is run as the browser's own: the page lets no other script in.
  const { violations } = await page.evaluate(`${axe}; axe.run()`);
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
  seen.windows.push({ width, colorScheme, sticksOut, violations: said });
}
await browser.close();
console.log(JSON.stringify(seen));
