//! Small books set by hand, written, and read back.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::write;
use crate::book::{Anchor, AnchorId, Book, Cover, CoverRaster, PictureId};
use crate::diag::{Sink, Span};
use crate::files::Folder;
use crate::font::{Family, Fonts, Style, Weight};
use crate::image::{
    Colour, Drawing, DrawnGlyph, Fill, Kind, Picture, Rgb, Segment, Shape, Stroke, Tones,
};
use crate::layout::{
    Bookmark, Destination, Folio, Glyph, GlyphRun, Ink, Item, Layout, Page, PagePlace,
};
use crate::manifest::{
    BookletChoice, Credit, EpubChoice, FontChoice, Located, Metadata, Opening, Typesetting,
};
use crate::profile::{Colours, PRINTERS, Printer, Product, SCREEN, Sheet, TRIMS};
use crate::script::{self, Numerals};
use crate::units::{Length, Point, Rect, Size};

mod archive;
mod pictures;
mod press;
mod sheets;

const TEXT: Style = Style::new(Family::Serif, Weight::Regular);
const BODY: Length = Length::pt(10.5);

fn fonts() -> Fonts {
    let files = Folder::Memory(BTreeMap::new());
    crate::font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap()
}

/// A page that is set by hand.
struct Hand<'a> {
    fonts: &'a Fonts,
    page: Page,
}

impl<'a> Hand<'a> {
    fn new(fonts: &'a Fonts, numerals: Numerals, number: usize) -> Self {
        let folio = Some(Folio { numerals, number });
        Self { fonts, page: Page { folio, ..Page::default() } }
    }

    /// One line, glyph by glyph, by the faces' own advances and `extra` after each.
    fn line(&mut self, text: &str, style: Style, ink: Ink, at: (f64, f64), extra: Length) {
        let mut x = Length::pt(at.0);
        for c in text.chars() {
            let id = self.fonts.pick(style, c).unwrap_or_else(|| panic!("no face has {c}"));
            let face = self.fonts.face(id);
            let first = u32::try_from(self.page.glyphs.len()).unwrap();
            let origin = Point { x, y: Length::pt(at.1) };
            let same_run = match self.page.items.last_mut() {
                Some(Item::Glyphs(run)) if run.face == id && run.origin.y == origin.y => {
                    run.glyphs.end += 1;
                    Some(run.origin.x)
                }
                _ => None,
            };
            if same_run.is_none() {
                let glyphs = first..first + 1;
                self.page.items.push(Item::Glyphs(GlyphRun {
                    face: id,
                    size: BODY,
                    origin,
                    ink,
                    glyphs,
                }));
            }
            let glyph = face.glyph(c).unwrap();
            self.glyph(glyph, &c.to_string(), x - same_run.unwrap_or(x));
            x += BODY.fraction(face.advance(glyph).into(), face.units_per_em().into()) + extra;
        }
    }

    fn glyph(&mut self, id: u16, text: &str, x: Length) {
        let page = &mut self.page;
        page.glyphs.push(Glyph {
            id,
            text_length: u16::try_from(text.len()).unwrap(),
            text_start: u32::try_from(page.text.len()).unwrap(),
            x,
        });
        page.text.push_str(text);
    }

    /// One run of glyphs, each with its own text.
    fn glyphs(&mut self, glyphs: &[(u16, &str, f64)]) {
        let first = u32::try_from(self.page.glyphs.len()).unwrap();
        for &(id, text, x) in glyphs {
            self.glyph(id, text, Length::pt(x));
        }
        let end = u32::try_from(self.page.glyphs.len()).unwrap();
        let face = self.fonts.pick(TEXT, '中').unwrap();
        let origin = Point { x: Length::pt(60.0), y: Length::pt(60.0) };
        let run = GlyphRun { face, size: BODY, origin, ink: Ink::Text, glyphs: first..end };
        self.page.items.push(Item::Glyphs(run));
    }
}

/// A printer of the table.
fn named(name: &str) -> Printer {
    PRINTERS.into_iter().find(|printer| printer.0 == name).unwrap().1
}

/// A printer that no file names, and which takes the tiny pictures of these tests.
fn printer(value: Printer) -> Located<Printer> {
    let value = Printer { resolution: SCREEN.resolution, ..value };
    let source = Sink::default().sources.add("book.toml", "");
    Located { value, span: Span::new(source, 0..0) }
}

fn book(pictures: Vec<Picture>) -> Book {
    let anchor =
        |name: &str, label: &str| Anchor { chapter: 0, name: name.into(), label: label.into() };
    let raster = Picture {
        bytes: Vec::new().into(),
        kind: Kind::Png { pixels: (1, 1), tones: Tones::Many, profile: None },
        size: Size::default(),
    };
    Book {
        listings: Vec::new(),
        metadata: Metadata {
            title: "名不服质 & <书>".into(),
            subtitle: String::new(),
            language: "zh-Hans".into(),
            rules: script::rules("zh-Hans").unwrap(),
            identifier: "urn:example:1".into(),
            isbn: None,
            publisher: String::new(),
            date: "2026-11-23".into(),
            modified: "2026-11-23T00:00:00Z".into(),
            description: "ascii".into(),
            rights: String::new(),
            licence: String::new(),
            source: String::new(),
            subjects: Vec::new(),
            series: None,
        },
        credits: vec![Credit {
            role: "编".into(),
            relator: "edt",
            names: vec!["甲".into(), "乙".into(), "甲".into()],
            sort: Vec::new(),
            kind: crate::manifest::Kind::Person,
            alternates: Vec::new(),
        }],
        trim: &TRIMS[0],
        opening: Opening::Any,
        typesetting: Typesetting::default(),
        printer: printer(Printer { colours: Colours::Grey, ..named("office") }),
        booklet: BookletChoice::default(),
        epub: EpubChoice::default(),
        cover: Cover {
            picture: PictureId(0),
            raster: CoverRaster::Picture(raster),
            back: None,
            art: Default::default(),
            binding: Default::default(),
            spine: Default::default(),
        },
        half_title: false,
        copyright: None,
        dedication: String::new(),
        origins: Vec::new(),
        chapters: Vec::new(),
        pictures,
        places: Vec::new(),
        anchors: vec![anchor("zhang-2", "第二章"), anchor("zhang-1", "第一章")],
    }
}

fn layout(pages: Vec<Page>) -> Layout {
    Layout {
        starts: Vec::new(),
        sheet: Sheet::new(&TRIMS[0]),
        cover: Page::default(),
        pages,
        back: None,
        extent: Default::default(),
        outline: Vec::new(),
        places: BTreeMap::new(),
        structure: Vec::new(),
        spine: None,
    }
}

fn written(book: &Book, fonts: &Fonts, layout: &Layout, product: Product) -> Vec<u8> {
    let mut sink = Sink::default();
    let files = write(book, fonts, layout, &[Product::Epub, product], &mut sink);
    let mut files = files.unwrap_or_else(|_| panic!("{:?}", sink.findings()));
    assert_eq!(files.len(), 1);
    files.remove(0).1.bytes
}

fn read(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

/// A page's content in words, without what fonts make of it.
fn content(document: &Document, page: u32) -> String {
    let id = document.get_pages()[&page];
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let words = content.operations.iter().map(|operation| {
        let operands: Vec<String> =
            operation.operands.iter().map(|operand| format!("{operand:?}")).collect();
        format!("{} {}", operands.join(" "), operation.operator)
    });
    words.collect::<Vec<_>>().join("\n")
}

/// The object that a path of keys leads to from the catalogue, through references.
fn from_root<'a>(document: &'a Document, path: &[&str]) -> &'a Object {
    let root = document.trailer.get(b"Root").unwrap();
    let mut object = document.dereference(root).unwrap().1;
    for key in path {
        let dictionary: &Dictionary = object.as_dict().unwrap();
        object = document.dereference(dictionary.get(key.as_bytes()).unwrap()).unwrap().1;
    }
    object
}

#[test]
fn three_thousand_hanzi_come_back_as_they_went_in() {
    let fonts = fonts();
    let face = fonts.face(fonts.pick(TEXT, '中').unwrap());
    let hanzi: Vec<char> =
        ('\u{4E00}'..'\u{9FA0}').filter(|&c| face.glyph(c).is_some()).take(3000).collect();
    let mut pages = Vec::new();
    let mut expected = String::new();
    for (number, sheet) in (1..).zip(hanzi.chunks(26 * 28)) {
        let mut hand = Hand::new(&fonts, Numerals::Arabic, number);
        for (row, line) in sheet.chunks(26).enumerate() {
            let line: String = line.iter().collect();
            let y = 80.0 + 17.5 * row as f64;
            hand.line(&line, TEXT, Ink::Text, (62.0, y), Length::ZERO);
            expected.push_str(&line);
        }
        pages.push(hand.page);
    }
    let count = u32::try_from(pages.len()).unwrap();
    let bytes = written(&book(Vec::new()), &fonts, &layout(pages), Product::Print);
    let document = read(&bytes);
    let text = document.extract_text(&(1..=count).collect::<Vec<_>>()).unwrap();
    assert_eq!(text.split_whitespace().collect::<String>(), expected);
}

#[test]
fn a_glyph_made_of_others_brings_them() {
    let fonts = fonts();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    let mono = Style::new(Family::Mono, Weight::Regular);
    hand.line("“é”", mono, Ink::Text, (62.0, 80.0), Length::ZERO);
    let bytes = written(&book(Vec::new()), &fonts, &layout(vec![hand.page]), Product::Print);
    assert_eq!(read(&bytes).extract_text(&[1]).unwrap().trim(), "“é”");
}

#[test]
fn the_pen_is_never_a_thousandth_of_an_em_off() {
    // Less than a thousandth of an em between the glyphs, which adds up.
    let (placed, found) = pens(Length::from_raw(400));
    assert_eq!(found.len(), 8);
    let em = f64::from(BODY.raw());
    for (found, placed) in found.into_iter().zip(placed) {
        assert!((found * em - placed * 1000.0).abs() <= em, "{found} {placed}");
    }
}

#[test]
fn gaps_that_are_all_alike_stay_so_to_a_ten_thousandth_of_an_em() {
    let (_, found) = pens(BODY / 32);
    for pens in found.windows(2) {
        assert!((pens[1] - pens[0] - 1031.25).abs() < 0.1, "{found:?}");
    }
}

/// Where eight hanzi with a gap between them are placed, in scaled points, and where a reader puts them,
/// in thousandths of an em.
fn pens(gap: Length) -> (Vec<f64>, Vec<f64>) {
    let fonts = fonts();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    hand.line("天地玄黄宇宙洪荒", TEXT, Ink::Text, (62.0, 80.0), gap);
    let placed = hand.page.glyphs.iter().map(|glyph| glyph.x.raw().into()).collect();
    let document =
        read(&written(&book(Vec::new()), &fonts, &layout(vec![hand.page]), Product::Print));
    let id = document.get_pages()[&1];
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let row = content.operations.iter().find(|operation| operation.operator == "TJ").unwrap();
    let (mut pen, mut found) = (0.0, Vec::new());
    for object in row.operands[0].as_array().unwrap() {
        match object {
            Object::String(codes, _) => {
                for _ in codes.chunks(2) {
                    found.push(pen);
                    pen += 1000.0;
                }
            }
            number => pen -= f64::from(number.as_float().unwrap()),
        }
    }
    (placed, found)
}

#[test]
fn a_text_that_its_glyph_does_not_say_stands_in_a_span() {
    let fonts = fonts();
    let face = fonts.face(fonts.pick(TEXT, '中').unwrap());
    let [one, e, dash] = ['一', 'e', '—'].map(|c| face.glyph(c).unwrap());
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    hand.glyphs(&[(one, "一", 0.0), (one, "⼀", 10.5)]);
    // A cluster of two that shares its text out; then one with a glyph that stands for nothing.
    hand.glyphs(&[(e, "e\u{301}", 0.0), (dash, "", 5.0), (one, "一", 20.0), (dash, "", 30.5)]);
    let document =
        read(&written(&book(Vec::new()), &fonts, &layout(vec![hand.page]), Product::Print));
    let raw = document.get_page_content(document.get_pages()[&1]);
    let raw = String::from_utf8_lossy(&raw);
    let spans: Vec<&str> = raw.lines().filter(|line| line.ends_with("BDC")).collect();
    let [radical, alone] =
        ["2F00", "4E00"].map(|text| format!("/Span <</ActualText <FEFF{text}>>> BDC"));
    assert_eq!(spans, [radical, alone], "{raw}");
    assert_eq!(raw.matches("EMC").count(), 2, "{raw}");
    // The map has one text for every glyph, the shared-out ones too.
    let text = document.extract_text(&[1]).unwrap();
    assert_eq!(text.split_whitespace().collect::<String>(), "一一e\u{301}一\u{301}");
}

#[test]
fn glyph_ids_with_delimiter_bytes_survive() {
    // 13 335 hanzi reach subset ids with `(`, `)`, `\` and CR in both bytes.
    let fonts = fonts();
    let face = fonts.face(fonts.pick(TEXT, '中').unwrap());
    let hanzi: String =
        ('\u{4E00}'..'\u{9FA0}').filter(|&c| face.glyph(c).is_some()).take(13_335).collect();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    hand.line(&hanzi, TEXT, Ink::Text, (0.0, 100.0), Length::ZERO);
    let document =
        read(&written(&book(Vec::new()), &fonts, &layout(vec![hand.page]), Product::Print));
    let text = document.extract_text(&[1]).unwrap();
    assert_eq!(text.split_whitespace().collect::<String>(), hanzi);
}

#[test]
fn a_wavy_line_is_one_path_inside_its_rectangle() {
    let fonts = fonts();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    let rect = Rect::new(Length::pt(60.0), Length::pt(95.0), Length::pt(20.0), Length::pt(2.0));
    hand.page.items.push(Item::Wave { rect, thickness: Length::pt(0.5), ink: Ink::Text });
    let bytes = written(&book(Vec::new()), &fonts, &layout(vec![hand.page]), Product::Print);
    let content = content(&read(&bytes), 1);
    // Eight half waves, there and back.
    assert_eq!(content.lines().filter(|line| line.ends_with(" c")).count(), 16);
    let ends = ["60 499.526 m\n", "80 499.526 c\n80 499.026 l\n", "60 499.026 c\n f"];
    assert!(ends.into_iter().all(|end| content.contains(end)), "{content}");
}

/// Two pages with everything that a page can hold.
fn everything(fonts: &Fonts) -> (Book, Layout) {
    let (drawing, png) = (drawing(fonts), png());
    let mut first = Hand::new(fonts, Numerals::Roman, 1);
    first.line("前言，书名页。", TEXT, Ink::Text, (62.0, 80.0), Length::ZERO);
    let rect = Rect::new(Length::pt(62.0), Length::pt(150.0), Length::pt(200.0), Length::pt(100.0));
    first.page.items.push(Item::Picture { picture: PictureId(0), rect, alt: String::new() });
    let mut second = Hand::new(fonts, Numerals::Arabic, 1);
    let ground = Rect::new(Length::pt(62.0), Length::pt(90.0), Length::pt(273.0), Length::pt(20.0));
    second.page.items.push(Item::Rule { rect: ground, ink: Ink::Ground });
    second.line("第一章", TEXT, Ink::Accent, (62.0, 80.0), Length::ZERO);
    second.line("链接 link", TEXT, Ink::Link, (62.0, 104.0), Length::ZERO);
    second.line("1", TEXT, Ink::Quiet, (300.0, 560.0), Length::ZERO);
    second.page.items.push(Item::Link { rect: ground, target: Destination::Anchor(AnchorId(1)) });
    let url = Destination::Url("https://example.org/书(1)".into());
    second.page.items.push(Item::Link { rect: ground, target: url });
    second.page.items.push(Item::Picture { picture: PictureId(1), rect, alt: String::new() });
    let mut layout = layout(vec![first.page, second.page]);
    let whole = Rect { origin: Point::default(), size: layout.sheet.trim };
    layout.cover.items.push(Item::Picture {
        picture: PictureId(0),
        rect: whole,
        alt: String::new(),
    });
    let place = |page, y| PagePlace { page, y: Length::pt(y) };
    layout.places = BTreeMap::from([(AnchorId(0), place(0, 0.0)), (AnchorId(1), place(1, 72.0))]);
    layout.outline = [(1, "前言", 0), (1, "第一章", 1), (2, "一、", 1), (3, "1.", 1), (2, "b", 1)]
        .into_iter()
        .map(|(level, title, page)| Bookmark {
            level,
            title: title.into(),
            place: place(page, 72.0),
        })
        .collect();
    (book(vec![drawing, png]), layout)
}

fn drawing(fonts: &Fonts) -> Picture {
    let face = fonts.pick(TEXT, '图').unwrap();
    let glyph =
        |c: char, x| DrawnGlyph { id: fonts.face(face).glyph(c).unwrap(), x, text: c.into() };
    let size = Size { width: Length::pt(100.0), height: Length::pt(50.0) };
    let shapes = vec![
        Shape::Path {
            segments: vec![
                Segment::Move([10.0, 10.0]),
                Segment::Line([90.0, 10.0]),
                Segment::Cubic([95.0, 20.0], [95.0, 30.0], [90.0, 40.0]),
                Segment::Close,
            ],
            fill: Some(Fill { colour: Rgb(157, 47, 34), even_odd: true }),
            stroke: Some(Stroke {
                colour: Rgb(0, 0, 128),
                width: 1.5,
                dashes: vec![3.0, 1.0],
                cap: 1,
                join: 9,
            }),
        },
        Shape::Glyphs {
            face,
            transform: [12.0, 0.0, 0.0, -12.0, 20.0, 30.0],
            glyphs: vec![glyph('图', 0.0), glyph('一', 1.25)],
            colour: Rgb(40, 40, 40),
        },
    ];
    Picture { bytes: Vec::new().into(), kind: Kind::Drawing(Drawing { size, shapes }), size }
}

/// A PNG without anything special.
const fn kind(pixels: (u32, u32)) -> Kind {
    Kind::Png { pixels, tones: Tones::Many, profile: None }
}

/// A picture of 16 × 8 pixels with transparency.
fn png() -> Picture {
    let picture = image::RgbaImage::from_fn(16, 8, |x, y| {
        image::Rgba([x as u8 * 16, y as u8 * 32, 128, if x < 8 { 255 } else { 64 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let size = Size { width: Length::pt(12.0), height: Length::pt(6.0) };
    Picture { bytes: bytes.into_inner().into(), kind: kind((16, 8)), size }
}

#[test]
fn the_screen_has_cover_links_bookmarks_labels_and_destinations() {
    let fonts = fonts();
    let (book, layout) = everything(&fonts);
    let document = read(&written(&book, &fonts, &layout, Product::Screen));
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    assert_eq!((pages.len(), document.version.as_str()), (3, "1.7"));
    let labels = format!("{:?}", from_root(&document, &["PageLabels", "Nums"]));
    assert!(labels.ends_with("1 <</S /r/St 1>> 2 <</S /D/St 1>>]"), "{labels}");

    let leaf = from_root(&document, &["Names", "Dests"]).as_dict().unwrap();
    let leaf = leaf.get(b"Kids").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    let names = format!("{:?}", document.get_dictionary(leaf).unwrap());
    let (one, two) = (pages[2].0, pages[1].0);
    let expected = format!(
        "<</Limits [(zhang-1) (zhang-2)]/Names [(zhang-1) [{one} 0 R /XYZ 0 523.276 Null] \
         (zhang-2) [{two} 0 R /XYZ 0 595.276 Null]]>>"
    );
    assert_eq!(names, expected);

    let links = document.get_page_annotations(pages[2]).unwrap();
    assert_eq!(links[0].get(b"Dest").unwrap().as_str().unwrap(), b"zhang-1");
    assert_eq!(links[0].get(b"F").unwrap().as_i64().unwrap(), 4);
    let uri = links[1].get(b"A").unwrap().as_dict().unwrap().get(b"URI").unwrap();
    assert_eq!(uri.as_str().unwrap(), b"https://example.org/%E4%B9%A6(1)");

    assert_eq!(from_root(&document, &["PageMode"]).as_name().unwrap(), b"UseOutlines");
    let outlines = from_root(&document, &["Outlines"]).as_dict().unwrap();
    assert_eq!(outlines.get(b"Count").unwrap().as_i64().unwrap(), 2);
    let chapter = from_root(&document, &["Outlines", "Last"]).as_dict().unwrap();
    assert_eq!(chapter.get(b"Count").unwrap().as_i64().unwrap(), -2);
    let deep = from_root(&document, &["Outlines", "Last", "First", "First"]).as_dict().unwrap();
    assert_eq!(deep.get(b"Title").unwrap().as_str().unwrap(), b"1.");
    let last = from_root(&document, &["Outlines", "Last", "Last", "Title"]);
    assert_eq!(last.as_str().unwrap(), b"b");
}

#[test]
fn print_has_neither_cover_nor_links_nor_colour() {
    let fonts = fonts();
    let (book, layout) = everything(&fonts);
    let document = read(&written(&book, &fonts, &layout, Product::Print));
    assert_eq!((document.get_pages().len(), document.version.as_str()), (2, "1.7"));
    for (number, id) in document.get_pages() {
        let page = document.get_dictionary(id).unwrap();
        assert!(!page.has(b"Annots"));
        assert_eq!(page.get(b"MediaBox").unwrap(), page.get(b"TrimBox").unwrap());
        let content = content(&document, number);
        assert!(!content.contains(" rg") && !content.contains(" RG") && !content.contains(" re"));
    }
    for object in document.objects.values() {
        if let Ok(form) = object.as_stream()
            && form
                .dict
                .get(b"Subtype")
                .is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Form"))
        {
            let content =
                String::from_utf8_lossy(&form.decompressed_content().unwrap()).into_owned();
            assert!(content.contains("0.31 g\n") && !content.contains("rg"), "{content}");
            assert!(content.contains("1 J 2 j [3 1 ] 0 d\n"), "{content}");
            assert!(content.contains("/F0 1 Tf\n12 0 0 -12 20 30 Tm\n"), "{content}");
        }
    }
}

#[test]
fn pictures_go_in_as_they_are_and_once() {
    let fonts = fonts();
    let rgb = image::RgbImage::from_fn(9, 5, |x, y| image::Rgb([x as u8 * 20, y as u8 * 30, 7]));
    let packed = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        rgb.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let (jpeg, plain) = (packed(image::ImageFormat::Jpeg), packed(image::ImageFormat::Png));
    let size = Size { width: Length::pt(9.0), height: Length::pt(5.0) };
    let pixels = (9, 5);
    let kinds = [
        (jpeg.clone(), Kind::Jpeg { pixels, colour: Colour::Rgb, profile: None }),
        (plain, kind(pixels)),
        (png().bytes.to_vec(), kind((16, 8))),
    ];
    let pictures =
        kinds.map(|(bytes, kind)| Picture { bytes: bytes.into(), kind, size }).into_iter();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    for id in [0, 1, 2, 1, 0] {
        let rect = Rect { origin: Point::default(), size };
        let picture = PictureId(id);
        hand.page.items.push(Item::Picture { picture, rect, alt: String::new() });
    }
    let pages = vec![hand.page.clone(), hand.page];
    let bytes = written(&book(pictures.collect()), &fonts, &layout(pages), Product::Screen);
    let document = read(&bytes);
    let images = document.get_page_images(document.get_pages()[&2]).unwrap();
    assert_eq!(images[0].content, jpeg);
    assert_eq!(images[0].filters.as_deref(), Some(["DCTDecode".to_string()].as_slice()));
    let plain = document.get_object(images[1].id).unwrap().as_stream().unwrap();
    assert_eq!(plain.decompressed_content().unwrap(), rgb.into_raw());
    let mask = images[2].origin_dict.get(b"SMask").unwrap().as_reference().unwrap();
    let mask = document.get_object(mask).unwrap().as_stream().unwrap().decompressed_content();
    assert_eq!(mask.unwrap()[..16], [[255; 8], [64; 8]].concat());
    let count = document.objects.values().filter_map(|object| object.as_stream().ok());
    let is_image = |dictionary: &Dictionary| dictionary.has(b"BitsPerComponent");
    assert_eq!(count.filter(|stream| is_image(&stream.dict)).count(), 4);
}

#[test]
fn info_and_xmp_say_the_same() {
    let fonts = fonts();
    let document = read(&written(&book(Vec::new()), &fonts, &layout(Vec::new()), Product::Screen));
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    let title = info.get(b"Title").unwrap().as_str().unwrap();
    assert_eq!(title[..10], [0xFE, 0xFF, 0x54, 0x0D, 0x4E, 0x0D, 0x67, 0x0D, 0x8D, 0x28]);
    assert_eq!(info.get(b"Subject").unwrap().as_str().unwrap(), b"ascii");
    assert_eq!(info.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20261123000000Z");
    let xmp = from_root(&document, &["Metadata"]).as_stream().unwrap();
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    assert!(xmp.contains(">名不服质 &amp; &lt;书&gt;</rdf:li></rdf:Alt></dc:title>"), "{xmp}");
    assert!(xmp.contains("<rdf:Seq><rdf:li>甲</rdf:li><rdf:li>乙</rdf:li></rdf:Seq>"), "{xmp}");
    assert!(xmp.contains("<xmp:ModifyDate>2026-11-23T00:00:00Z<"), "{xmp}");
    assert!(!xmp.contains("dc:publisher"), "{xmp}");
    assert!(
        xmp.contains("<pdfaid:part>2</pdfaid:part>") && xmp.contains("<pdfuaid:part>1<"),
        "{xmp}"
    );
}

#[test]
fn fonts_are_described_as_what_they_are() {
    let fonts = fonts();
    let (book, layout) = everything(&fonts);
    let document = read(&written(&book, &fonts, &layout, Product::Screen));
    let descriptors: Vec<&Dictionary> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has_type(b"FontDescriptor"))
        .collect();
    assert_eq!(descriptors.len(), 1);
    let number = |key: &[u8]| descriptors[0].get(key).unwrap().as_i64().unwrap();
    assert_eq!((number(b"Flags"), number(b"CapHeight"), number(b"StemV")), (4, 729, 88));
    let name = descriptors[0].get(b"FontName").unwrap().as_name().unwrap();
    assert!(name[..6].iter().all(u8::is_ascii_uppercase) && name[6..] == *b"+NotoSerifSC-Regular");
    let program = descriptors[0].get(b"FontFile2").unwrap().as_reference().unwrap();
    let program = document.get_object(program).unwrap().as_stream().unwrap();
    let length = program.dict.get(b"Length1").unwrap().as_i64().unwrap();
    assert_eq!(program.decompressed_content().unwrap().len(), usize::try_from(length).unwrap());
}

#[test]
fn the_same_book_gives_the_same_bytes_on_any_number_of_threads() {
    let fonts = fonts();
    let (book, layout) = everything(&fonts);
    let both = [Product::Screen, Product::Print];
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write(&book, &fonts, &layout, &both, &mut Sink::default()).unwrap())
    };
    let alone = on(1);
    assert_eq!(alone, on(3));
    assert_eq!(alone[1].1.bytes, written(&book, &fonts, &layout, Product::Print));
}

#[test]
fn a_link_to_an_anchor_on_no_page_is_a_finding() {
    let fonts = fonts();
    let (book, mut layout) = everything(&fonts);
    layout.places.clear();
    let mut sink = Sink::default();
    assert!(write(&book, &fonts, &layout, &[Product::Screen], &mut sink).is_err());
    let lines: Vec<String> = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    assert_eq!(lines, ["error[writer-failed]: `zhang-1` is linked to and stands on no page"]);
}
