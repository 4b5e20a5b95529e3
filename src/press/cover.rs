//! The cover sheet: back, spine and front side by side, the spine as wide as the printed book.

use std::collections::BTreeMap;

use crate::book::{Book, Lettering, Measures, PictureId};
use crate::diag::{Code, Diagnostic, Measure, Outcome, Place, Sink, Stopped};
use crate::font::Fonts;
use crate::image::Picture;
use crate::layout::{Item, Layout, Page};
use crate::message;
use crate::profile::{Binding, Printer, Sheet};
use crate::units::{Length, Point, Rect, Size};

/// A cover sheet, ready to be written as a book of one page.
pub struct CoverSheet {
    /// The book with nothing but its covers.
    pub book: Book,
    /// Its page.
    pub layout: Layout,
}

/// Lays out the cover sheet around the pages of `layout`, filled up as the printer fills them.
///
/// # Errors
/// A face cannot draw its words, or the printer has no sheet so large.
pub fn cover(book: &Book, layout: &Layout, fonts: &Fonts, sink: &mut Sink) -> Outcome<CoverSheet> {
    let printer = book.printer.value.covering();
    let covers = &printer.covers;
    let trim = layout.sheet.trim;
    let spine = book.cover.spine.width(book.printer.value.pages.filled(layout.pages.len()));
    let lettering = if spine < covers.lettered {
        sink.report(narrow(book, spine, covers.lettered));
        Lettering::None
    } else {
        Lettering::Words(covers.inset.as_pt())
    };
    let sheet = Size { width: trim.width * 2 + spine, height: trim.height };
    if !printer.holds(printer.media(sheet)) {
        sink.report(too_large(book, &printer, sheet));
    }
    let measures = Measures { trim, spine, bleed: printer.bleed, lettering };
    let covers = book.covers(&measures, fonts).map_err(|fault| {
        let finding = Diagnostic::new(fault.code, Place::Book, fault.message);
        sink.report(fault.hints.into_iter().fold(finding, Diagnostic::hint));
        Stopped
    })?;
    let page = Page { items: items(&covers, sheet, &measures), ..Page::default() };
    let layout = Layout {
        sheet: Sheet { trim: sheet, ..layout.sheet },
        cover: Page::default(),
        pages: vec![page],
        back: None,
        extent: layout.extent,
        outline: Vec::new(),
        places: BTreeMap::new(),
        starts: vec![None],
        structure: Vec::new(),
        spine: Some(spine),
    };
    sink.settle(CoverSheet { book: covers, layout })
}

/// A front that is a picture, and over it the sheet, which hides what reaches over the spine.
fn items(covers: &Book, sheet: Size, measures: &Measures) -> Vec<Item> {
    let bleed = measures.bleed;
    let mut items = Vec::new();
    if let [_, picture] = covers.pictures.as_slice() {
        let rect = front(picture, covers.cover.binding, sheet, measures);
        items.push(shown(PictureId(1), rect, &covers.metadata.title));
    }
    let whole = Rect::new(-bleed, -bleed, sheet.width + bleed * 2, sheet.height + bleed * 2);
    items.push(shown(PictureId(0), whole, &covers.metadata.title));
    items
}

fn shown(picture: PictureId, rect: Rect, alt: &str) -> Item {
    Item::Picture { picture, rect, alt: alt.to_owned() }
}

/// Where a picture of the front stands: over all of it with its bleed, as small as its proportion
/// allows, and in the middle. It is made larger and not mirrored at the edges, so that no word in it
/// is read twice.
fn front(picture: &Picture, binding: Binding, sheet: Size, measures: &Measures) -> Rect {
    let Measures { trim, bleed, .. } = *measures;
    let (width, height) = (trim.width + bleed, trim.height + bleed * 2);
    let natural = picture.size;
    let least = |side: Length| side.as_pt().max(0.01);
    let factor = (width.as_pt() / least(natural.width)).max(height.as_pt() / least(natural.height));
    let size = Size {
        width: Length::pt(natural.width.as_pt() * factor),
        height: Length::pt(natural.height.as_pt() * factor),
    };
    let left = match binding {
        Binding::Left => sheet.width - trim.width,
        Binding::Right => -bleed,
    };
    let origin =
        Point { x: left - (size.width - width) / 2, y: -bleed - (size.height - height) / 2 };
    Rect { origin, size }
}

fn narrow(book: &Book, spine: Length, lettered: Length) -> Diagnostic {
    let place = book.cover.spine.span.map_or(Place::Book, Place::from);
    let tenths = |length: Length| format!("{:.1}", length.as_mm());
    let (wide, least) = (tenths(spine), tenths(lettered));
    let message = message!(
        "the spine is {wide} mm wide and stays without words; they stand on one from {least} mm on",
        wide,
        least
    );
    Diagnostic::new(Code::NarrowSpine, place, message)
        .hint("tell the paper in `[cover.spine]`, if the book is thicker")
        .measure(Measure::lengths(spine, lettered))
}

fn too_large(book: &Book, printer: &Printer, sheet: Size) -> Diagnostic {
    let (media, largest) = (printer.media(sheet).in_mm(), printer.sheet.in_mm());
    let message = message!(
        "the cover takes {media} with its bleed and marks, and the largest sheet has {largest}",
        media,
        largest
    );
    Diagnostic::new(Code::SheetTooSmall, book.printer.span, message)
        .hint("choose a larger `sheet`, a smaller `trim`, less `bleed` or no `marks`")
}
