//! A whole file: the parts brought together and written.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, dictionary};

use crate::book::{Book, PictureId};
use crate::layout::Layout;

use super::appearance::Appearance;
use super::content::Canvas;
use super::drawing::Look;
use super::file::Ready;
use super::fonts::EmbeddedFonts;
use super::glyphs::Repertoire;
use super::links::Links;
use super::metadata::Description;
use super::pages::{PageTree, Resources};
use super::picture::{self, Rasters};
use super::syntax::{name, text_string};
use super::{file, labels, links, names, outline, structure};

/// What all products are made of.
pub struct Material<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its pages.
    pub layout: &'a Layout,
    /// The glyphs on them.
    pub repertoire: &'a Repertoire,
    /// Those glyphs as fonts.
    pub fonts: &'a EmbeddedFonts,
    /// The pictures on the pages.
    pub pictures: &'a BTreeSet<PictureId>,
    /// Those of them that had to be packed.
    pub rasters: &'a Rasters,
}

/// The bytes of one product.
///
/// # Errors
/// Why the file cannot be written, in words for a message.
pub fn write(material: &Material<'_>, appearance: &'static Appearance) -> Result<Vec<u8>, String> {
    let Material { book, layout, repertoire, fonts, .. } = *material;
    let mut document = fonts.document.clone();
    document.version = appearance.version.into();
    let look = Look { colours: appearance.colours, repertoire, fonts: fonts.dictionary };
    let pictures = picture::add(&mut document, book, material.pictures, material.rasters, look);
    let pages = PageTree::reserve(&mut document, layout, appearance.cover);
    let resources = Resources::new(&mut document, fonts.dictionary, pictures);
    let mut ready = Ready::default();
    let links = if appearance.links {
        links::write(&mut document, &mut ready, book, layout, &pages)
    } else {
        Links::default()
    };
    let height = layout.sheet.trim.height;
    let structure = appearance.tagged.then_some(layout.structure.as_slice());
    let canvas = Canvas { height, appearance, repertoire, structure };
    let marks = pages.fill(&mut document, layout, canvas, &resources, &links.of_pages);
    let mut catalogue = catalogue(&mut document, material, appearance, &pages);
    if let Some(structure) = structure {
        let annotated = &links.annotated;
        let tree =
            structure::write(&mut document, &mut ready, structure, &marks, annotated, height);
        catalogue.set("StructTreeRoot", tree);
        catalogue.set("MarkInfo", dictionary! { "Marked" => true });
    }
    let info = document.add_object(Description::of(book).info());
    document.trailer = dictionary! { "Root" => document.add_object(catalogue), "Info" => info };
    file::save(&document, ready)
}

/// The root of the file (ISO 32000-1, 7.7.2).
fn catalogue(
    document: &mut Document,
    material: &Material<'_>,
    appearance: &Appearance,
    pages: &PageTree,
) -> Dictionary {
    let Material { book, layout, .. } = *material;
    let cover = book.metadata.rules.labels.cover;
    let mut catalogue = dictionary! {
        "Type" => name("Catalog"),
        "Pages" => pages.root,
        "PageLabels" => labels::tree(&layout.pages, pages.cover.map(|_| cover)),
        "PageLayout" => name(appearance.page_layout),
        "Lang" => text_string(&book.metadata.language),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "Metadata" => document.add_object(Description::of(book).xmp(appearance.claims)),
    };
    if let Some(intent) = appearance.intent {
        let intent = intent.add(document);
        catalogue.set("OutputIntents", vec![intent.into()]);
    }
    if let Some(outline) = outline::add(document, &layout.outline, pages) {
        catalogue.set("Outlines", outline);
        catalogue.set("PageMode", name("UseOutlines"));
    }
    if !layout.places.is_empty() {
        catalogue.set("Names", names::add(document, book, layout, pages));
    }
    catalogue
}
