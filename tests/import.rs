//! Articles become chapters: nothing that they show is lost, and books are built of them.

use std::collections::BTreeMap;
use std::path::Path;

use banxin::diag::{Code, Message, Severity, Sink};
use banxin::files::{BookPath, Folder};
use banxin::import::{Given, Imported, import};
use banxin::profile::Product;

use crate::{books, documents, opendocument};

/// The day of all imports.
pub(crate) const TODAY: &str = "2026-01-08";

/// The folder of the articles.
fn articles() -> Folder {
    Folder::Disk(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import"))
}

/// Imports files, given by names and bytes, into a book of files.
fn imported(
    files: &[(&str, &[u8])],
    book: &[(&str, &str)],
) -> (Result<Imported, String>, Vec<String>) {
    let owned = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let folder = Folder::Memory(owned);
    let given: Vec<Given> = files
        .iter()
        .map(|(name, _)| Given {
            folder: folder.clone(),
            file: BookPath::new(name),
            shown: (*name).to_owned(),
        })
        .collect();
    let book = book.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let mut sink = Sink::default();
    let made = import(&given, &Folder::Memory(book.collect()), TODAY, &mut sink);
    let lines = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    (made.map_err(|_| "stopped".to_owned()), lines)
}

/// The text of an added file.
fn file<'a>(imported: &'a Imported, path: &str) -> &'a str {
    let found = imported.added.iter().find(|(name, _)| name == path);
    std::str::from_utf8(&found.unwrap_or_else(|| panic!("there is a `{path}`")).1).unwrap()
}

/// An article of the folder, imported alone.
fn article(name: &str) -> Imported {
    let given = Given { folder: articles(), file: BookPath::new(name), shown: name.to_owned() };
    let mut sink = Sink::default();
    import(&[given], &Folder::Memory(BTreeMap::new()), TODAY, &mut sink).unwrap()
}

/// The book of some files that were imported.
fn folder(imported: &Imported) -> Folder {
    let mut files: BTreeMap<String, Vec<u8>> = imported.added.iter().cloned().collect();
    files.insert("book.toml".to_owned(), imported.manifest.clone());
    Folder::Memory(files)
}

/// Letters, digits and hanzi, as cleaning leaves them.
fn words(text: &str) -> String {
    let meant = |c: char| match c {
        '\u{ff10}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap(),
        '⼀' => '一',
        '⼈' => '人',
        c => c,
    };
    text.chars().map(meant).filter(|c| c.is_alphanumeric()).collect()
}

/// What a page shows, line by line: its text without tags.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text += before;
        let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        rest = match name.as_str() {
            "script" | "style" | "title" => after.split_once(&format!("</{name}>")).unwrap().1,
            _ => after.split_once('>').unwrap().1,
        };
        text.push('\n');
    }
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, meant)| text.replace(entity, meant))
}

/// Every line that is shown stands in the chapter, in its order, or in the report.
fn nothing_lost(name: &str, chapter: &str, source: &str) {
    let imported = article(name);
    let markdown = words(
        &file(&imported, chapter).replace("<br>", "").replace("sub>", "").replace("sup>", ""),
    );
    let report = words(&imported.report.text(Message::english));
    let mut at = 0;
    for line in source.lines().map(words).filter(|line| !line.is_empty()) {
        if let Some(found) = markdown[at..].find(&line) {
            at += found + line.len();
        } else {
            assert!(report.contains(&line) || markdown.contains(&line), "{name} lost `{line}`");
        }
    }
}

#[test]
fn the_words_that_went_in_come_out() {
    let read = |name: &str| {
        String::from_utf8(articles().read(&BookPath::new(name).unwrap()).unwrap()).unwrap()
    };
    for name in ["digest.txt", "bare.txt", "wrapped.txt"] {
        nothing_lost(name, &name.replace("txt", "md"), &read(name));
    }
    for name in ["wechat.html", "page.html"] {
        nothing_lost(name, &name.replace("html", "md"), &shown(&read(name)));
    }
    let saved = "保存的网页\n这个网页连同图片存在一个文件里\n图片来源：本书自绘\n最后一段";
    nothing_lost("saved.mhtml", "saved.md", saved);
}

/// Ten sources of different shapes: pages of WeChat and another one, MHTML, plain texts, Word,
/// OpenDocument, an EPUB, a folder of mdBook.
fn ten() -> Vec<Given> {
    let given = |folder: Folder, name: &str| {
        let shown = if name.is_empty() { "mdbook" } else { name }.to_owned();
        Given { folder, file: BookPath::new(name), shown }
    };
    let names = ["digest.txt", "bare.txt", "wrapped.txt", "wechat.html", "saved.mhtml"];
    let mut all: Vec<Given> = names.iter().map(|name| given(articles(), name)).collect();
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/handbook/articles");
    all.push(given(Folder::Disk(manual), "页边.html"));
    let made = [
        ("word.docx", documents::word()),
        ("writer.odt", opendocument::writer()),
        ("book.epub", books::second_generation()),
    ];
    let made: BTreeMap<String, Vec<u8>> = made.map(|(name, bytes)| (name.to_owned(), bytes)).into();
    let names: Vec<String> = made.keys().cloned().collect();
    let folder = Folder::Memory(made);
    all.extend(names.iter().map(|name| given(folder.clone(), name)));
    all.push(given(books::handbook(), ""));
    all
}

#[test]
fn a_book_is_built_of_ten_sources_without_a_word_lost_or_a_picture_elsewhere() {
    let given = ten();
    assert_eq!(given.len(), 10);
    let mut sink = Sink::default();
    let imported = import(&given, &Folder::Memory(BTreeMap::new()), TODAY, &mut sink).unwrap();
    let lost = sink.findings().iter().filter(|finding| finding.code == Code::WordsLost);
    assert_eq!(lost.map(|finding| sink.line(finding)).collect::<Vec<_>>(), [""; 0]);
    let there = |path: &str| imported.added.iter().any(|(added, _)| added == path);
    let mut pictures = 0;
    for (path, bytes) in imported.added.iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = std::str::from_utf8(bytes).unwrap();
        for line in text.lines().filter(|line| line.trim_start().starts_with("![")) {
            let place = line.split_once("](").unwrap().1;
            let place = place.split([')', ' ']).next().unwrap();
            assert!(there(place), "{path} has a picture elsewhere: {line}");
            pictures += 1;
        }
    }
    assert!(pictures >= 10, "{pictures} pictures");
    let mut sink = Sink::default();
    let products = [Product::Epub, Product::Screen, Product::Print];
    let edition = banxin::build(&folder(&imported), None, &products, &mut sink);
    let errors = sink.findings().iter().filter(|it| it.code.severity() == Severity::Error);
    let errors: Vec<String> = errors.map(|finding| sink.line(finding)).collect();
    assert!(edition.is_ok(), "{}", errors.join("\n"));
}

#[test]
fn the_same_articles_give_the_same_files() {
    assert_eq!(article("wechat.html"), article("wechat.html"));
}

#[test]
fn a_book_that_exists_keeps_what_stands_in_it() {
    let manifest = "\
# 我的书
title = \"书\" # 题
date = \"2025-01-01\"
identifier = \"urn:uuid:0\"

[contents]
body = [
    \"digest.md\", # 第一篇
    # \"later.md\",
]

[[credits]]
role = \"编译\"
names = [\"黄晶\"]
";
    let text = articles().read(&BookPath::new("digest.txt").unwrap()).unwrap();
    let book = [("book.toml", manifest), ("digest.md", "# 一\n")];
    let (made, _) = imported(&[("digest.txt", &text)], &book);
    let made = made.unwrap();
    let expected = manifest
        .replace("    # \"later.md\",\n", "    # \"later.md\",\n    \"digest-1.md\",\n")
        + "
[[credits]]
role = \"发布\"
names = [\"黄洁心\"]

[[credits]]
role = \"编辑\"
names = [\"马浩然\"]

[[credits]]
role = \"监制\"
kind = \"organisation\"
names = [\"同济大学政治与国际关系学院\", \"同济大学外国语学院\"]
";
    assert_eq!(std::str::from_utf8(&made.manifest).unwrap(), expected);
    assert!(made.added.iter().all(|(path, _)| path != "digest.md" && path != "book.toml"));
}

#[test]
fn the_last_part_of_a_book_takes_the_new_chapters() {
    let manifest = "[contents]\nbody = [{ part = \"一\", chapters = [\"one.md\"] }]\n";
    let (made, _) = imported(&[("a.txt", "题\n\n文。".as_bytes())], &[("book.toml", manifest)]);
    let expected = "[contents]\nbody = [{ part = \"一\", chapters = [\"one.md\", \"a.md\"] }]\n";
    assert_eq!(std::str::from_utf8(&made.unwrap().manifest).unwrap(), expected);
}

#[test]
fn what_is_no_article_is_told() {
    let deep = "<div>".repeat(10_000) + "深";
    let rubbish: Vec<u8> =
        (0..5001_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let cases: [(&str, &[u8], &str); 6] = [
        ("deep.html", deep.as_bytes(), "error[nested-too-deep] deep.html"),
        ("rubbish.txt", &rubbish, "error[unknown-encoding] rubbish.txt"),
        ("a.pdf", b"%PDF-1.7", "error[unknown-source] a.pdf: this is a PDF"),
        ("empty.html", b"<html><script>fetch()</script></html>", "error[no-article] empty.html"),
        (
            "a.mhtml",
            b"From: x\r\nContent-Type: multipart/related\r\n\r\n",
            "error[no-article] a.mhtml",
        ),
        ("empty.txt", b"\n\n", "error[no-article] empty.txt"),
    ];
    for (name, bytes, expected) in cases {
        let (made, lines) = imported(&[(name, bytes)], &[]);
        assert!(made.is_err(), "{name}");
        assert!(lines.iter().any(|line| line.starts_with(expected)), "{name}: {lines:?}");
    }
}

#[test]
fn pictures_that_cannot_be_set_leave_their_place_and_are_kept() {
    let page = "<article><h1>题</h1><p>文。</p><img src='a.gif'><img src='broken.jpg'><p>完了。</p></article>";
    let gif = b"GIF89a\x40\0\x40\0\0\0\0";
    let files: [(&str, &[u8]); 3] =
        [("a.html", page.as_bytes()), ("a.gif", gif), ("broken.jpg", b"\xFF\xD8\xFF")];
    let owned = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let given = Given {
        folder: Folder::Memory(owned),
        file: BookPath::new("a.html"),
        shown: "a.html".to_owned(),
    };
    let mut sink = Sink::default();
    let made = import(&[given], &Folder::Memory(BTreeMap::new()), TODAY, &mut sink).unwrap();
    let paths: Vec<&str> = made.added.iter().map(|(path, _)| path.as_str()).collect();
    let expected =
        ["a.md", "pictures/a-1.gif", "pictures/a-2.svg", "pictures/a-3.jpg", "pictures/a-4.svg"];
    assert_eq!((paths.as_slice(), made.report.path.as_str()), (&expected[..], "import-report.txt"));
    assert!(sink.line(&sink.findings()[0]).starts_with("warning[picture-wanted] a.html: "));
}

#[test]
fn pages_in_older_encodings_are_read_as_they_declare() {
    let page = "<html><head><meta charset=\"gb2312\"></head><article><h1>镕基</h1><p>正文一段。</p></article>";
    let bytes = encoding_rs::GB18030.encode(page).0;
    let (made, _) = imported(&[("a.html", &bytes)], &[]);
    assert_eq!(file(&made.unwrap(), "a.md"), "# 镕基 {#a}\n\n正文一段。\n");
}

#[test]
fn signs_that_no_face_has_become_those_that_are_meant() {
    let text = "题\n\n审核丨周海 ✔ 是 ✘ 否，一共两项。\n";
    let (made, _) = imported(&[("a.txt", text.as_bytes())], &[]);
    let made = made.unwrap();
    assert!(file(&made, "a.md").contains("审核｜周海 ✓ 是 ✗ 否"), "{}", file(&made, "a.md"));
    let mut sink = Sink::default();
    assert!(banxin::build(&folder(&made), None, &[Product::Screen], &mut sink).is_ok());
}

#[test]
fn how_often_an_article_was_read_is_no_part_of_its_source() {
    let text = "题\n\n发布时间:2025-08-05 来源:布鲁塞尔观察 阅读:1032\n\n正文一段，有句号。\n";
    let (made, _) = imported(&[("a.txt", text.as_bytes())], &[]);
    let manifest = String::from_utf8(made.unwrap().manifest).unwrap();
    assert!(manifest.contains("institution = \"布鲁塞尔观察\""), "{manifest}");
}

/// Texts, imported into a book of files.
fn texts(files: &[(&str, &str)], book: &[(&str, &str)]) -> Imported {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    imported(&files, book).0.unwrap()
}

/// The `book.toml` of a book.
fn manifest(imported: &Imported) -> &str {
    std::str::from_utf8(&imported.manifest).unwrap()
}

/// What a `book.toml` says from its credits on.
fn credits(imported: &Imported) -> &str {
    let manifest = manifest(imported);
    manifest.find("[[credits]]").map_or("", |at| &manifest[at..])
}

const ONE: &str = "页边\n\n作者：王五\n\n正文一段，有句号。\n\n编辑：吴越 审核：周海\n";
const TWO: &str = "开本\n\n文/赵六\n\n正文一段，有句号。\n\n译者：李四\n编译：黄晶\n编辑：吴越\n";

#[test]
fn the_author_of_one_of_several_articles_is_named_with_it() {
    let made = texts(&[("a.txt", ONE), ("b.txt", TWO)], &[]);
    assert_eq!(file(&made, "a.md"), "# 页边 {#a}\n\n作者：王五\n\n正文一段，有句号。\n");
    assert_eq!(
        file(&made, "b.md"),
        "# 开本 {#b}\n\n作者：赵六\n\n译者：李四\n\n正文一段，有句号。\n"
    );
    let expected = "\
[[credits]]
role = \"编辑\"
names = [\"吴越\"]

[[credits]]
role = \"审核\"
names = [\"周海\"]

[[credits]]
role = \"编译\"
names = [\"黄晶\"]
";
    assert_eq!(credits(&made), expected);
    let report = made.report.text(Message::english);
    let told =
        "    `作者：王五` stands below the title: those who made one article did not make the book";
    assert!(report.lines().any(|line| line == told), "{report}");
}

#[test]
fn the_author_of_the_only_article_is_the_books_until_another_comes() {
    let made = texts(&[("a.txt", ONE)], &[]);
    assert_eq!(file(&made, "a.md"), "# 页边 {#a}\n\n正文一段，有句号。\n");
    assert!(credits(&made).starts_with("[[credits]]\nrole = \"作者\"\nnames = [\"王五\"]\n"));
    let before = manifest(&made).to_owned();
    let first = file(&made, "a.md").to_owned();
    let more = texts(&[("b.txt", TWO)], &[("book.toml", &before), ("a.md", &first)]);
    assert_eq!(
        file(&more, "b.md"),
        "# 开本 {#b}\n\n作者：赵六\n\n译者：李四\n\n正文一段，有句号。\n"
    );
    let compiled = "\n[[credits]]\nrole = \"编译\"\nnames = [\"黄晶\"]\n";
    assert_eq!(credits(&more), credits(&made).to_owned() + compiled);
    let told = "    `[[credits]]` says “作者：王五” of the whole book, which has more than `a.md` now: \
                if it is meant of that alone, write it below the title there and delete it here";
    let report = more.report.text(Message::english);
    assert!(report.lines().any(|line| line == told), "{report}");
    let third = [("book.toml", manifest(&more)), ("a.md", &first), ("b.md", file(&more, "b.md"))];
    let report = texts(&[("c.txt", "封面\n\n正文。\n")], &third).report.text(Message::english);
    assert!(!report.contains("作者：王五"), "{report}");
}

#[test]
fn those_who_made_an_imported_book_are_makers_of_the_book() {
    let given = |folder: Folder, name: &str| Given {
        folder,
        file: BookPath::new(name),
        shown: if name.is_empty() { "mdbook" } else { name }.to_owned(),
    };
    let text = BTreeMap::from([("a.txt".to_owned(), ONE.as_bytes().to_vec())]);
    let both = [given(books::handbook(), ""), given(Folder::Memory(text), "a.txt")];
    let mut sink = Sink::default();
    let made = import(&both, &Folder::Memory(BTreeMap::new()), TODAY, &mut sink).unwrap();
    let names = credits(&made).lines().find(|line| line.starts_with("names"));
    assert!(credits(&made).starts_with("[[credits]]\nrole = \"作者\"\n"), "{}", credits(&made));
    assert!(!names.unwrap().contains("王五"), "{names:?}");
    assert!(file(&made, "a.md").contains("\n\n作者：王五\n\n"));
}

#[test]
fn labels_in_brackets_and_on_lines_of_one_paragraph_are_credits() {
    let page = "<article><h1>题</h1><p>正文一段，有句号。</p>\
        <p><strong>文：王五<br>图：李四</strong><br>（责编：张三　审核：周海）<br>一审：马浩然</p></article>";
    let (made, _) = imported(&[("a.html", page.as_bytes())], &[]);
    let made = made.unwrap();
    assert_eq!(file(&made, "a.md"), "# 题 {#a}\n\n正文一段，有句号。\n");
    let expected = [
        "role = \"作者\"\nnames = [\"王五\"]",
        "role = \"图\"\nnames = [\"李四\"]",
        "role = \"责任编辑\"\nnames = [\"张三\"]",
        "role = \"审核\"\nnames = [\"周海\"]",
        "role = \"一审\"\nnames = [\"马浩然\"]",
    ];
    let said: Vec<&str> = credits(&made).split("[[credits]]\n").map(str::trim).skip(1).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_paragraph_with_one_line_of_text_stays_as_it_is() {
    let page = "<article><h1>题</h1><p>编辑：吴越<br>正文一段，有句号。</p></article>";
    let (made, _) = imported(&[("a.html", page.as_bytes())], &[]);
    let made = made.unwrap();
    assert_eq!(credits(&made), "");
    assert!(file(&made, "a.md").contains("编辑：吴越"), "{}", file(&made, "a.md"));
}

#[test]
fn a_line_of_labels_that_stays_text_keeps_its_spaces() {
    for (line, expected) in [
        ("编辑：吴越 某事：周海", "编辑：吴越 某事：周海"),
        ("某事：吴越 周海", "某事：吴越 周海"),
        ("（某事：吴越  另事：周海）", "（某事：吴越 另事：周海）"),
        ("时间：某月 地点：某地", "时间：某月 地点：某地"),
        ("某事：吴越 周海，都在 这里", "某事：吴越周海，都在这里"),
        ("能力差距 也在扩大：见下文", "能力差距也在扩大：见下文"),
    ] {
        let page = format!("<article><h1>题</h1><p>甲。</p><p>{line}</p><p>乙。</p></article>");
        let made = texts(&[("a.html", &page)], &[]);
        let chapter = file(&made, "a.md");
        assert!(chapter.contains(&format!("\n\n{expected}\n\n")), "{line}: {chapter}");
    }
}

#[test]
fn who_made_a_picture_is_its_source_below_it_and_a_credit_elsewhere() {
    let text = "题\n\n图片\n图/视觉中国\n\n正文一段，有句号。\n\n图片\n图/受访者提供\n\n正文又一段，有句号。\n\n图：李四\n";
    let made = texts(&[("a.txt", text)], &[]);
    let chapter = file(&made, "a.md");
    assert!(chapter.contains("source=\"视觉中国\""), "{chapter}");
    assert!(chapter.contains("source=\"受访者提供\""), "{chapter}");
    assert_eq!(credits(&made), "[[credits]]\nrole = \"图\"\nnames = [\"李四\"]\n");
}

#[test]
fn a_book_of_undated_articles_has_todays_date_and_says_so() {
    let made = texts(&[("a.txt", "题\n\n正文。\n")], &[]);
    assert!(manifest(&made).contains("date = \"2026-01-08\"\n"), "{}", manifest(&made));
    let told = "    `date` of the new book is 2026-01-08, today: no article has one";
    let report = made.report.text(Message::english);
    assert!(report.lines().any(|line| line == told), "{report}");
    let dated = "题\n\n发布时间：2025-08-05\n\n正文。\n";
    let made = texts(&[("a.txt", "题\n\n正文。\n"), ("b.txt", dated)], &[]);
    assert!(manifest(&made).contains("date = \"2025-08-05\"\n"), "{}", manifest(&made));
    assert!(made.report.text(Message::english).contains(" 2025-08-05, that of its latest article"));
}

#[test]
fn an_article_that_is_there_already_is_taken_and_told() {
    let book = [
        ("book.toml", "title = \"书\"\n[contents]\nbody = [\"old.md\"]\n"),
        ("old.md", "# 页边 {#old}\n\n文。\n"),
    ];
    let files = [("a.txt", ONE.as_bytes()), ("b.txt", TWO.as_bytes()), ("c.txt", TWO.as_bytes())];
    let (made, lines) = imported(&files, &book);
    let made = made.unwrap();
    let added: Vec<&str> = made.added.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(added, ["a.md", "b.md", "c.md"]);
    let expected = [
        "warning[imported-twice] a.txt: the book has this by its title: `old.md`",
        "warning[imported-twice] c.txt: the book has this by its title: `b.md`",
    ];
    let said: Vec<&str> = lines.iter().filter_map(|line| line.lines().next()).collect();
    assert_eq!(said, expected);
    let report = made.report.text(Message::english);
    assert!(report.contains("    `a.md` has the title of `old.md`\n"), "{report}");
}
