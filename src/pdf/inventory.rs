//! What the pages use: glyphs with the characters they stand for, pictures.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, PictureId};
use crate::font::FaceId;
use crate::image::{Kind, Shape};
use crate::layout::{Glyph, GlyphRun, Item, Layout, Page};

/// Everything that the pages of a layout draw.
#[derive(Debug, Default)]
pub struct Inventory {
    /// The glyphs of each face.
    pub faces: BTreeMap<FaceId, Glyphs>,
    /// The pictures.
    pub pictures: BTreeSet<PictureId>,
}

/// The glyphs of one face that are used, in the order of their first use.
#[derive(Debug, Default)]
pub struct Glyphs {
    /// Glyph ids of the face; the new id of each is its place, from 1.
    pub old: Vec<u16>,
    /// For each, the characters that a reader of the PDF gets for it.
    pub text: Vec<String>,
    /// The new id by the old one; 0 for glyphs not used.
    new: Vec<u16>,
}

impl Glyphs {
    /// The id that `glyph` gets in the subset.
    pub fn new_id(&self, glyph: u16) -> u16 {
        self.new.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The characters that a reader of the PDF gets for the glyph with this new id.
    pub fn text_of(&self, new_id: u16) -> &str {
        let place = usize::from(new_id).checked_sub(1);
        place.and_then(|place| self.text.get(place)).map_or("", String::as_str)
    }

    /// Notes a use of `glyph` for `text`; the first text that is not empty stays.
    fn add(&mut self, glyph: u16, text: &str) {
        let place = usize::from(glyph);
        if self.new.len() <= place {
            self.new.resize(place + 1, 0);
        }
        if self.new[place] == 0 {
            self.old.push(glyph);
            self.text.push(text.to_owned());
            // A face has at most 65 535 glyphs.
            self.new[place] = self.old.len() as u16;
        } else if !text.is_empty() {
            let known = &mut self.text[usize::from(self.new[place]) - 1];
            if known.is_empty() {
                text.clone_into(known);
            }
        }
    }
}

impl Inventory {
    /// What the cover and the pages of `layout` use.
    pub fn new(book: &Book, layout: &Layout) -> Self {
        let mut inventory = Self::default();
        for page in std::iter::once(&layout.cover).chain(&layout.pages) {
            inventory.add_page(page);
        }
        for picture in inventory.pictures.clone() {
            if let Kind::Drawing(drawing) = &book.picture(picture).kind {
                for shape in &drawing.shapes {
                    if let Shape::Glyphs { face, glyphs, .. } = shape {
                        let used = inventory.faces.entry(*face).or_default();
                        glyphs.iter().for_each(|glyph| used.add(glyph.id, &glyph.text));
                    }
                }
            }
        }
        inventory
    }

    fn add_page(&mut self, page: &Page) {
        for item in &page.items {
            match item {
                Item::Glyphs(run) => {
                    let used = self.faces.entry(run.face).or_default();
                    for cluster in clusters(page, run) {
                        // Only a glyph that stands alone can be said to mean its characters.
                        let text = if cluster.len() == 1 { text(page, cluster) } else { "" };
                        cluster.iter().for_each(|glyph| used.add(glyph.id, text));
                    }
                }
                Item::Picture { picture, .. } => {
                    self.pictures.insert(*picture);
                }
                Item::Rule { .. } | Item::Link { .. } => {}
            }
        }
    }
}

/// The glyphs of a run in groups that stand for the same characters.
pub fn clusters<'p>(page: &'p Page, run: &GlyphRun) -> impl Iterator<Item = &'p [Glyph]> {
    let glyphs = &page.glyphs[run.glyphs.start as usize..run.glyphs.end as usize];
    glyphs.chunk_by(|_, next| next.text_length == 0)
}

/// The characters that a cluster stands for.
pub fn text<'p>(page: &'p Page, cluster: &[Glyph]) -> &'p str {
    let Some(first) = cluster.first() else { return "" };
    let start = first.text_start as usize;
    page.text.get(start..start + usize::from(first.text_length)).unwrap_or_default()
}
