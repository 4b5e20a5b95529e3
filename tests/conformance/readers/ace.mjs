// Runs Ace by DAISY on EPUBs and prints, for each, its outcome and what it asserts.
//
//     node ace.mjs one.epub two.epub
//
// Ace's own command ends well whatever it finds; the outcome stands in its report.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

process.env.PUPPETEER_EXECUTABLE_PATH ??= process.env.BANXIN_CHROMIUM ?? "/usr/bin/chromium";
process.env.ACE_TIMEOUT_INITIAL ??= "120000";
const require = createRequire(path.join(process.env.BANXIN_NODE_MODULES, "/"));
const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");

for (const file of process.argv.slice(2)) {
  const outdir = mkdtempSync(path.join(tmpdir(), "ace-"));
  await ace(file, { cwd: process.cwd(), outdir, lang: "en", verbose: false, silent: true, initLogger: true }, runner);
  const report = JSON.parse(readFileSync(path.join(outdir, "report.json"), "utf8"));
  rmSync(outdir, { recursive: true });
  const outcome = report["earl:result"]["earl:outcome"];
  console.log(`${path.basename(file)}: ${outcome}, ${report.assertions.length} documents`);
  for (const { assertions = [], ["earl:testSubject"]: subject } of report.assertions) {
    for (const { ["earl:test"]: test, ["earl:result"]: result } of assertions) {
      console.log(`  ${subject.url}: ${test["dct:title"]}: ${result["dct:description"]}`);
    }
  }
}
process.exit(0);
