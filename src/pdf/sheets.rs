//! Imposed sheets as a file: on each side the pages of its frames, drawn from the layout.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use crate::book::{Book, PictureId};
use crate::diag::{Diagnostic, Outcome, Sink, Stopped};
use crate::font::Fonts;
use crate::layout::{Layout, Page};
use crate::manifest::BookletKind;
use crate::press::{Frame, Mark, Sheets, Side, Stroke, Turn};
use crate::profile::{Colours, Standard};
use crate::units::{Length, Point, Rect, Scale};

use super::appearance::Appearance;
use super::colour::Output;
use super::content::{self, Canvas};
use super::deflate::{Deflater, packed};
use super::document::{Written, failed};
use super::drawing::Look;
use super::file::{self, Ready};
use super::fonts::{self, EmbeddedFonts};
use super::glyphs::{self, Repertoire};
use super::metadata::Description;
use super::pages::overprint;
use super::picture::{self, Rasters};
use super::resolution;
use super::syntax::{decimal, length, name, points, text_string};

/// Decimals of coordinates in points.
const PLACE: u32 = 3;

/// What the sides of sheets are made of.
struct Material<'a> {
    book: &'a Book,
    layout: &'a Layout,
    sheets: &'a Sheets,
    appearance: &'a Appearance,
    repertoire: &'a Repertoire,
}

/// Writes sheets with the pages of a book.
///
/// # Errors
/// A font, a picture or the file could not be made; the findings say which and why.
pub fn write(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    sheets: &Sheets,
    sink: &mut Sink,
) -> Outcome<Written> {
    let appearance = Appearance::sheets(book.booklet.printer);
    let resolution = appearance.printer.resolution;
    report_new(glyphs::check(layout), sink);
    report_new(resolution::check(book, scaled(layout, sheets), resolution), sink);
    let drawings = picture::drawings(book, pages(layout, sheets));
    let repertoire = Repertoire::collect(pages(layout, sheets), drawings, fonts);
    let embedded = fonts::embed(&repertoire, fonts).map_err(|problems| {
        sink.report_all(problems.into_iter().map(failed));
        Stopped
    });
    let shown: BTreeSet<PictureId> = pages(layout, sheets).flat_map(picture::on_page).collect();
    let output = Output::from(&appearance.printer);
    let rasters = Rasters::pack(book, [(shown.clone(), output)]).map_err(|findings| {
        sink.report_all(findings);
        Stopped
    });
    let material =
        Material { book, layout, sheets, appearance: &appearance, repertoire: &repertoire };
    let bytes = material.file(&embedded?, &rasters?, &shown).map_err(|finding| {
        sink.report(finding);
        Stopped
    })?;
    sink.settle(Written { bytes, pages: sheets.sides.len(), keeps: Vec::new() })
}

/// Reports what was not said of the same place already, for another file with the same pages.
fn report_new(findings: Vec<Diagnostic>, sink: &mut Sink) {
    let same =
        |one: &Diagnostic, other: &Diagnostic| one.code == other.code && one.place == other.place;
    for finding in findings {
        if !sink.findings().iter().any(|told| same(told, &finding)) {
            sink.report(finding);
        }
    }
}

/// The pages on sheets, in the order of the sheets.
fn pages<'a>(layout: &'a Layout, sheets: &'a Sheets) -> impl Iterator<Item = &'a Page> {
    scaled(layout, sheets).map(|(page, _)| page)
}

/// The same, and how large each is.
fn scaled<'a>(layout: &'a Layout, sheets: &'a Sheets) -> impl Iterator<Item = (&'a Page, Scale)> {
    let frames = sheets.sides.iter().flat_map(|side| &side.frames);
    frames.filter_map(|frame| Some((frame.leaf.page(layout)?, frame.scale)))
}

impl Material<'_> {
    /// The file.
    fn file(
        &self,
        fonts: &EmbeddedFonts,
        rasters: &Rasters,
        shown: &BTreeSet<PictureId>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut document = fonts.document.clone();
        document.version = Standard::Plain.version().into();
        let output = Output::from(&self.appearance.printer);
        let look = Look { output, repertoire: self.repertoire, fonts: fonts.dictionary };
        let pictures = picture::add(&mut document, self.book, shown, rasters, look);
        let mut common = dictionary! { "Font" => fonts.dictionary };
        match self.appearance.printer.colours {
            Colours::All | Colours::Grey => {}
            Colours::Cmyk => common.set("ExtGState", document.add_object(overprint())),
        }
        let root = document.new_object_id();
        let contents = self.contents();
        let mut kids: Vec<Object> = Vec::with_capacity(contents.len());
        for (side, content) in self.sheets.sides.iter().zip(contents) {
            let leaves = side.frames.iter().filter_map(|frame| frame.leaf.page(self.layout));
            let own: BTreeSet<PictureId> = leaves.flat_map(picture::on_page).collect();
            let named = own.into_iter().filter_map(|id| {
                Some((content::picture_name(id), Object::Reference(*pictures.get(&id)?)))
            });
            let mut resources = common.clone();
            resources.set("XObject", Dictionary::from_iter(named));
            let content = document.add_object(content);
            kids.push(document.add_object(self.page(root, resources, content)).into());
        }
        let tree = dictionary! {
            "Type" => name("Pages"),
            "Count" => i64::try_from(kids.len()).unwrap_or(i64::MAX),
            "Kids" => kids,
        };
        document.set_object(root, tree);
        let catalogue = self.catalogue(&mut document, root);
        let info = document.add_object(self.description().info(Standard::Plain));
        document.trailer = dictionary! { "Root" => document.add_object(catalogue), "Info" => info };
        file::save(&document, Ready::default()).map_err(failed)
    }

    /// A side as a page of the file (ISO 32000-1, 7.7.3.3).
    fn page(&self, root: ObjectId, resources: Dictionary, content: ObjectId) -> Dictionary {
        let size = self.sheets.size;
        dictionary! {
            "Type" => name("Page"),
            "Parent" => root,
            "MediaBox" => vec![0.into(), 0.into(), points(size.width), points(size.height)],
            "Resources" => resources,
            "Contents" => content,
        }
    }

    /// The root of the file (7.7.2): both sides are printed as large as they are, and turned as the
    /// order of the pages asks (12.2).
    fn catalogue(&self, document: &mut Document, root: ObjectId) -> Dictionary {
        let turn = match self.sheets.turn {
            Turn::ShortEdge => "DuplexFlipShortEdge",
            Turn::LongEdge => "DuplexFlipLongEdge",
        };
        let xmp = self.description().xmp(&[]);
        dictionary! {
            "Type" => name("Catalog"),
            "Pages" => root,
            "PageLabels" => labels(&self.sheets.sides),
            "PageLayout" => name(self.appearance.page_layout),
            "Lang" => text_string(&self.book.metadata.language),
            "ViewerPreferences" => dictionary! {
                "DisplayDocTitle" => true,
                "PrintScaling" => name("None"),
                "Duplex" => name(turn),
                "PickTrayByPDFSize" => true,
            },
            "Metadata" => document.add_object(xmp),
        }
    }

    /// What the file says about itself: the book's own words, and what became of it.
    fn description(&self) -> Description<'_> {
        let labels = &self.book.metadata.rules.labels;
        Description::of(self.book).made(match self.book.booklet.kind {
            BookletKind::Saddle | BookletKind::Gathered => labels.booklet,
            BookletKind::HandoutTwo | BookletKind::HandoutFour => labels.handout,
        })
    }

    /// The content streams of the sides, in their order.
    fn contents(&self) -> Vec<Stream> {
        let start = || (Vec::new(), Deflater::new());
        let write = |(raw, deflater): &mut (Vec<u8>, Deflater), side: &Side| {
            raw.clear();
            side.frames.iter().for_each(|frame| self.frame(frame, raw));
            self.marks(&side.marks, raw);
            packed(Dictionary::new(), deflater.compress(raw))
        };
        self.sheets.sides.par_iter().map_init(start, write).collect()
    }

    /// Writes a page into its frame: what reaches beyond the clip is not seen (8.5.4).
    fn frame(&self, frame: &Frame, out: &mut Vec<u8>) {
        let Some(page) = frame.leaf.page(self.layout) else { return };
        let Frame { corner, scale, clip, .. } = *frame;
        let height = self.layout.sheet.trim.height;
        out.extend_from_slice(b"q ");
        self.rectangle(clip, out);
        out.extend_from_slice(b"re W n\n");
        let size = i64::from(scale.parts());
        for factor in [size, 0, 0, size] {
            decimal(out, factor, 5);
            out.push(b' ');
        }
        self.place(Point { x: corner.x, y: corner.y + scale.of(height) }, out);
        out.extend_from_slice(b"cm\n");
        let canvas = Canvas {
            height,
            appearance: self.appearance,
            repertoire: self.repertoire,
            structure: None,
        };
        content::write(page, canvas, out);
        out.extend_from_slice(b"Q\n");
    }

    /// Writes the lines around pages, each kind in its own state.
    fn marks(&self, marks: &[Mark], out: &mut Vec<u8>) {
        for marks in marks.chunk_by(|one, next| one.stroke == next.stroke) {
            let Some(first) = marks.first() else { continue };
            out.extend_from_slice(self.pen(first.stroke).as_bytes());
            for mark in marks {
                self.place(mark.from, out);
                out.extend_from_slice(b"m ");
                self.place(mark.to, out);
                out.extend_from_slice(b"l S\n");
            }
            out.extend_from_slice(b"Q\n");
        }
    }

    /// The state in which a line is drawn: width, dashes, and black or a grey of it.
    fn pen(&self, stroke: Stroke) -> &'static str {
        let inks = self.appearance.printer.colours == Colours::Cmyk;
        match (stroke, inks) {
            (Stroke::Cut, false) => "q 0.25 w 0 G\n",
            (Stroke::Cut, true) => "q 0.25 w 0 0 0 1 K\n",
            (Stroke::Fold, false) => "q 0.25 w [3 1.5] 0 d 0 G\n",
            (Stroke::Fold, true) => "q 0.25 w [3 1.5] 0 d 0 0 0 1 K\n",
            (Stroke::Collation, false) => "q 4 w 0 G\n",
            (Stroke::Collation, true) => "q 4 w 0 0 0 1 K\n",
            (Stroke::Edge, false) => "q 0.25 w 0.5 G\n",
            (Stroke::Edge, true) => "q 0.25 w 0 0 0 0.5 K\n",
            (Stroke::Note, false) => "q 0.4 w 0.6 G\n",
            (Stroke::Note, true) => "q 0.4 w 0 0 0 0.4 K\n",
        }
    }

    /// Writes a rectangle of the sheet, counted from its foot.
    fn rectangle(&self, rect: Rect, out: &mut Vec<u8>) {
        self.place(Point { x: rect.origin.x, y: rect.bottom() }, out);
        length(out, rect.size.width, PLACE);
        length(out, rect.size.height, PLACE);
    }

    /// Writes a point of the sheet, counted from its foot.
    fn place(&self, point: Point, out: &mut Vec<u8>) {
        let up: Length = self.sheets.size.height - point.y;
        length(out, point.x, PLACE);
        length(out, up, PLACE);
    }
}

/// What viewers call the sides (12.4.2): each by its own words, as they do not count on.
fn labels(sides: &[Side]) -> Dictionary {
    let mut ranges: Vec<Object> = Vec::with_capacity(sides.len() * 2);
    for (index, side) in sides.iter().enumerate() {
        ranges.push(i64::try_from(index).unwrap_or(i64::MAX).into());
        ranges.push(dictionary! { "P" => text_string(&side.label) }.into());
    }
    dictionary! { "Nums" => ranges }
}
