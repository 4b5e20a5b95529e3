// Writes `order.txt`: the terms of its first case in the order of another ICU, that of Node.
//
//     node tests/cases/script/order.mjs
//
// A term whose reading is given, `重庆 = chong qing`, is sorted there by hanzi that sound the same and
// have one reading: `虫庆`.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("order.txt", import.meta.url);
const input = readFileSync(file, "utf8").split("\n---\n")[0].split("\n").slice(1);

// The hanzi that stands for another in a reading.
const sounds = {
  重庆: "虫庆", 长江: "常江", 行业: "航业", 乐谱: "月谱", 曾国藩: "增国藩", 单于: "蝉于",
  朝阳: "招阳", 调解: "条解", 都城: "督城", 会计: "快计", 解姓: "谢姓", 降伏: "祥伏",
  率领: "帅领", 盛器: "成器", 省察: "醒察", 藏族: "葬族", 传记: "赚记", 单县: "善县",
  参差: "岑差", 仇姓: "求姓",
};

function order(collation, key, starts) {
  const collator = new Intl.Collator(`zh-u-co-${collation}`);
  const terms = input.map((line) => line.split(" = ")[0]).map((term) => [key(term), term]);
  terms.sort(([a, one], [b, other]) => collator.compare(a, b) || collator.compare(one, other));
  const lines = [];
  let last = "";
  for (const [key, term] of terms) {
    const first = [...key][0];
    let title = "数字与符号";
    if (/\p{Script=Han}/u.test(first)) {
      title = starts.filter(([mark]) => collator.compare(mark, key) <= 0).at(-1)[1];
    } else if (/\p{Alphabetic}/u.test(first)) {
      title = "西文字母";
    }
    if (title !== last) lines.push(`[${title}]`);
    last = title;
    lines.push(term);
  }
  return lines;
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => ["\uFDD0" + letter, letter]);
const digits = [..."〇一二三四五六七八九十"];
const han = (n) => (n <= 10 ? digits[n] : (n < 20 ? "" : digits[Math.floor(n / 10)]) + "十" + (n % 10 ? digits[n % 10] : ""));
const counts = Array.from({ length: 48 }, (_, i) => [
  "\uFDD0" + String.fromCodePoint(0x2801 + i), han(i + 1) + "画",
]);
const cases = [
  ["by readings", "", order("pinyin", (term) => sounds[term] ?? term, letters)],
  ["by strokes", "strokes\n", order("stroke", (term) => term, counts)],
];
writeFileSync(file, cases.map(([name, first, lines]) =>
  `=== ${name}\n${first}${input.join("\n")}\n---\n${lines.join("\n")}\n`).join("\n"));
