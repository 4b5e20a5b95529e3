//! Pages as content streams.

use std::collections::BTreeMap;

use super::drawing;
use super::fonts::Program;
use super::ink::Colour;
use super::inventory::{Glyphs, Inventory, clusters, text};
use super::number::{operation, push, push_byte, push_text};
use crate::font::FaceId;
use crate::layout::{Glyph, GlyphRun, Item, Page};
use crate::profile::Product;
use crate::units::{Length, Rect};

/// What content streams refer to.
pub struct Resources<'a> {
    /// The glyphs of each face.
    pub inventory: &'a Inventory,
    /// The font programs.
    pub programs: &'a BTreeMap<FaceId, Program>,
    /// What the file is for.
    pub product: Product,
}

/// The content stream of a page `height` high.
pub fn write(page: &Page, height: Length, resources: &Resources<'_>) -> Vec<u8> {
    let mut writer =
        Writer { resources, height, out: Vec::with_capacity(page.glyphs.len() * 4), fill: None };
    for item in &page.items {
        match item {
            Item::Glyphs(run) => writer.run(page, run),
            Item::Rule { rect, ink } => {
                if writer.ink(Colour::of(*ink, resources.product)) {
                    let [x, y, width, height] = writer.rect(*rect);
                    operation(&mut writer.out, &[x, y, width, height], "re");
                    writer.out.extend_from_slice(b"f\n");
                }
            }
            Item::Picture { picture, rect, .. } => {
                let [x, y, width, height] = writer.rect(*rect);
                writer.out.extend_from_slice(b"q\n");
                operation(&mut writer.out, &[width, 0.0, 0.0, height, x, y], "cm");
                writer.out.extend_from_slice(format!("/P{} Do\nQ\n", picture.0).as_bytes());
            }
            Item::Link { .. } => {}
        }
    }
    writer.out
}

struct Writer<'a> {
    resources: &'a Resources<'a>,
    height: Length,
    out: Vec<u8>,
    /// The colour set last.
    fill: Option<Colour>,
}

impl Writer<'_> {
    /// A rectangle in the coordinates of PDF: from the bottom-left corner, upwards.
    fn rect(&self, rect: Rect) -> [f64; 4] {
        let y = self.height - rect.bottom();
        [rect.origin.x, y, rect.size.width, rect.size.height].map(Length::as_pt)
    }

    /// Sets the colour; false where the product draws nothing in it.
    fn ink(&mut self, colour: Colour) -> bool {
        if self.fill != Some(colour) {
            colour.fill(&mut self.out);
            self.fill = Some(colour);
        }
        colour != Colour::Nothing
    }

    /// Glyphs on one baseline, each moved to its place by the distances of a `TJ` array.
    fn run(&mut self, page: &Page, run: &GlyphRun) {
        let resources = self.resources;
        let (Some(program), Some(glyphs)) =
            (resources.programs.get(&run.face), resources.inventory.faces.get(&run.face))
        else {
            return;
        };
        if !self.ink(Colour::of(run.ink, resources.product)) {
            return;
        }
        self.out.extend_from_slice(b"BT\n/");
        self.out.extend_from_slice(program.resource.as_bytes());
        self.out.push(b' ');
        operation(&mut self.out, &[run.size.as_pt()], "Tf");
        let y = self.height - run.origin.y;
        operation(&mut self.out, &[1.0, 0.0, 0.0, 1.0, run.origin.x.as_pt(), y.as_pt()], "Tm");
        let mut row = Row { program, glyphs, size: run.size, at: 0, open: Open::Closed };
        for cluster in clusters(page, run) {
            row.cluster(&mut self.out, cluster, text(page, cluster));
        }
        row.close(&mut self.out);
        self.out.extend_from_slice(b"ET\n");
    }
}

/// How much of a `TJ` array has been begun.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Closed,
    Array,
    Text,
}

/// A row of glyphs while it is written.
struct Row<'a> {
    program: &'a Program,
    glyphs: &'a Glyphs,
    size: Length,
    /// Where the next glyph would stand, in thousandths of an em.
    at: i64,
    open: Open,
}

impl Row<'_> {
    /// Glyphs that stand for `text`: as they are where the font says so, else with the text beside
    /// them (ISO 32000-1 14.9.4).
    fn cluster(&mut self, out: &mut Vec<u8>, cluster: &[Glyph], text: &str) {
        let plain = match cluster {
            [glyph] => {
                !text.is_empty() && self.glyphs.text_of(self.glyphs.new_id(glyph.id)) == text
            }
            _ => false,
        };
        if !plain {
            self.close(out);
            out.extend_from_slice(b"/Span <</ActualText ");
            push_text(out, text);
            out.extend_from_slice(b">> BDC\n");
        }
        cluster.iter().for_each(|glyph| self.glyph(out, glyph));
        if !plain {
            self.close(out);
            out.extend_from_slice(b"EMC\n");
        }
    }

    fn glyph(&mut self, out: &mut Vec<u8>, glyph: &Glyph) {
        let id = self.glyphs.new_id(glyph.id);
        let x = thousandths(glyph.x, self.size);
        if x != self.at {
            self.array(out);
            push(out, (self.at - x) as f64);
            // The space after a number is not needed before a string.
            out.pop();
            self.at = x;
        }
        self.text(out);
        let [high, low] = id.to_be_bytes();
        push_byte(out, high);
        push_byte(out, low);
        self.at += self.program.advances.get(usize::from(id)).copied().unwrap_or(0);
    }

    /// Inside the array, outside a string.
    fn array(&mut self, out: &mut Vec<u8>) {
        match self.open {
            Open::Closed => out.push(b'['),
            Open::Array => out.push(b' '),
            Open::Text => out.push(b')'),
        }
        self.open = Open::Array;
    }

    /// Inside a string.
    fn text(&mut self, out: &mut Vec<u8>) {
        match self.open {
            Open::Closed => out.extend_from_slice(b"[("),
            Open::Array => out.push(b'('),
            Open::Text => {}
        }
        self.open = Open::Text;
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        match self.open {
            Open::Closed => {}
            Open::Array => out.extend_from_slice(b"]TJ\n"),
            Open::Text => out.extend_from_slice(b")]TJ\n"),
        }
        self.open = Open::Closed;
    }
}

/// A distance in thousandths of an em, rounded.
fn thousandths(distance: Length, em: Length) -> i64 {
    let (distance, em) = (i64::from(distance.raw()) * 1000, i64::from(em.raw().max(1)));
    (distance + em / 2).div_euclid(em)
}

/// A drawing as the content of a form.
pub fn drawing(drawing: &crate::image::Drawing, resources: &Resources<'_>) -> Vec<u8> {
    drawing::write(drawing, resources)
}
