//! A small book that holds every block and inline, and what becomes of it.

use std::io::{Cursor, Read};

use super::*;
use crate::book::{
    Alignment, Anchor, AnchorId, Block, Caption, Chapter, CopyrightPage, Cover, CoverRaster,
    Definition, Emphasis, Figure, Heading, Inline, List, ListItem, Listing, Note, NoteId, Part,
    Purpose, Table, Target, Text as Words, Token, TokenKind,
};
use crate::diag::{SourceId, Span};
use crate::files::Folder;
use crate::font;
use crate::image::{Drawing, Tones};
use crate::layout::{self, Division, Folio, PageStart, TextPlace};
use crate::manifest::{
    Alternate, BookletChoice, Credit, Embed, EpubChoice, FontChoice, Imprint, Isbn, Located,
    Matter, Metadata, Opening, PieceSource, Sale, Series, Subject, Typesetting, Writing,
};
use crate::profile::Printer;
use crate::script::Numerals;
use crate::units::{Length, Size};

/// A place for everything; the writer reads none.
fn span() -> Span {
    Span::new(source(), 0..0)
}

fn source() -> SourceId {
    Sink::default().sources.add("test.md", "")
}

fn words(text: &str) -> Words {
    Words { text: text.to_owned(), span: span() }
}

fn text(text: &str) -> Inline {
    Inline::Text(words(text))
}

fn paragraph(inlines: impl IntoIterator<Item = Inline>) -> Block {
    Block::Paragraph(inlines.into_iter().collect())
}

fn say(what: &str) -> Vec<Block> {
    vec![paragraph([text(what)])]
}

/// The anchors: two chapters, a part, a section, a figure, a table – and an id that would clash
/// with a note's.
const ANCHORS: [(usize, &str, &str); 7] = [
    (0, "one", "第一章"),
    (1, "two", "第二章"),
    (1, "part-two", "第二编"),
    (0, "sec", "一、"),
    (0, "fig", "图 1-1"),
    (0, "tbl", "表 1-1"),
    (0, "n1", "小节"),
];

fn caption(anchor: u32, label: &str, title: &str) -> Caption {
    Caption {
        anchor: AnchorId(anchor),
        label: label.to_owned(),
        title: vec![text(title)],
        source: Some(words("据公开资料绘制")),
    }
}

fn heading(level: u8, anchor: u32, number: Option<&str>, plain: &str) -> Block {
    Block::Heading(Heading {
        level,
        anchor: AnchorId(anchor),
        number: number.map(str::to_owned),
        content: vec![text(plain)],
        plain: plain.to_owned(),
    })
}

fn every_inline() -> Block {
    let link = |target, inlines| Inline::Link { target, content: inlines };
    paragraph([
        text("布鲁金斯·学会 A·B & <c>"),
        Inline::NoteMark(NoteId(0)),
        Inline::Emphasis(Emphasis::Dots, vec![text("重点")]),
        Inline::Emphasis(Emphasis::Kai, vec![text("楷体")]),
        Inline::Emphasis(Emphasis::Dots, vec![text("Nature")]),
        Inline::Strong(vec![text("强")]),
        Inline::Strike(vec![text("删")]),
        text("H"),
        Inline::Subscript(vec![text("2")]),
        Inline::Superscript(vec![text("3")]),
        Inline::Name(vec![text("孔子")]),
        Inline::Title(vec![text("易")]),
        Inline::Gloss(vec![text("夹注")]),
        Inline::Foreign {
            language: "ja".to_owned(),
            rules: crate::script::ALL[0],
            content: vec![text("直")],
        },
        Inline::Ruby { base: vec![text("汉")], reading: words("hàn") },
        Inline::Code(words("a < b")),
        Inline::Break,
        link(Target::Anchor(AnchorId(4)), vec![text("图 1-1"), Inline::NoteMark(NoteId(0))]),
        link(Target::Anchor(AnchorId(1)), vec![text("第二章")]),
        link(Target::Anchor(AnchorId(2)), vec![text("第二编")]),
        link(Target::Url("https://example.org/?a=1&b= 2".to_owned()), vec![text("站")]),
        Inline::Image { picture: PictureId(0), alt: "标志".to_owned() },
    ])
}

fn table() -> Block {
    let cell = |content: &str| vec![text(content)];
    Block::Table(Box::new(Table {
        caption: Some(caption(5, "表 1-1", "票数")),
        columns: vec![Alignment::Start, Alignment::Centre, Alignment::End],
        head: vec![Vec::new(), cell("赞成"), cell("反对")],
        rows: vec![vec![cell("大会"), cell("120"), cell("2")]],
        span: span(),
    }))
}

fn lists() -> [Block; 2] {
    let item = |task, blocks| ListItem { task, blocks };
    let inner = List { start: None, tight: true, items: vec![item(Some(true), say("已办"))] };
    let mut outer = say("甲");
    outer.push(Block::List(inner));
    [
        Block::List(List { start: Some(3), tight: true, items: vec![item(None, outer)] }),
        Block::List(List { start: None, tight: false, items: vec![item(None, say("乙"))] }),
    ]
}

fn first_chapter() -> Chapter {
    let mut blocks = vec![heading(2, 3, Some("一、"), "治理"), every_inline()];
    blocks.push(heading(3, 6, Some("（一）"), "机制"));
    blocks.push(Block::Quote(say("引文")));
    blocks.extend(lists());
    blocks.push(Block::Definitions(vec![Definition {
        term: vec![text("术语")],
        anchor: None,
        bodies: vec![say("释义")],
    }]));
    let tokens = [(2, TokenKind::Keyword), (12, TokenKind::Plain)];
    let tokens = tokens.into_iter().map(|(end, kind)| Token { end, kind }).collect();
    blocks.push(Block::Code { language: "rust".to_owned(), text: words("if a < b {}\n"), tokens });
    blocks.push(Block::Figure(Box::new(Figure {
        picture: PictureId(0),
        alt: "一张图".to_owned(),
        caption: Some(caption(4, "图 1-1", "机制")),
        credit: Default::default(),
        span: span(),
    })));
    blocks.push(table());
    blocks.push(Block::Divider);
    Chapter {
        anchor: AnchorId(0),
        stem: "one".to_owned(),
        matter: Matter::Body,
        part: None,
        number: Some("第一章".to_owned()),
        title: vec![text("人工智能")],
        plain_title: "人工智能".to_owned(),
        source: Some(PieceSource {
            institution: "研究所".to_owned(),
            title: "《题》".to_owned(),
            date: "2025-09-18".to_owned(),
            ..PieceSource::default()
        }),
        blocks,
        notes: vec![Note { number: 1, blocks: say("注文。") }],
        pages_told: Vec::new(),
        purpose: Purpose::Text,
    }
}

fn second_chapter() -> Chapter {
    Chapter {
        anchor: AnchorId(1),
        stem: "two".to_owned(),
        part: Some(Part {
            anchor: AnchorId(2),
            number: Some("第二编".to_owned()),
            title: "比较".to_owned(),
        }),
        number: Some("第二章".to_owned()),
        title: vec![text("Outlook")],
        plain_title: "Outlook".to_owned(),
        source: None,
        blocks: say("正文。"),
        notes: Vec::new(),
        pages_told: Vec::new(),
        purpose: Purpose::Text,
        ..first_chapter()
    }
}

fn pixel() -> Picture {
    // A grey PNG of one pixel.
    let bytes: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
        \0\0\0\nIDAT\x78\x9c\x63\x68\0\0\0\x82\0\x81\x77\xcd\x72\xb6\0\0\0\0IEND\xae\x42\x60\x82";
    let size = Size { width: Length::pt(1.0), height: Length::pt(1.0) };
    Picture {
        bytes: bytes.into(),
        kind: Kind::Png { pixels: (1, 1), tones: Tones::Many, profile: None },
        size,
    }
}

fn drawing() -> Picture {
    let bytes: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200pt\" height=\"9pt\" \
        viewBox=\"0 0 200 9\"><path d=\"M0 0h200v9z\"/></svg>";
    let size = Size { width: Length::pt(200.0), height: Length::pt(9.0) };
    Picture { bytes: bytes.into(), kind: Kind::Drawing(Drawing { size, shapes: vec![] }), size }
}

fn book() -> Book {
    let anchors = ANCHORS.iter().map(|&(chapter, name, label)| Anchor {
        chapter,
        name: name.to_owned(),
        label: label.to_owned(),
    });
    let credit = |role: &str, relator, names: &[&str]| Credit {
        role: role.to_owned(),
        relator,
        names: names.iter().map(|&name| name.to_owned()).collect(),
        sort: Vec::new(),
        kind: crate::manifest::Kind::Person,
        alternates: Vec::new(),
    };
    Book {
        metadata: Metadata {
            title: "对话 & 竞逐".to_owned(),
            subtitle: "全球治理".to_owned(),
            language: "zh-Hans".to_owned(),
            rules: crate::script::rules("zh-Hans").unwrap(),
            identifier: "urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870a".to_owned(),
            isbn: None,
            publisher: "研究院".to_owned(),
            date: "2025-12-23".to_owned(),
            modified: "2025-12-23T00:00:00Z".to_owned(),
            description: String::new(),
            rights: String::new(),
            licence: String::new(),
            source: String::new(),
            subjects: Vec::new(),
            series: None,
        },
        credits: vec![credit("编译", "trl", &["甲", "乙"]), credit("监制", "oth", &["丙"])],
        trim: &crate::profile::TRIMS[0],
        opening: Opening::Any,
        typesetting: Typesetting::default(),
        printer: Located { value: Printer::default(), span: span() },
        booklet: BookletChoice::default(),
        listings: Vec::new(),
        epub: EpubChoice::default(),
        cover: Cover {
            picture: PictureId(1),
            raster: CoverRaster::Picture(pixel()),
            back: None,
            art: Default::default(),
            binding: Default::default(),
            spine: Default::default(),
        },
        half_title: false,
        copyright: None,
        dedication: String::new(),
        origins: Vec::new(),
        chapters: vec![first_chapter(), second_chapter()],
        pictures: vec![drawing(), pixel()],
        places: Vec::new(),
        anchors: anchors.collect(),
    }
}

/// The bundled fonts.
fn fonts() -> Fonts {
    let files = Folder::Memory(Default::default());
    font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap()
}

/// The places of a book whose chapters are not divided.
fn places(book: &Book) -> Places {
    Places::new(book, book.chapters.iter().map(Split::new).collect())
}

/// The page of a name.
fn page(book: &Book, places: &Places, breaks: &Breaks, name: &str) -> Text {
    let page = places.pages.iter().find(|page| page.name == name).unwrap();
    xhtml::render(book, places, breaks, None, page)
}

/// The body of a page, without the lines around it that every page has.
fn body(name: &str) -> String {
    let book = book();
    let page = page(&book, &places(&book), &Breaks::default(), name);
    let page = String::from_utf8(page.bytes).unwrap();
    let start = page.find("<body").unwrap();
    page[start..page.rfind("</body>").unwrap()].trim_end().to_owned()
}

fn opened(bytes: &[u8]) -> zip::ZipArchive<Cursor<&[u8]>> {
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap()
}

fn entry(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    opened(bytes).by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_chapter_shows_every_block_and_inline() {
    let expected = include_str!("tests/chapter.xhtml");
    assert_eq!(body("ch001"), expected.trim_end());
}

#[test]
fn the_pages_around_the_text_say_what_the_book_is() {
    let found = ["title", "toc", "part01", "credits"].map(body).join("\n\n");
    assert_eq!(found, include_str!("tests/around.xhtml").trim_end());
}

#[test]
fn package_nav_and_ncx_tell_the_same_book() {
    let bytes = write(&book(), &fonts(), None, &mut Sink::default()).unwrap();
    let names = ["OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx"];
    let found = names.map(|name| entry(&bytes, name)).join("\n");
    assert_eq!(found.trim_end(), include_str!("tests/package.xml").trim_end());
}

#[test]
fn the_container_begins_with_its_type_and_holds_only_what_is_used() {
    let bytes = write(&book(), &fonts(), None, &mut Sink::default()).unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let archive = opened(&bytes);
    let names: Vec<&str> = archive.file_names().collect();
    assert_eq!(
        names,
        [
            "mimetype",
            "META-INF/container.xml",
            "OEBPS/content.opf",
            "OEBPS/nav.xhtml",
            "OEBPS/toc.ncx",
            "OEBPS/stylesheet.css",
            "OEBPS/text/cover.xhtml",
            "OEBPS/text/title.xhtml",
            "OEBPS/text/toc.xhtml",
            "OEBPS/text/ch001.xhtml",
            "OEBPS/text/part01.xhtml",
            "OEBPS/text/ch002.xhtml",
            "OEBPS/text/credits.xhtml",
            "OEBPS/images/p001.svg",
            "OEBPS/images/cover.png",
        ]
    );
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let write = || write(&book(), &fonts(), None, &mut Sink::default()).unwrap();
    assert_eq!(write(), write());
}

/// The book with a paragraph of characters that readers lack.
fn rare_book() -> Book {
    let mut book = book();
    book.chapters[1].blocks.push(paragraph([text("字鿏☑")]));
    book
}

#[test]
fn characters_that_readers_lack_go_along_and_nothing_else() {
    let bytes = write(&rare_book(), &fonts(), None, &mut Sink::default()).unwrap();
    assert!(entry(&bytes, "OEBPS/text/ch002.xhtml").contains("字<span class=\"rare\">鿏☑</span>"));
    let sheet = entry(&bytes, "OEBPS/stylesheet.css");
    let (_, fonts) = sheet.split_once("@font-face").unwrap();
    assert!(fonts.contains("unicode-range: ") && fonts.contains("U+9FCF"), "{fonts}");
    assert!(fonts.ends_with(".rare { font-family: \"rare\", serif; }\n"), "{fonts}");
    assert!(!sheet.contains("\nbody { font-family"));
    let size = opened(&bytes).by_name("OEBPS/fonts/font01.ttf").unwrap().size();
    assert!(size < 10_000, "{size}");
    let package = entry(&bytes, "OEBPS/content.opf");
    let item = "<item id=\"font01\" href=\"fonts/font01.ttf\" media-type=\"font/ttf\"/>";
    assert!(package.contains(item), "{package}");
}

#[test]
fn all_faces_of_the_printed_book_go_along_where_asked_for() {
    let mut book = rare_book();
    book.epub.embed = Embed::Full;
    let bytes = write(&book, &fonts(), None, &mut Sink::default()).unwrap();
    let sheet = entry(&bytes, "OEBPS/stylesheet.css");
    for said in [
        "body { font-family: \"book-serif\", serif; }",
        "th { font-family: \"book-sans\", sans-serif; }",
        "em.kai { font-family: \"book-kai\", ",
        ":lang(ja) { font-family: \"book-serif-japanese\", serif; }",
        "th:lang(ja), th :lang(ja) { font-family: \"book-sans-japanese\", sans-serif; }",
        "  font-family: \"book-serif\";\n  font-style: normal;\n  font-weight: 700;\n",
    ] {
        assert!(sheet.contains(said), "`{said}` is missing in\n{sheet}");
    }
    assert!(!entry(&bytes, "OEBPS/text/ch002.xhtml").contains("class=\"rare\""));
}

#[test]
fn no_font_goes_along_where_none_is_wanted() {
    let mut book = rare_book();
    book.epub.embed = Embed::None;
    let bytes = write(&book, &fonts(), None, &mut Sink::default()).unwrap();
    assert!(opened(&bytes).file_names().all(|name| !name.contains("fonts/")));
    assert_eq!(entry(&bytes, "OEBPS/stylesheet.css"), STYLE);
}

#[test]
fn a_vertical_book_is_read_from_right_to_left() {
    let mut book = rare_book();
    book.epub.writing = Writing::Vertical;
    book.chapters[1].blocks = vec![paragraph([text("12月！？")])];
    let bytes = write(&book, &fonts(), None, &mut Sink::default()).unwrap();
    let package = entry(&bytes, "OEBPS/content.opf");
    assert!(package.contains("<spine toc=\"ncx\" page-progression-direction=\"rtl\">"));
    assert!(entry(&bytes, "OEBPS/stylesheet.css").contains("  writing-mode: vertical-rl;"));
    let upright = "<span class=\"upright\">12</span>月<span class=\"upright\">！？</span>";
    assert!(entry(&bytes, "OEBPS/text/ch002.xhtml").contains(upright));
}

/// A picture that no words describe.
fn undescribed() -> Block {
    Block::Figure(Box::new(Figure {
        picture: PictureId(1),
        alt: String::new(),
        caption: None,
        credit: Default::default(),
        span: span(),
    }))
}

#[test]
fn a_picture_without_words_is_not_claimed_to_be_described() {
    let mut book = book();
    book.chapters[1].blocks.push(undescribed());
    let package = package(&book);
    assert!(
        package.contains("<meta property=\"schema:accessModeSufficient\">textual,visual</meta>")
    );
    assert!(package.contains("有的图片没有文字说明。") && !package.contains("图片都有文字说明"));
    assert!(!package.contains("alternativeText"));
}

#[test]
fn words_that_say_nothing_of_a_picture_do_not_describe_it() {
    let mut book = book();
    let Block::Figure(mut figure) = undescribed() else { unreachable!() };
    figure.alt = "图片".to_owned();
    book.chapters[1].blocks.push(Block::Figure(figure));
    let package = package(&book);
    assert!(package.contains("有的图片没有文字说明。") && !package.contains("alternativeText"));
}

#[test]
fn what_is_not_in_the_book_is_not_claimed() {
    let mut book = book();
    book.chapters.remove(0);
    let package = package(&book);
    for claim in ["pageNavigation", "pageBreak", "rubyAnnotations", "visual", "注释", "MathML"] {
        assert!(!package.contains(claim), "{claim}");
    }
    assert!(package.contains("文字可以重排和朗读，标题分级，附有目录。</meta>"), "{package}");
}

#[test]
fn conformance_is_claimed_where_somebody_vouches_and_nothing_speaks_against_it() {
    let mut book = book();
    let claim = "<meta property=\"dcterms:conformsTo\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA\
                 </meta>\n    <meta property=\"a11y:certifiedBy\">某会</meta>";
    assert!(!package(&book).contains("conformsTo"), "nobody vouches");
    book.epub.certified_by = Some(Located { value: "某会".to_owned(), span: span() });
    assert!(package(&book).contains(claim));
    book.chapters[1].blocks.push(undescribed());
    let mut sink = Sink::default();
    let bytes = write(&book, &fonts(), None, &mut sink).unwrap();
    assert!(!entry(&bytes, "OEBPS/content.opf").contains("conformsTo"));
    assert_eq!(sink.findings()[0].code, Code::Inaccessible);
}

/// The small book's places in the text are all 0 but for those that a test sets.
#[test]
fn a_page_of_the_printed_book_begins_inside_a_text() {
    let mut book = book();
    let at = |start: u32| Span { start, ..span() };
    let long = Words { text: "甲·乙 & 丙丁".to_owned(), span: at(40) };
    let quoted = Words { text: "fn a\n  b".to_owned(), span: at(80) };
    book.chapters[1].blocks = vec![
        paragraph([Inline::Strong(vec![Inline::Text(long)])]),
        Block::Code { language: String::new(), text: quoted, tokens: Vec::new() },
    ];
    let inside = |start, characters| {
        Some(PageStart::Inside { chapter: 1, at: TextPlace { start, characters } })
    };
    let starts = vec![
        Some(PageStart::Opening(Division::Title)),
        None,
        Some(PageStart::Opening(Division::Chapter(1))),
        inside(40, 1),
        inside(40, 5),
        inside(80, 5),
        inside(99, 0),
    ];
    let folio = |number| Folio { numerals: Numerals::Arabic, number };
    let numbered = |number| layout::Page { folio: Some(folio(number)), ..layout::Page::default() };
    let pages: Vec<layout::Page> = (1..=starts.len()).map(numbered).collect();
    let breaks = Breaks::of(&book, &pages, &starts);
    let text = page(&book, &places(&book), &breaks, "ch002");
    assert_eq!(text.told.breaks, ["3", "4", "5", "6"], "the seventh page begins nowhere here");
    let text = String::from_utf8(text.bytes).unwrap();
    let mark = |label: &str| {
        format!(
            "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{label}\" \
             aria-label=\"{label}\"/>"
        )
    };
    for expected in [
        format!("role=\"doc-chapter\">\n{}\n<header>", mark("3")),
        format!("<strong>甲{}\u{2060}·乙 &amp;{} 丙丁</strong>", mark("4"), mark("5")),
        format!("<pre><code>fn a\n{}  b</code></pre>", mark("6")),
    ] {
        assert!(text.contains(&expected), "{expected}\n{text}");
    }
}

/// The package document of a book.
fn package(book: &Book) -> String {
    entry(&write(book, &fonts(), None, &mut Sink::default()).unwrap(), "OEBPS/content.opf")
}

#[test]
fn a_catalogue_finds_number_series_subjects_and_sort_names() {
    let mut book = book();
    let digits = "9780306406157".to_owned();
    book.metadata.isbn = Some(Isbn { written: digits.clone(), digits });
    book.metadata.source = "某刊".to_owned();
    book.metadata.licence = "https://example.org/by".to_owned();
    let code = Some(("CLC".to_owned(), "D815".to_owned()));
    book.metadata.subjects = vec![Subject { name: "国际关系".to_owned(), code }];
    let (name, issn) = ("丛书".to_owned(), "0378-5955".to_owned());
    book.metadata.series = Some(Series { name, position: Some(3), issn });
    let alternate = Alternate { of: 1, language: "en".to_owned(), name: "Yi B".to_owned() };
    book.credits[0].alternates = vec![alternate];
    book.credits[0].sort = vec!["Jia".to_owned(), "Yi".to_owned()];
    let package = package(&book);
    for line in [
        "<dc:identifier id=\"isbn\">urn:isbn:9780306406157</dc:identifier>",
        "<meta refines=\"#isbn\" property=\"identifier-type\" scheme=\"onix:codelist5\">15</meta>",
        "<dc:source>某刊</dc:source>",
        "<meta property=\"dcterms:license\">https://example.org/by</meta>",
        "<dc:subject id=\"subject1\">国际关系</dc:subject>",
        "<meta refines=\"#subject1\" property=\"authority\">CLC</meta>",
        "<meta refines=\"#subject1\" property=\"term\">D815</meta>",
        "<meta property=\"belongs-to-collection\" id=\"series\">丛书</meta>",
        "<meta refines=\"#series\" property=\"collection-type\">series</meta>",
        "<meta refines=\"#series\" property=\"group-position\">3</meta>",
        "<meta refines=\"#series\" property=\"dcterms:identifier\">urn:issn:0378-5955</meta>",
        "<meta refines=\"#creator2\" property=\"alternate-script\" xml:lang=\"en\">Yi B</meta>",
        "<meta refines=\"#creator2\" property=\"file-as\">Yi</meta>",
    ] {
        assert!(package.contains(line), "{line}");
    }
}

#[test]
fn the_nav_lists_as_many_levels_as_are_asked_for() {
    let mut book = book();
    let listed = |book: &Book| {
        let nav = String::from_utf8(nav::nav(book, &places(book), &[])).unwrap();
        [nav.contains("一、治理"), nav.contains("（一）机制")]
    };
    assert_eq!(listed(&book), [true, false]);
    book.epub.toc_depth = 3;
    assert_eq!(listed(&book), [true, true]);
    book.epub.toc_depth = 1;
    assert_eq!(listed(&book), [false, false]);
}

#[test]
fn a_long_chapter_is_divided_and_its_links_and_notes_go_on() {
    let mut book = book();
    let mark = || paragraph([text("又见"), Inline::NoteMark(NoteId(0))]);
    let back = Inline::Link { target: Target::Anchor(AnchorId(3)), content: vec![text("一、")] };
    let next = Inline::Link { target: Target::Anchor(AnchorId(6)), content: vec![text("机制")] };
    book.chapters[0].blocks = vec![
        heading(2, 3, Some("一、"), "治理"),
        paragraph([text("正文"), Inline::NoteMark(NoteId(0)), next]),
        heading(2, 6, Some("二、"), "机制"),
        paragraph([back, Inline::NoteMark(NoteId(1))]),
        mark(),
    ];
    book.chapters[0].notes.push(Note { number: 2, blocks: say("又注。") });
    let splits = book.chapters.iter().map(|chapter| Split::at(chapter, 600)).collect();
    let places = Places::new(&book, splits);
    let names: Vec<&str> = places.pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names[3..], ["ch001", "ch001-2", "part01", "ch002", "credits"]);
    let shown =
        |name| String::from_utf8(page(&book, &places, &Breaks::default(), name).bytes).unwrap();
    let (first, second) = (shown("ch001"), shown("ch001-2"));
    assert!(first.contains("<h1>") && !second.contains("<h1>"));
    assert!(first.contains("href=\"ch001-2.xhtml#n1\""), "{first}");
    assert!(first.contains("注文。") && !first.contains("又注。"), "{first}");
    assert!(second.contains("href=\"ch001.xhtml#sec\""), "{second}");
    assert!(second.contains("又注。") && !second.contains("注文。"), "{second}");
    assert!(second.contains("href=\"ch001.xhtml#n-1\"><sup>1</sup>"), "{second}");
    let nav = String::from_utf8(nav::nav(&book, &places, &[])).unwrap();
    assert!(nav.contains("text/ch001-2.xhtml#n1"), "{nav}");
}

/// The kinds of landmark and the files that they lead to.
fn landmarks(book: &Book) -> Vec<String> {
    let nav = String::from_utf8(nav::nav(book, &places(book), &[])).unwrap();
    let from = nav.find("epub:type=\"landmarks\"").unwrap();
    let list = &nav[from..from + nav[from..].find("</nav>").unwrap()];
    let marks = list.split("<a epub:type=\"").skip(1);
    let marks = marks.map(|mark| mark[..mark.find("\">").unwrap()].replace("\" href=\"text/", " "));
    marks.map(|mark| mark.replace(".xhtml", "")).collect()
}

#[test]
fn each_kind_of_landmark_is_listed_once_and_in_reading_order() {
    let mut book = book();
    book.listings = vec![Listing::Figures, Listing::Tables];
    let of = |matter, purpose| Chapter { matter, purpose, part: None, ..second_chapter() };
    let front = || of(Matter::Front, Purpose::Glossary);
    book.chapters.splice(0..0, [front(), front()]);
    let back = || of(Matter::Back, Purpose::Index);
    book.chapters.extend([back(), back()]);
    assert_eq!(
        landmarks(&book),
        [
            "cover cover",
            "toc toc",
            "loi figures",
            "lot tables",
            "glossary ch001",
            "bodymatter ch003",
            "index ch005"
        ]
    );
}

/// A copyright page that says nothing but the title.
fn copyright_page(book: &Book) -> CopyrightPage {
    let imprint = Imprint {
        sale: Sale::Public,
        place: String::new(),
        address: String::new(),
        distributor: String::new(),
        printer: String::new(),
        edition: 1,
        printing: None,
        copies: String::new(),
        price: String::new(),
        csbn: String::new(),
        permit: String::new(),
        recipients: String::new(),
        notice: String::new(),
        cip: None,
    };
    CopyrightPage::new(&imprint, &book.metadata, &book.credits, book.trim, None)
}

#[test]
fn a_japanese_book_ends_with_its_colophon() {
    let mut book = book();
    let shown = |book: &Book| {
        let places = places(book);
        let page = page(book, &places, &Breaks::default(), "copyright");
        let page = String::from_utf8(page.bytes).unwrap();
        let lines = page.lines().filter(|line| line.starts_with("<body") || line.contains("<sec"));
        let said = lines.collect::<Vec<_>>().join("");
        let names: Vec<_> = places.pages.iter().map(|page| page.name.as_str()).collect();
        (said, names.join(" "), landmarks(book).join(", "))
    };
    book.copyright = Some(copyright_page(&book));
    assert_eq!(
        shown(&book),
        (
            "<body class=\"imprint\" epub:type=\"frontmatter\">\
             <section epub:type=\"copyright-page\" aria-label=\"版权页\">"
                .to_owned(),
            "cover title copyright toc ch001 part01 ch002 credits".to_owned(),
            "cover cover, copyright-page copyright, toc toc, bodymatter ch001".to_owned()
        )
    );
    book.metadata.language = "ja".to_owned();
    book.metadata.rules = crate::script::rules("ja").unwrap();
    book.copyright = Some(copyright_page(&book));
    assert_eq!(
        shown(&book),
        (
            "<body class=\"imprint\" epub:type=\"backmatter\">\
             <section epub:type=\"colophon\" aria-label=\"奥付\" role=\"doc-colophon\">"
                .to_owned(),
            "cover title toc ch001 part01 ch002 credits copyright".to_owned(),
            "cover cover, toc toc, bodymatter ch001, colophon copyright".to_owned()
        )
    );
}
