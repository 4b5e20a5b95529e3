//! The pages as objects, their content written and compressed in parallel.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use crate::book::PictureId;
use crate::layout::{Layout, Page, PagePlace};
use crate::units::Size;

use super::content::{self, Canvas};
use super::deflate::{Deflater, packed};
use super::picture;
use super::structure::Marked;
use super::syntax::{name, points};

/// The pages of one file.
pub struct PageTree {
    /// The root of the tree.
    pub root: ObjectId,
    /// The front cover, where the file has it.
    pub cover: Option<ObjectId>,
    /// The objects of [`Layout::pages`].
    pub pages: Vec<ObjectId>,
    trim: Size,
}

impl PageTree {
    /// Numbers the pages, so that other objects can point to them.
    pub fn reserve(document: &mut Document, layout: &Layout, cover: bool) -> Self {
        Self {
            root: document.new_object_id(),
            cover: cover.then(|| document.new_object_id()),
            pages: layout.pages.iter().map(|_| document.new_object_id()).collect(),
            trim: layout.sheet.trim,
        }
    }

    /// The left end of a line of a page, at the zoom that the reader has (ISO 32000-1, 12.3.2.2);
    /// none for a page that does not exist.
    pub fn destination(&self, place: PagePlace) -> Option<Object> {
        let page = Object::Reference(*self.pages.get(place.page)?);
        let top = points(self.trim.height - place.y);
        Some(vec![page, name("XYZ"), 0.into(), top, Object::Null].into())
    }

    /// How many pages the file has.
    pub fn count(&self) -> usize {
        usize::from(self.cover.is_some()) + self.pages.len()
    }

    /// Every page with its object, in the order of the file.
    fn with_objects<'a>(&self, layout: &'a Layout) -> Vec<(ObjectId, &'a Page)> {
        let cover = self.cover.map(|id| (id, &layout.cover));
        cover.into_iter().chain(self.pages.iter().copied().zip(&layout.pages)).collect()
    }

    /// Adds the pages and the tree that holds them (7.7.3); gives what each says of its content.
    pub fn fill(
        &self,
        document: &mut Document,
        layout: &Layout,
        canvas: Canvas<'_>,
        resources: &Resources,
        annotations: &BTreeMap<ObjectId, Vec<Object>>,
    ) -> Vec<(ObjectId, Marked)> {
        let pages = self.with_objects(layout);
        let trim: Vec<Object> =
            vec![0.into(), 0.into(), points(self.trim.width), points(self.trim.height)];
        let mut marks = Vec::with_capacity(pages.len());
        for ((id, page), (content, marked)) in pages.iter().zip(contents(&pages, canvas)) {
            let content = document.add_object(content);
            let mut dictionary = dictionary! {
                "Type" => name("Page"),
                "Parent" => self.root,
                "MediaBox" => trim.clone(),
                "TrimBox" => trim.clone(),
                "Resources" => resources.of(page),
                "Contents" => content,
            };
            if let Some(annotations) = annotations.get(id) {
                dictionary.set("Annots", annotations.clone());
            }
            if canvas.structure.is_some() {
                dictionary.set("StructParents", marks.len() as i64);
                dictionary.set("Tabs", name("S"));
            }
            document.set_object(*id, dictionary);
            marks.push((*id, marked));
        }
        let kids: Vec<Object> = pages.iter().map(|(id, _)| Object::Reference(*id)).collect();
        let root = dictionary! {
            "Type" => name("Pages"),
            "Count" => i64::try_from(kids.len()).unwrap_or(i64::MAX),
            "Kids" => kids,
        };
        document.set_object(self.root, root);
        marks
    }
}

/// The content streams, in the order of the pages.
fn contents(pages: &[(ObjectId, &Page)], canvas: Canvas<'_>) -> Vec<(Stream, Marked)> {
    let start = || (Vec::new(), Deflater::new());
    let write = |(raw, deflater): &mut (Vec<u8>, Deflater), (_, page): &(ObjectId, &Page)| {
        raw.clear();
        let marked = content::write(page, canvas, raw);
        (packed(Dictionary::new(), deflater.compress(raw)), marked)
    };
    pages.par_iter().map_init(start, write).collect()
}

/// What the contents of pages name.
pub struct Resources {
    /// The font dictionary.
    pub fonts: ObjectId,
    /// The resources of a page without pictures.
    pub plain: ObjectId,
    /// The objects of the pictures.
    pub pictures: BTreeMap<PictureId, ObjectId>,
}

impl Resources {
    /// The fonts and pictures, where pages can name them.
    pub fn new(
        document: &mut Document,
        fonts: ObjectId,
        pictures: BTreeMap<PictureId, ObjectId>,
    ) -> Self {
        let plain = document.add_object(dictionary! { "Font" => fonts });
        Self { fonts, plain, pictures }
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
        let resources = dictionary! {
            "Font" => self.fonts,
            "XObject" => Dictionary::from_iter(named),
        };
        resources.into()
    }
}
