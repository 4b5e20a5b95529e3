//! A page as the bytes of its content stream (ISO 32000-1, 7.8.2), written straight from the items.

use crate::book::PictureId;
use crate::font::FaceId;
use crate::layout::{Artifact, Element, Glyph, GlyphRun, Ink, Item, Page, Tag};
use crate::units::{Length, Point, Rect};

use super::appearance::Appearance;
use super::glyphs::{FaceGlyphs, Repertoire, clusters};
use super::structure::{Marked, structure_type};
use super::syntax::{decimal, length, string_byte, utf16};

/// Decimals of coordinates in points: a third of a micrometre.
const PLACE: u32 = 3;
/// Decimals of sizes, which a whole line is multiplied by.
const SIZE: u32 = 5;

/// What pages are written with.
#[derive(Clone, Copy)]
pub struct Canvas<'a> {
    /// The height of the page: PDF counts from the foot.
    pub height: Length,
    /// The colours.
    pub appearance: &'a Appearance,
    /// The fonts.
    pub repertoire: &'a Repertoire,
    /// What the items of pages belong to; nothing for a file without structure.
    pub structure: Option<&'a [Element]>,
}

/// The graphics state as far as it was set.
struct State {
    in_text: bool,
    font: Option<(FaceId, Length)>,
    ink: Option<&'static str>,
    /// What comes next belongs to.
    tag: Tag,
    /// Whether a marked content for it has begun.
    in_mark: bool,
    marked: Marked,
}

/// The name of a picture in a page's resources.
pub fn picture_name(picture: PictureId) -> String {
    format!("P{}", picture.0)
}

/// Writes all items of `page`; gives what belongs to which element.
pub fn write(page: &Page, canvas: Canvas<'_>, out: &mut Vec<u8>) -> Marked {
    let mut state = State {
        in_text: false,
        font: None,
        ink: None,
        tag: Tag::LAYOUT,
        in_mark: false,
        marked: Marked::default(),
    };
    for item in &page.items {
        match item {
            Item::Glyphs(run) => write_run(page, run, canvas, &mut state, out),
            Item::Rule { rect, ink } => write_rule(*rect, *ink, canvas, &mut state, out),
            Item::Wave { rect, thickness, ink } => {
                write_wave(*rect, *thickness, *ink, canvas, &mut state, out);
            }
            Item::Picture { picture, rect, .. } => {
                write_picture(*picture, *rect, canvas, &mut state, out);
            }
            Item::Tag(tag) => state.follow(*tag, out),
            Item::Link { .. } => {}
        }
    }
    state.end_mark(out);
    state.leave_text(out);
    state.marked
}

impl State {
    /// What comes next belongs to `tag`.
    fn follow(&mut self, tag: Tag, out: &mut Vec<u8>) {
        if self.tag != tag {
            self.end_mark(out);
            self.tag = tag;
        }
    }

    /// Begins the marked content that what is drawn next stands in (14.6).
    fn begin_mark(&mut self, canvas: Canvas<'_>, out: &mut Vec<u8>) {
        let Some(structure) = canvas.structure.filter(|_| !self.in_mark) else { return };
        self.leave_text(out);
        self.in_mark = true;
        match self.tag {
            Tag::Artifact(Artifact::Layout) => {
                out.extend_from_slice(b"/Artifact <</Type /Layout>> BDC\n");
            }
            Tag::Artifact(Artifact::Head) => {
                out.extend_from_slice(b"/Artifact <</Type /Pagination /Subtype /Header>> BDC\n");
            }
            Tag::Element(element) => {
                out.push(b'/');
                let role = structure.get(element.0 as usize).map(|element| &element.role);
                out.extend_from_slice(role.map_or("Span", structure_type).as_bytes());
                out.extend_from_slice(b" <</MCID ");
                decimal(out, self.marked.contents.len() as i64, 0);
                out.extend_from_slice(b">> BDC\n");
                self.marked.contents.push(element);
            }
        }
    }

    fn end_mark(&mut self, out: &mut Vec<u8>) {
        if self.in_mark {
            self.leave_text(out);
            out.extend_from_slice(b"EMC\n");
            self.in_mark = false;
        }
    }

    /// Sets `ink`; false when it draws nothing.
    fn set_ink(&mut self, ink: Ink, canvas: Canvas<'_>, out: &mut Vec<u8>) -> bool {
        let Some(operator) = canvas.appearance.ink(ink) else { return false };
        if self.ink != Some(operator) {
            out.extend_from_slice(operator.as_bytes());
            self.ink = Some(operator);
        }
        true
    }

    fn enter_text(&mut self, out: &mut Vec<u8>) {
        if !self.in_text {
            out.extend_from_slice(b"BT\n");
            self.in_text = true;
        }
    }

    fn leave_text(&mut self, out: &mut Vec<u8>) {
        if self.in_text {
            out.extend_from_slice(b"ET\n");
            self.in_text = false;
        }
    }
}

fn write_run(
    page: &Page,
    run: &GlyphRun,
    canvas: Canvas<'_>,
    state: &mut State,
    out: &mut Vec<u8>,
) {
    let Some(font) = canvas.repertoire.face(run.face) else { return };
    let glyphs = page.glyphs_of(run);
    if glyphs.is_empty() || run.size <= Length::ZERO || !state.set_ink(run.ink, canvas, out) {
        return;
    }
    state.begin_mark(canvas, out);
    state.enter_text(out);
    if state.font != Some((run.face, run.size)) {
        select_font(font, run.size, out);
        state.font = Some((run.face, run.size));
    }
    out.extend_from_slice(b"1 0 0 1 ");
    place(run.origin, canvas, out);
    out.extend_from_slice(b"Tm\n");
    show(glyphs, &page.text, run.size, font, out);
}

/// Writes `Tf` (9.3.1).
pub fn select_font(font: &FaceGlyphs, size: Length, out: &mut Vec<u8>) {
    out.push(b'/');
    out.extend_from_slice(font.resource.as_bytes());
    out.push(b' ');
    length(out, size, SIZE);
    out.extend_from_slice(b"Tf\n");
}

/// Writes the glyphs from the current place as `TJ` (9.4.3). Clusters whose text differs from what
/// their glyphs say by themselves stand in a span with ActualText (14.9.4).
pub fn show(glyphs: &[Glyph], text: &str, size: Length, font: &FaceGlyphs, out: &mut Vec<u8>) {
    let mut row = Row { size: i64::from(size.raw()).max(1), pen: 0, open: Open::Nothing, out };
    for cluster in clusters(glyphs, text) {
        let differs = !font.says(cluster);
        if differs {
            row.close();
            row.out.extend_from_slice(b"/Span <</ActualText ");
            utf16(row.out, cluster.text);
            row.out.extend_from_slice(b">> BDC\n");
        }
        for glyph in cluster.glyphs {
            row.add(glyph, font);
        }
        if differs {
            row.close();
            row.out.extend_from_slice(b"EMC\n");
        }
    }
    row.close();
}

/// Numbers of `TJ` are thousandths of an em, here with a digit more: so gaps that are all alike stay so.
const PARTS: i64 = 10_000;

/// A row of glyphs while it is written.
struct Row<'a> {
    /// One em in scaled points.
    size: i64,
    /// Where a reader thinks it is, in [`PARTS`] of an em from the start of the row.
    pen: i64,
    open: Open,
    out: &'a mut Vec<u8>,
}

/// What is begun and not ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Array,
    String,
}

impl Row<'_> {
    fn add(&mut self, glyph: &Glyph, font: &FaceGlyphs) {
        self.move_to(glyph.x);
        if self.open == Open::Nothing {
            self.out.push(b'[');
        }
        if self.open != Open::String {
            self.out.push(b'(');
            self.open = Open::String;
        }
        let id = font.renumbered(glyph.id);
        for byte in id.to_be_bytes() {
            string_byte(self.out, byte);
        }
        self.pen = self.pen.saturating_add(font.width(id) * (PARTS / 1000));
    }

    /// Writes a number that takes the pen to `x`, unless it is there to a thousandth of an em.
    fn move_to(&mut self, x: Length) {
        let wanted = i64::from(x.raw()) * PARTS;
        let off = wanted.saturating_sub(self.pen.saturating_mul(self.size));
        if off.abs() <= self.size * (PARTS / 1000) {
            return;
        }
        match self.open {
            Open::Nothing => self.out.push(b'['),
            Open::Array => {}
            Open::String => self.out.push(b')'),
        }
        self.open = Open::Array;
        let pen = (wanted + self.size / 2).div_euclid(self.size);
        decimal(self.out, self.pen - pen, 1);
        self.pen = pen;
    }

    fn close(&mut self) {
        match self.open {
            Open::Nothing => {}
            Open::Array => self.out.extend_from_slice(b"]TJ\n"),
            Open::String => self.out.extend_from_slice(b")]TJ\n"),
        }
        self.open = Open::Nothing;
    }
}

fn write_rule(rect: Rect, ink: Ink, canvas: Canvas<'_>, state: &mut State, out: &mut Vec<u8>) {
    state.leave_text(out);
    if !state.set_ink(ink, canvas, out) {
        return;
    }
    state.begin_mark(canvas, out);
    place(Point { x: rect.origin.x, y: rect.bottom() }, canvas, out);
    length(out, rect.size.width, PLACE);
    length(out, rect.size.height, PLACE);
    out.extend_from_slice(b"re f\n");
}

/// A wavy line as a filled band: half waves a little longer than high, up first, and the same way
/// back as far below as the line is thick.
fn write_wave(
    rect: Rect,
    thickness: Length,
    ink: Ink,
    canvas: Canvas<'_>,
    state: &mut State,
    out: &mut Vec<u8>,
) {
    state.leave_text(out);
    let count = rect.size.width.whole(rect.size.height.fraction(6, 5)).max(1);
    if rect.size.width <= Length::ZERO || !state.set_ink(ink, canvas, out) {
        return;
    }
    state.begin_mark(canvas, out);
    let upper = rect.origin.y + (rect.size.height - thickness).fraction(1, 2);
    let at = |numerator, y| Point {
        x: rect.origin.x + rect.size.width.fraction(numerator, count * 10),
        y,
    };
    // A cubic curve reaches three quarters of the way to its inner points.
    let reach = (rect.size.height - thickness).fraction(2, 3);
    place(at(0, upper), canvas, out);
    out.extend_from_slice(b"m ");
    for half in 0..count {
        let inner = upper + if half % 2 == 0 { -reach } else { reach };
        curve(
            [(4, inner), (6, inner), (10, upper)].map(|(x, y)| at(half * 10 + x, y)),
            canvas,
            out,
        );
    }
    let lower = upper + thickness;
    place(at(count * 10, lower), canvas, out);
    out.extend_from_slice(b"l ");
    for half in (0..count).rev() {
        let inner = lower + if half % 2 == 0 { -reach } else { reach };
        curve([(6, inner), (4, inner), (0, lower)].map(|(x, y)| at(half * 10 + x, y)), canvas, out);
    }
    out.extend_from_slice(b"f\n");
}

/// Writes `c` (8.5.2.1).
fn curve(points: [Point; 3], canvas: Canvas<'_>, out: &mut Vec<u8>) {
    points.into_iter().for_each(|point| place(point, canvas, out));
    out.extend_from_slice(b"c ");
}

/// Every picture fills the unit square, rasters by their nature and drawings by their matrix.
fn write_picture(
    picture: PictureId,
    rect: Rect,
    canvas: Canvas<'_>,
    state: &mut State,
    out: &mut Vec<u8>,
) {
    state.leave_text(out);
    state.begin_mark(canvas, out);
    if let Tag::Element(element) = state.tag {
        state.marked.figures.push((element, rect));
    }
    out.extend_from_slice(b"q ");
    out.extend_from_slice(canvas.appearance.before_picture().as_bytes());
    length(out, rect.size.width, PLACE);
    out.extend_from_slice(b"0 0 ");
    length(out, rect.size.height, PLACE);
    place(Point { x: rect.origin.x, y: rect.bottom() }, canvas, out);
    out.extend_from_slice(b"cm /");
    out.extend_from_slice(picture_name(picture).as_bytes());
    out.extend_from_slice(b" Do Q\n");
}

/// Writes a point, turned upright.
fn place(point: Point, canvas: Canvas<'_>, out: &mut Vec<u8>) {
    length(out, point.x, PLACE);
    length(out, canvas.height - point.y, PLACE);
}
