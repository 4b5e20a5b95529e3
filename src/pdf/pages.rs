//! The pages as objects, their content written and compressed in parallel.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use crate::book::PictureId;
use crate::layout::{Layout, Page, PagePlace};
use crate::profile::Colours;
use crate::units::{Length, Point};

use super::appearance::Appearance;
use super::boxes::Boxes;
use super::content::{self, Canvas};
use super::deflate::{Deflater, packed};
use super::slug::Slug;
use super::structure::Marked;
use super::syntax::{length, name, points};
use super::{marks, picture};

/// The pages of one file.
pub struct PageTree {
    /// The root of the tree.
    pub root: ObjectId,
    /// The front cover, where the file has it.
    pub cover: Option<ObjectId>,
    /// The back cover, likewise.
    pub back: Option<ObjectId>,
    /// The objects of [`Layout::pages`], and of the blank pages that fill up the last signature.
    pub pages: Vec<ObjectId>,
    /// Their boxes.
    pub boxes: Boxes,
    /// How far what stands on the pages moves from the spine.
    shift: Length,
}

/// What pages are written with.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// The page itself.
    pub canvas: Canvas<'a>,
    /// The line outside it.
    pub slug: Option<&'a Slug<'a>>,
    /// What their contents name.
    pub resources: &'a Resources,
}

impl PageTree {
    /// Numbers the pages, so that other objects can point to them.
    pub fn reserve(document: &mut Document, layout: &Layout, appearance: &Appearance) -> Self {
        let printer = &appearance.printer;
        let count = printer.pages.filled(layout.pages.len());
        Self {
            root: document.new_object_id(),
            cover: appearance.cover.then(|| document.new_object_id()),
            pages: (0..count).map(|_| document.new_object_id()).collect(),
            back: layout
                .back
                .as_ref()
                .filter(|_| appearance.cover)
                .map(|_| document.new_object_id()),
            boxes: Boxes::new(layout, printer),
            shift: printer.shift(&layout.sheet, count),
        }
    }

    /// How many pages the file has.
    pub fn count(&self) -> usize {
        usize::from(self.cover.is_some()) + self.pages.len() + usize::from(self.back.is_some())
    }

    /// The left end of a line of a page, at the zoom that the reader has (ISO 32000-1, 12.3.2.2);
    /// none for a page that does not exist.
    pub fn destination(&self, place: PagePlace) -> Option<Object> {
        let page = Object::Reference(*self.pages.get(place.page)?);
        let Point { x, y } = self.boxes.on_sheet(Point { x: Length::ZERO, y: place.y });
        Some(vec![page, name("XYZ"), points(x), points(y), Object::Null].into())
    }

    /// Every page with its object and how far it moves to the right, in the order of the file.
    fn leaves<'a>(&self, layout: &'a Layout, blank: &'a Page) -> Vec<Leaf<'a>> {
        let leaf = |(id, page)| Leaf { id, page, shift: Length::ZERO };
        let cover = self.cover.map(|id| leaf((id, &layout.cover)));
        let back = self.back.zip(layout.back.as_ref()).map(leaf);
        let pages = layout.pages.iter().chain(std::iter::repeat(blank));
        let inner = self.pages.iter().zip(pages).enumerate().map(|(index, (&id, page))| {
            // The first page is a recto, whose spine is on the left.
            Leaf { id, page, shift: if index % 2 == 0 { self.shift } else { -self.shift } }
        });
        cover.into_iter().chain(inner).chain(back).collect()
    }

    /// Adds the pages and the tree that holds them (7.7.3); gives what each says of its content.
    pub fn fill(
        &self,
        document: &mut Document,
        layout: &Layout,
        press: Press<'_>,
        annotations: &BTreeMap<ObjectId, Vec<Object>>,
    ) -> Vec<(ObjectId, Marked)> {
        let blank = Page::default();
        let leaves = self.leaves(layout, &blank);
        let mut marks = Vec::with_capacity(leaves.len());
        for (leaf, (content, marked)) in leaves.iter().zip(self.contents(&leaves, press)) {
            let content = document.add_object(content);
            let mut dictionary = dictionary! {
                "Type" => name("Page"),
                "Parent" => self.root,
                "Resources" => press.resources.of(leaf.page),
                "Contents" => content,
            };
            self.boxes.set(&mut dictionary);
            if let Some(annotations) = annotations.get(&leaf.id) {
                dictionary.set("Annots", annotations.clone());
            }
            if press.canvas.structure.is_some() {
                dictionary.set("StructParents", marks.len() as i64);
                dictionary.set("Tabs", name("S"));
            }
            document.set_object(leaf.id, dictionary);
            marks.push((leaf.id, marked));
        }
        let kids: Vec<Object> = leaves.iter().map(|leaf| Object::Reference(leaf.id)).collect();
        let root = dictionary! {
            "Type" => name("Pages"),
            "Count" => i64::try_from(kids.len()).unwrap_or(i64::MAX),
            "Kids" => kids,
        };
        document.set_object(self.root, root);
        marks
    }

    /// The content streams, in the order of the pages.
    fn contents(&self, leaves: &[Leaf<'_>], press: Press<'_>) -> Vec<(Stream, Marked)> {
        let start = || (Vec::new(), Deflater::new());
        let write = |(raw, deflater): &mut (Vec<u8>, Deflater),
                     (index, leaf): (usize, &Leaf<'_>)| {
            raw.clear();
            let marked = self.write(leaf, press, raw);
            if let Some(slug) = press.slug {
                let line = slug.page(index + 1, leaves.len());
                self.at(Length::ZERO, raw, |raw| content::write(&line, press.canvas, raw));
            }
            (packed(Dictionary::new(), deflater.compress(raw)), marked)
        };
        leaves.par_iter().enumerate().map_init(start, write).collect()
    }

    /// Writes the marks around a page, and the page; gives what belongs to which element.
    fn write(&self, leaf: &Leaf<'_>, press: Press<'_>, out: &mut Vec<u8>) -> Marked {
        if press.resources.marks.is_some() {
            out.extend_from_slice(b"/Marks Do\n");
        }
        if self.boxes.spine.is_none() {
            return self.at(leaf.shift, out, |out| content::write(leaf.page, press.canvas, out));
        }
        // A picture on a cover reaches as far as it must, and shows as far as it bleeds.
        out.extend_from_slice(b"q ");
        self.boxes.clip(out);
        let marked = self.at(leaf.shift, out, |out| content::write(leaf.page, press.canvas, out));
        out.extend_from_slice(b"Q\n");
        marked
    }

    /// Writes something from the corner of the page, `shift` to the right, not from that of the sheet.
    fn at<T>(&self, shift: Length, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let (x, y) = (self.boxes.surround + shift, self.boxes.surround);
        if x == Length::ZERO && y == Length::ZERO {
            return write(out);
        }
        out.extend_from_slice(b"q 1 0 0 1 ");
        length(out, x, 3);
        length(out, y, 3);
        out.extend_from_slice(b"cm\n");
        let made = write(out);
        out.extend_from_slice(b"Q\n");
        made
    }
}

/// A page of the file.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    id: ObjectId,
    page: &'a Page,
    shift: Length,
}

/// What the contents of pages name.
pub struct Resources {
    /// What a page without pictures names.
    plain: ObjectId,
    /// The marks around every page.
    marks: Option<ObjectId>,
    /// The dictionary of a page without pictures.
    common: Dictionary,
    /// The objects of the pictures.
    pictures: BTreeMap<PictureId, ObjectId>,
}

impl Resources {
    /// The fonts and pictures, where pages can name them, with the marks and the states of overprint
    /// that the appearance asks for.
    pub fn new(
        document: &mut Document,
        fonts: ObjectId,
        pictures: BTreeMap<PictureId, ObjectId>,
        boxes: &Boxes,
        appearance: &Appearance,
    ) -> Self {
        let colours = appearance.printer.colours;
        let marks = appearance.printer.marks.then(|| marks::form(boxes, colours));
        let marks = marks.map(|form| document.add_object(form));
        let mut common = dictionary! { "Font" => fonts };
        match colours {
            Colours::All | Colours::Grey => {}
            Colours::Cmyk => common.set("ExtGState", document.add_object(overprint())),
        }
        let mut plain = common.clone();
        if let Some(marks) = marks {
            plain.set("XObject", dictionary! { "Marks" => marks });
        }
        Self { plain: document.add_object(plain), marks, common, pictures }
    }

    /// The resources of a page: all fonts, and no picture but its own (7.8.3).
    fn of(&self, page: &Page) -> Object {
        let shown = picture::on_page(page);
        if shown.is_empty() {
            return Object::Reference(self.plain);
        }
        let named = shown.into_iter().filter_map(|id| {
            let object = self.pictures.get(&id)?;
            Some((content::picture_name(id), Object::Reference(*object)))
        });
        let marks = self.marks.map(|marks| ("Marks".to_owned(), Object::Reference(marks)));
        let mut resources = self.common.clone();
        resources.set("XObject", Dictionary::from_iter(named.chain(marks)));
        resources.into()
    }
}

/// The two ways in which inks meet (8.6.7): `Over` leaves the plates of other inks as they are, `Knock`
/// clears them.
pub fn overprint() -> Dictionary {
    let state = |over: bool| {
        dictionary! {
            "Type" => name("ExtGState"),
            "OP" => over,
            "op" => over,
            "OPM" => i64::from(over),
        }
    };
    dictionary! { "Over" => state(true), "Knock" => state(false) }
}
