//! A side of the book as SVG, drawn from the same items as the PDFs' pages.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::Hash;

use quick_xml::escape::escape;

use crate::book::Book;
use crate::font::{FaceId, Fonts};
use crate::image::Kind;
use crate::layout::{GlyphRun, Ink, Item, Layout, Page};
use crate::units::{Length, Rect, Size};

use super::drawing;

/// What sides are drawn from.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The pictures.
    pub book: &'a Book,
    /// The outlines.
    pub fonts: &'a Fonts,
    /// The size of the paper.
    pub layout: &'a Layout,
    /// For each picture, what changes with its bytes: a browser keeps what it has by its address.
    pub stamps: &'a [u64],
}

/// The glyphs of a side, each drawn once and used wherever it stands.
pub struct Glyphs<'a> {
    fonts: &'a Fonts,
    /// The side, which makes the names of its glyphs differ from those of other sides.
    side: usize,
    numbers: BTreeMap<(FaceId, u16), usize>,
}

/// A side that is drawn but for the outlines of its glyphs, which take most of the work.
pub struct Drawn<'a> {
    glyphs: Glyphs<'a>,
    shapes: String,
    paper: Size,
}

impl Drawn<'_> {
    /// What differs where anything on the side does.
    pub fn content(&self) -> impl Hash {
        let used: Vec<_> = self.glyphs.numbers.keys().collect();
        (&self.shapes, used)
    }

    /// All of it.
    pub fn svg(&self) -> String {
        let (width, height) = (points(self.paper.width), points(self.paper.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">\
             <defs>{}</defs>{}</svg>",
            self.glyphs.definitions(),
            self.shapes
        )
    }
}

/// Draws a side, the `side`th of the book.
pub fn draw<'a>(page: &Page, side: usize, desk: Desk<'a>) -> Drawn<'a> {
    let mut glyphs = Glyphs { fonts: desk.fonts, side, numbers: BTreeMap::new() };
    let mut drawn = String::new();
    for item in &page.items {
        match item {
            Item::Glyphs(run) => write_run(page, run, &mut glyphs, &mut drawn),
            Item::Rule { rect, ink } => write_rule(*rect, *ink, &mut drawn),
            Item::Wave { rect, thickness, ink } => write_wave(*rect, *thickness, *ink, &mut drawn),
            Item::Picture { picture, rect, .. } => {
                let place = picture.0 as usize;
                let stamp = desk.stamps.get(place).copied().unwrap_or_default();
                match &desk.book.picture(*picture).kind {
                    Kind::Jpeg { .. } | Kind::Png { .. } => {
                        write_raster(place, stamp, *rect, &mut drawn);
                    }
                    Kind::Drawing(it) => drawing::write(it, *rect, &mut glyphs, &mut drawn),
                }
            }
            // Tags and links draw nothing; the blocks above the drawing are made from them.
            Item::Tag(_) | Item::Link { .. } => {}
        }
    }
    Drawn { glyphs, shapes: drawn, paper: desk.layout.sheet.trim }
}

impl Glyphs<'_> {
    /// The name of a glyph on this side.
    pub fn name(&mut self, face: FaceId, glyph: u16) -> String {
        let next = self.numbers.len();
        let number = *self.numbers.entry((face, glyph)).or_insert(next);
        format!("g{}-{number}", self.side)
    }

    /// Font units in an em of a face.
    pub fn units(&self, face: FaceId) -> f64 {
        f64::from(self.fonts.face(face).units_per_em().max(1))
    }

    fn definitions(&self) -> String {
        let mut paths = String::new();
        for (&(face, glyph), number) in &self.numbers {
            let outline = self.fonts.face(face).outline(glyph);
            // Writing into a string does not fail, here and below.
            let _ = write!(paths, "<path id=\"g{}-{number}\" d=\"{outline}\"/>", self.side);
        }
        paths
    }
}

/// A run: a group in font units, y upwards, at the start of its baseline.
fn write_run(page: &Page, run: &GlyphRun, glyphs: &mut Glyphs<'_>, out: &mut String) {
    let units = glyphs.units(run.face);
    let scale = run.size.as_pt() / units;
    let (x, y) = (points(run.origin.x), points(run.origin.y));
    let _ = write!(
        out,
        "<g fill=\"{}\" transform=\"translate({x} {y}) scale({scale:.6} {:.6})\">",
        colour(run.ink),
        -scale
    );
    for glyph in page.glyphs_of(run) {
        let x = glyph.x.as_pt() / scale;
        let _ = write!(out, "<use href=\"#{}\" x=\"{x:.0}\"/>", glyphs.name(run.face, glyph.id));
    }
    out.push_str("</g>");
}

fn write_rule(rect: Rect, ink: Ink, out: &mut String) {
    let _ = write!(out, "<rect {} fill=\"{}\"/>", place(rect), colour(ink));
}

/// A wavy line: half waves a little longer than high.
fn write_wave(rect: Rect, thickness: Length, ink: Ink, out: &mut String) {
    let count = rect.size.width.whole(rect.size.height.fraction(6, 5)).max(1);
    let half = rect.size.width.as_pt() / f64::from(count);
    let (reach, middle) = (rect.size.height.as_pt(), rect.size.height.as_pt() / 2.0);
    let (x, y) = (rect.origin.x.as_pt(), rect.origin.y.as_pt() + middle);
    let _ = write!(out, "<path fill=\"none\" stroke=\"{}\" ", colour(ink));
    let _ = write!(out, "stroke-width=\"{}\" d=\"M{x:.2} {y:.2}", points(thickness));
    let _ = write!(out, "q{:.2} {:.2} {half:.2} 0", half / 2.0, -reach + thickness.as_pt());
    for _ in 1..count {
        let _ = write!(out, "t{half:.2} 0");
    }
    out.push_str("\"/>");
}

fn write_raster(picture: usize, stamp: u64, rect: Rect, out: &mut String) {
    let href = format!("picture/{picture}?{stamp:x}");
    let place = place(rect);
    let _ = write!(out, "<image href=\"{}\" {place} preserveAspectRatio=\"none\"/>", escape(href));
}

/// A rectangle as attributes.
pub fn place(rect: Rect) -> String {
    let (x, y) = (points(rect.origin.x), points(rect.origin.y));
    let (width, height) = (points(rect.size.width), points(rect.size.height));
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

/// A length in points, to a hundredth.
fn points(length: Length) -> String {
    format!("{:.2}", length.as_pt())
}

/// The colours of the PDF for screens.
const fn colour(ink: Ink) -> &'static str {
    match ink {
        Ink::Text => "#000",
        Ink::Accent | Ink::Link => "#9d2f22",
        Ink::Quiet => "#595959",
        Ink::Ground => "#f2f2f2",
    }
}
