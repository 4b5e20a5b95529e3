//! A book of banxin that was built as an EPUB and imported again: what comes back, and what differs.
//!
//! It differs in this: files have the names of those in the EPUB, and ids are made of them. A list of
//! one paragraph an item has no empty lines. Words that an index tells under others than themselves
//! stand behind the mark. Cited works are links to the list, which stays as text. The ends of longer
//! places of the index, how its entries are read, who made a picture, and `[copyright]` do not come back; the report
//! has the words of their pages. Curly quotes in the source of a picture become 「」.

use std::collections::BTreeMap;

use banxin::diag::{Message, Sink};
use banxin::files::{BookPath, Folder};
use banxin::import::{Given, import};
use banxin::profile::Product;

use crate::books::{built, file, folder, imported};
use crate::documents::DOT;
use crate::import::TODAY;

const MANIFEST: &str = r#"title = "书名"
subtitle = "副题"
language = "zh-Hans"
identifier = "urn:uuid:0"
publisher = "某社"
date = "2025-12-23"
description = "说明。"
rights = "保留权利。"
source = "某刊"
subjects = ["题材", { name = "国际关系", authority = "CLC", term = "D815" }]
dedication = "献给读者"

[series]
name = "丛书"
position = 2

[copyright]
place = "上海"

[contents]
front = ["preface.md"]
appendix = ["tables.md"]
back = ["terms.md"]
figures = true
tables = true
picture-credits = true

[[contents.body]]
part = "上编"
chapters = [
    { file = "one.md", source = { institution = "某院", title = "《某文》", date = "2025-09-18", url = "https://example.org/a" } },
    "two.md",
]

[[contents.body]]
part = "下编"
chapters = ["three.md"]

[[credits]]
role = "编译"
names = ["黄晶"]

[[credits]]
role = "编撰"
kind = "organisation"
names = ["某大学", "某学院"]

[[credits]]
role = "指导老师"
relator = "csl"
names = [{ name = "马浩然", sort = "Ma Haoran" }]

[index.see]
"安理会" = "安全理事会"
"#;

const ONE: &str = "\
# 开头 {#one}

正文[^a]与**重点**、*着重*、~~删去~~，`码`，H<sub>2</sub>O，{汉字|hàn zì}，见[](#fig-a)、[](#tbl-a)、[](#two)和[后面](#later)，在[](#fig-a){.page}。[站](https://example.org/)

[孔子]{.name}作[春秋]{.book}，[直]{lang=ja}，[WTO]{abbr=\"世界贸易组织\"}，[夹注]{.gloss}，[安全理事会]{.index}与[大模型]{index=\"人工智能!大模型\"}，护栏。

## 小节

![框](dot.svg \"一个框\"){#fig-a source=\"某处\"}

![无题](dot.svg)

行内![点](dot.svg)图。

### 更小的

一行\\
又一行。\\
三行

> 引文。
>
> 又一段。

1. 甲
2. 乙
   - 丙
   - 丁

- [ ] 未做
- [x] 已做

### 没有编号的 {.unnumbered}

表：数目 {#tbl-a source=\"某刊\"}

| 项 | 数 | 例 |
|---|:-:|--:|
| 子 | 3 | **重** |

|  |  |
|---|---|
| 甲 | 乙 |

护栏
:   释义。
:   又一义。

```rust
let a = 1;
```

* * *

文。

[^a]: 注文。

    注的又一段。
";

const TWO: &str = "\
# 没有编号的章 {#two .unnumbered}

文。

## 其一

文。
";

const THREE: &str = "\
# 经过 {#three}

文。

## 后面的节 {#later}

文。
";

/// The book.
pub(crate) fn book() -> Folder {
    let files = [
        ("book.toml", MANIFEST.as_bytes()),
        ("preface.md", "# 序\n\n序文。\n".as_bytes()),
        ("one.md", ONE.as_bytes()),
        ("two.md", TWO.as_bytes()),
        ("three.md", THREE.as_bytes()),
        ("tables.md", "# 表\n\n文。\n".as_bytes()),
        ("terms.md", "# 术语 {.glossary}\n\n护栏\n:   保护的做法。\n".as_bytes()),
        ("dot.svg", DOT),
    ];
    let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    Folder::Memory(BTreeMap::from(files))
}

/// What ids and names are called that come back.
const RENAMED: [(&str, &str); 13] = [
    ("{#one}", "{#ch002}"),
    ("[^a]", "[^1]"),
    ("[](#two)", "[没有编号的章](#ch003)"),
    ("#fig-a", "#fig-ch002-at-1"),
    ("#tbl-a", "#tbl-ch002-at-2"),
    ("(#later)", "(#ch004-at-1)"),
    ("{#later}", "{#ch004-at-1}"),
    ("dot.svg", "pictures/ch002-1.svg"),
    ("{#two ", "{#ch003 "),
    ("{#three}", "{#ch004}"),
    ("# 序\n", "# 序 {#ch001}\n"),
    ("# 表\n", "# 表 {#ch005}\n"),
    ("{.glossary}", "{#ch006 .glossary}"),
];

/// What `book.toml` says when it comes back, but for the identifier.
const RETURNED: &str = r#"title = "书名"
subtitle = "副题"
publisher = "某社"
language = "zh-Hans"
date = "2025-12-23"
description = "说明。"
rights = "保留权利。"
source = "某刊"
dedication = "献给读者"
subjects = ["题材", { name = "国际关系", authority = "CLC", term = "D815" }]

[series]
name = "丛书"
position = 2

[contents]
figures = true
tables = true
picture-credits = true
front = [
    "ch001.md",
]
body = [
    { part = "上编", chapters = [
    { file = "ch002.md", source = { institution = "某院", title = "《某文》", date = "2025-09-18", url = "https://example.org/a" } },
    "ch003.md",
] },
    { part = "下编", chapters = [
    "ch004.md",
] },
]
appendix = [
    "ch005.md",
]
back = [
    "ch006.md",
]

[index.see]
"安理会" = "安全理事会"

[[credits]]
role = "编译"
names = ["黄晶"]

[[credits]]
role = "编撰"
kind = "organisation"
names = ["某大学", "某学院"]

[[credits]]
role = "指导老师"
relator = "csl"
names = [{ name = "马浩然", sort = "Ma Haoran" }]
"#;

#[test]
fn a_book_of_every_construct_comes_back() {
    let (made, lines) = imported(built(&book()));
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(lines.is_empty(), "{lines:?}");
    let given = ["preface.md", "one.md", "two.md", "three.md", "tables.md", "terms.md"];
    for (number, name) in given.iter().enumerate() {
        let expected = book().read(&BookPath::new(name).unwrap()).unwrap();
        let expected =
            RENAMED.iter().fold(String::from_utf8(expected).unwrap(), |text, (given, returned)| {
                text.replace(given, returned)
            });
        assert_eq!(file(&made, &format!("ch{:03}.md", number + 1)), expected, "{name}");
    }
    let chapters = made.added.iter().filter(|(name, _)| name.ends_with(".md")).count();
    assert_eq!(chapters, given.len());
    let manifest = std::str::from_utf8(&made.manifest).unwrap();
    let told = |line: &&str| !line.starts_with("identifier = ");
    assert_eq!(manifest.lines().filter(told).collect::<Vec<_>>().join("\n") + "\n", RETURNED);
}

#[test]
fn what_a_book_makes_anew_is_told() {
    let made = imported(built(&book())).0.unwrap();
    let report = made.report.text(Message::english);
    for told in [
        "copyright.xhtml`, the copyright page; `[copyright]` makes one: “",
        "出版地 上海",
        "pictures.xhtml`, where the pictures come from; what pictures say of that makes such a list: “图片来源 图1-1 某处”",
        "the index in `OEBPS/text/ch007.xhtml`; it is made of the marks in the text",
        "what the chapter was made from: “某院 · 《某文》 · 2025年9月18日”",
        "the numbers of titles, which banxin counts itself: “第一编 · 第二编 · 第一章 · 第二章 · 附录A · 一、 · （一） · 一、”",
        "banxin gives them none: “没有编号的章”",
        "a new book has one of its own: “urn:uuid:0”",
        "`series` of the new book, from the source: “丛书, 2”",
        "`index.see` of the new book, from the source: “安理会 → 安全理事会”",
    ] {
        assert!(report.contains(told), "`{told}` is missing in\n{report}");
    }
    let cleaned = report.lines().any(|line| line == "  cleaned");
    assert!(!cleaned, "{report}");
}

/// A second time, nothing differs.
#[test]
fn a_book_that_came_back_stays_as_it_is() {
    let once = imported(built(&book())).0.unwrap();
    let twice = imported(built(&folder(&once))).0.unwrap();
    for (name, _) in once.added.iter().filter(|(name, _)| name.ends_with(".md")) {
        assert_eq!(file(&twice, name), file(&once, name));
    }
}

/// A chapter that an EPUB has in several files is one again.
#[test]
fn a_long_chapter_comes_back_whole() {
    let stretch = "这是一段普通的话。".repeat(4_000);
    let section = |name: &str, to: &str| {
        format!("## {name} {{#{name}}}\n\n[见](#{to})[^{name}]。{stretch}\n\n")
    };
    let one = format!(
        "# 长 {{#long}}\n\n{}{}{}[^a]: 注甲。\n\n[^b]: 注乙。\n\n[^c]: 注丙。\n",
        section("a", "c"),
        section("b", "a"),
        section("c", "long")
    );
    let manifest = "title = \"书\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-01-02\"\n[contents]\nbody = [\"one.md\"]\n";
    let files = [("book.toml", manifest.to_owned()), ("one.md", one.clone())];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let folder = Folder::Memory(BTreeMap::from(files));
    let edition = banxin::build(&folder, None, &[Product::Epub], &mut Sink::default()).unwrap();
    let (made, lines) = imported(edition.files.into_iter().next().unwrap().bytes);
    let made = made.unwrap_or_else(|| panic!("{lines:?}"));
    assert!(lines.is_empty(), "{lines:?}");
    let report = made.report.text(Message::english);
    assert!(report.contains("`OEBPS/text/ch001-2.xhtml` goes on with"), "{report}");
    let renamed = [
        ("{#long}", "{#ch001}"),
        ("(#long)", "(#ch001)"),
        ("{#a}", "{#ch001-at-1}"),
        ("(#a)", "(#ch001-at-1)"),
        ("## b {#b}", "## b"),
        ("{#c}", "{#ch001-at-2}"),
        ("(#c)", "(#ch001-at-2)"),
        ("[^a]", "[^1]"),
        ("[^b]", "[^2]"),
        ("[^c]", "[^3]"),
    ];
    let expected = renamed.iter().fold(one, |text, (given, back)| text.replace(given, back));
    assert_eq!(file(&made, "ch001.md"), expected);
}

/// What a source says of itself as a book is told where the book has its own.
#[test]
fn a_book_that_is_there_keeps_what_it_says() {
    let epub = BTreeMap::from([("a.epub".to_owned(), built(&book()))]);
    let given = Given {
        folder: Folder::Memory(epub),
        file: BookPath::new("a.epub"),
        shown: "a.epub".to_owned(),
    };
    let own = "title = \"书\"\n[headings]\nscheme = \"decimal\"\n";
    let into = BTreeMap::from([("book.toml".to_owned(), own.as_bytes().to_vec())]);
    let made = import(&[given], &Folder::Memory(into), TODAY, &mut Sink::default()).unwrap();
    let manifest = std::str::from_utf8(&made.manifest).unwrap();
    assert!(manifest.starts_with(own), "{manifest}");
    assert!(!manifest.contains("series"), "{manifest}");
    assert!(file(&made, "ch002.md").starts_with("# 开头 {#ch002}\n"));
    let report = made.report.text(Message::english);
    assert!(report.contains("    `series` of the source: “丛书, 2”\n"), "{report}");
}

/// English roles, another scheme, no numbers: as they are said.
#[test]
fn an_english_book_comes_back() {
    let manifest = "title = \"Title\"\nlanguage = \"en\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-01-02\"\n\
        [headings]\nNUMBERS\n[contents]\nbody = [{ part = \"Today\", chapters = [\"one.md\"] }]\n\
        [[credits]]\nrole = \"Supervised by\"\nrelator = \"dgs\"\nnames = [\"A B\", \"C D\"]\n\
        [[credits]]\nrole = \"Author\"\nnames = [\"A B\"]\n";
    let one = "# Start\n\n## First\n\nText.\n\n### Deep\n\nText, see [](#fig-a).\n\n![Box](dot.svg \"A box\"){#fig-a}\n";
    for (numbers, kept) in [
        ("scheme = \"decimal\"", "\n[headings]\nscheme = \"decimal\"\n"),
        ("scheme = \"words\"", "2025-01-02\"\n\n[contents]\n"),
        ("numbers = false", "\n[headings]\nnumbers = false\n"),
    ] {
        let manifest = manifest.replace("NUMBERS", numbers);
        let files =
            [("book.toml", manifest.as_bytes()), ("one.md", one.as_bytes()), ("dot.svg", DOT)];
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        let made = imported(built(&Folder::Memory(BTreeMap::from(files)))).0.unwrap();
        let expected = one.replace("# Start\n", "# Start {#ch001}\n");
        let expected = expected.replace("fig-a", "fig-ch001-at-1");
        let expected = expected.replace("dot.svg", "pictures/ch001-1.svg");
        assert_eq!(file(&made, "ch001.md"), expected, "{numbers}");
        let manifest = std::str::from_utf8(&made.manifest).unwrap();
        for said in [
            kept,
            "part = \"Today\"",
            "role = \"Supervised by\"\nrelator = \"dgs\"\nnames = [\"A B\", \"C D\"]\n",
            "role = \"Author\"\nnames = [\"A B\"]\n",
        ] {
            assert!(manifest.contains(said), "`{said}` is missing in\n{manifest}");
        }
    }
}
