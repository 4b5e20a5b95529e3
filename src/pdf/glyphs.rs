//! Which glyphs the pages use and what text each stands for.
//!
//! A reader finds the text of a glyph in its font's ToUnicode map, which holds one text for each
//! glyph (ISO 32000-1, 9.10.3). The first text that a glyph alone stands for is its own; wherever
//! it stands for another, the page says so with ActualText (14.9.4).

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Place};
use crate::font::{Face, FaceId, Fonts};
use crate::image::{Drawing, DrawnGlyph, Shape};
use crate::layout::{Glyph, Item, Layout, Page};
use crate::message;
use crate::units::Length;

/// What a glyph says that is never alone for a text of its own.
const NOTHING_OF_ITS_OWN: &str = "\u{FFFD}";
/// The width that fonts give to glyphs which their `W` leaves out, such as `.notdef`.
const DEFAULT_WIDTH: i64 = 1000;

/// The glyphs that a book uses, by face.
pub struct Repertoire(BTreeMap<FaceId, FaceGlyphs>);

/// The glyphs that a book uses of one face. In the subset they are numbered from 1 in the order of
/// their ids in the face.
pub struct FaceGlyphs {
    /// The name that pages use for the font: `F0`.
    pub resource: String,
    /// Place + 1 in `entries`, which is the id in the subset, by id in the face.
    places: Box<[u16]>,
    entries: Vec<Entry>,
    texts: String,
    widths: Vec<i64>,
}

/// A used glyph.
struct Entry {
    /// Its id in the face.
    glyph: u16,
    /// Where [`FaceGlyphs::texts`] has its text.
    text: (usize, usize),
    /// Whether it stood alone for that text.
    alone: bool,
}

/// Glyphs that stand for a text together; mostly one.
#[derive(Clone, Copy)]
pub struct Cluster<'a> {
    /// The glyphs, at least one.
    pub glyphs: &'a [Glyph],
    /// Their characters; none for a glyph that no character asked for.
    pub text: &'a str,
}

/// Findings for pages that show the sign for a missing glyph (`.notdef`), a finding a page
/// (ISO 19005-2, 6.2.11.8). The book was refused before where no font has a character; this is for
/// what a font's own rules make of characters that it has.
pub fn check(layout: &Layout) -> Vec<Diagnostic> {
    let pages = layout.sides().enumerate();
    let missing = pages.filter_map(|(number, page)| {
        let glyph = page.glyphs.iter().find(|glyph| glyph.id == 0)?;
        let start = glyph.text_start as usize;
        let text = page.text.get(start..start + usize::from(glyph.text_length));
        let what = text.unwrap_or_default();
        let message =
            message!("page {number} shows the sign for a missing glyph for `{what}`", number, what);
        Some(Diagnostic::new(Code::MissingGlyph, Place::Book, message))
    });
    missing.collect()
}

/// The clusters of a row of glyphs, whose texts are parts of `text`.
pub fn clusters<'a>(glyphs: &'a [Glyph], text: &'a str) -> impl Iterator<Item = Cluster<'a>> {
    glyphs.chunk_by(|_, next| next.text_length == 0).map(move |glyphs| {
        let range = glyphs.first().map_or(0..0, |first| {
            let start = first.text_start as usize;
            start..start + usize::from(first.text_length)
        });
        Cluster { glyphs, text: text.get(range).unwrap_or_default() }
    })
}

/// A drawing's glyphs as a page has them, at a size of one point.
pub fn as_on_a_page(drawn: &[DrawnGlyph]) -> (Vec<Glyph>, String) {
    let mut text = String::new();
    let mut glyphs = Vec::with_capacity(drawn.len());
    for glyph in drawn {
        glyphs.push(Glyph {
            id: glyph.id,
            text_length: u16::try_from(glyph.text.len()).unwrap_or(u16::MAX),
            text_start: u32::try_from(text.len()).unwrap_or(u32::MAX),
            x: Length::pt(f64::from(glyph.x)),
        });
        text.push_str(&glyph.text);
    }
    (glyphs, text)
}

impl Repertoire {
    /// The glyphs of pages and drawings. What pages say first is what glyphs say by themselves.
    pub fn collect<'a>(
        pages: impl Iterator<Item = &'a Page>,
        drawings: impl Iterator<Item = &'a Drawing>,
        fonts: &Fonts,
    ) -> Self {
        let mut repertoire = Self(BTreeMap::new());
        pages.for_each(|page| repertoire.add_page(page));
        for shape in drawings.flat_map(|drawing| &drawing.shapes) {
            match shape {
                Shape::Path { .. } => {}
                Shape::Glyphs { face, glyphs, .. } => {
                    let (glyphs, text) = as_on_a_page(glyphs);
                    repertoire.add(*face, &glyphs, &text);
                }
            }
        }
        for (number, (id, face)) in repertoire.0.iter_mut().enumerate() {
            face.settle(format!("F{number}"), fonts.face(*id));
        }
        repertoire
    }

    /// Each face with its glyphs.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &FaceGlyphs)> {
        self.0.iter().map(|(&id, face)| (id, face))
    }

    /// The glyphs of a face; none if nothing is set in it.
    pub fn face(&self, id: FaceId) -> Option<&FaceGlyphs> {
        self.0.get(&id)
    }

    fn add_page(&mut self, page: &Page) {
        for item in &page.items {
            match item {
                Item::Glyphs(run) => self.add(run.face, page.glyphs_of(run), &page.text),
                Item::Rule { .. }
                | Item::Wave { .. }
                | Item::Picture { .. }
                | Item::Link { .. }
                | Item::Tag(_) => {}
            }
        }
    }

    fn add(&mut self, face: FaceId, glyphs: &[Glyph], text: &str) {
        let face = self.0.entry(face).or_insert_with(FaceGlyphs::new);
        for cluster in clusters(glyphs, text) {
            face.add(cluster);
        }
    }
}

impl FaceGlyphs {
    fn new() -> Self {
        Self {
            resource: String::new(),
            places: vec![0; 0x1_0000].into_boxed_slice(),
            entries: Vec::new(),
            texts: String::new(),
            widths: Vec::new(),
        }
    }

    /// Takes up the glyphs of a cluster. A lone glyph says its text; several share theirs out, a
    /// character each and the last the rest, until one of them is met alone.
    fn add(&mut self, cluster: Cluster<'_>) {
        if let [glyph] = cluster.glyphs
            && is_sayable(cluster.text)
        {
            return self.record(glyph.id, cluster.text, true);
        }
        let mut rest = cluster.text;
        for (left, glyph) in (0..cluster.glyphs.len()).rev().zip(cluster.glyphs) {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let (share, others) = rest.split_at(if left == 0 { rest.len() } else { first });
            rest = others;
            let share = if is_sayable(share) { share } else { NOTHING_OF_ITS_OWN };
            self.record(glyph.id, share, false);
        }
    }

    fn record(&mut self, glyph: u16, text: &str, alone: bool) {
        let place = &mut self.places[usize::from(glyph)];
        let known =
            usize::from(*place).checked_sub(1).and_then(|place| self.entries.get_mut(place));
        if known.as_ref().is_some_and(|entry| entry.alone || !alone) || glyph == 0 {
            return;
        }
        let start = self.texts.len();
        self.texts.push_str(text);
        let entry = Entry { glyph, text: (start, self.texts.len()), alone };
        match known {
            Some(known) => *known = entry,
            None => {
                self.entries.push(entry);
                // A face has fewer than 65 536 glyphs, and `.notdef` is not among these.
                *place = u16::try_from(self.entries.len()).unwrap_or(0);
            }
        }
    }

    /// Numbers the glyphs, measures them and names the font.
    fn settle(&mut self, resource: String, face: &Face) {
        self.resource = resource;
        self.entries.sort_unstable_by_key(|entry| entry.glyph);
        self.widths.push(DEFAULT_WIDTH);
        for (new, entry) in (1..=u16::MAX).zip(&self.entries) {
            self.places[usize::from(entry.glyph)] = new;
            self.widths.push(width(face, entry.glyph));
        }
    }

    /// The used glyphs by their ids in the face, ascending: those of the subset from 1.
    pub fn ids(&self) -> impl Iterator<Item = u16> {
        self.entries.iter().map(|entry| entry.glyph)
    }

    /// The text of each used glyph, in the order of [`Self::ids`].
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &self.texts[entry.text.0..entry.text.1])
    }

    /// The id in the subset of a glyph of the face: 0 for one that is not used.
    pub fn renumbered(&self, glyph: u16) -> u16 {
        self.places[usize::from(glyph)]
    }

    /// The advance of a glyph of the subset in thousandths of an em, as the file's `W` has it.
    pub fn width(&self, renumbered: u16) -> i64 {
        self.widths.get(usize::from(renumbered)).copied().unwrap_or(DEFAULT_WIDTH)
    }

    /// Whether the glyphs' own texts, one after the other, are the text of the cluster.
    pub fn says(&self, cluster: Cluster<'_>) -> bool {
        let mut rest = cluster.text;
        for glyph in cluster.glyphs {
            let place = usize::from(self.renumbered(glyph.id)).checked_sub(1);
            let (start, end) = place.map_or((0, 0), |place| self.entries[place].text);
            match rest.strip_prefix(&self.texts[start..end]) {
                Some(others) => rest = others,
                None => return false,
            }
        }
        rest.is_empty()
    }
}

/// Whether a ToUnicode map can hold `text`: something, not too long (Adobe TN 5411), and no
/// character that PDF/A forbids there (ISO 19005-2, 6.2.11.7.2).
fn is_sayable(text: &str) -> bool {
    (1..=128).contains(&text.len()) && !text.contains(['\0', '\u{FEFF}', '\u{FFFE}'])
}

/// The advance of a glyph in thousandths of an em, cut off and in the precision in which printpdf
/// writes `W`.
fn width(face: &Face, glyph: u16) -> i64 {
    (f32::from(face.advance(glyph)) * 1000.0 / f32::from(face.units_per_em())) as i64
}
