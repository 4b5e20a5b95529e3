//! A whole file: the parts brought together and written.

use lopdf::{Dictionary, Document, dictionary};

use crate::book::Book;
use crate::diag::{Code, Diagnostic, Message, Place, Span};
use crate::layout::Layout;
use crate::message;
use crate::profile::Printer;

use super::appearance::Appearance;
use super::content::Canvas;
use super::drawing::Look;
use super::file::Ready;
use super::fonts::EmbeddedFonts;
use super::glyphs::Repertoire;
use super::links::Links;
use super::metadata::Description;
use super::pages::{PageTree, Press, Resources};
use super::picture::{self, Rasters};
use super::slug::Slug;
use super::syntax::{name, text_string};
use super::{file, labels, links, names, outline, preflight, structure};

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
    /// The raster pictures in the colours of the products.
    pub rasters: &'a Rasters,
    /// The line around pages that have one.
    pub slug: Option<&'a Slug<'a>>,
}

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The names of the standards that it keeps.
    pub keeps: Vec<&'static str>,
}

/// One product as a file that keeps its promise.
///
/// # Errors
/// What it would break, or why it cannot be written.
pub fn write(material: &Material<'_>, appearance: &Appearance) -> Result<Written, Vec<Diagnostic>> {
    let Assembled { document, ready, pages } = assemble(material, appearance);
    let (printer, place) = (&appearance.printer, material.book.printer.span);
    let mut findings = preflight::check(&document, &material.layout.structure, printer, place);
    if !printer.pages.takes(pages) {
        findings.push(wrong_count(printer, pages, place));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let bytes = file::save(&document, ready).map_err(|why| vec![failed(why)])?;
    let claims = printer.standard.claims(&material.layout.structure);
    let keeps = claims.iter().map(|claim| claim.name).collect();
    Ok(Written { bytes, pages, keeps })
}

fn wrong_count(printer: &Printer, pages: usize, place: Span) -> Diagnostic {
    let (least, most) = (printer.pages.least, printer.pages.most);
    let message = message!(
        "this printer takes from {least} to {most} pages, and the book has {pages}",
        least,
        most,
        pages
    );
    Diagnostic::new(Code::PageCount, place, message)
}

/// The finding that a file cannot be written.
pub fn failed(why: Message) -> Diagnostic {
    Diagnostic::new(
        Code::WriterFailed,
        Place::Book,
        message!("the PDF cannot be written: {why}", why),
    )
}

/// All objects of one product.
struct Assembled {
    document: Document,
    ready: Ready,
    /// How many pages it has.
    pages: usize,
}

fn assemble(material: &Material<'_>, appearance: &Appearance) -> Assembled {
    let Material { book, layout, repertoire, fonts, .. } = *material;
    let printer = &appearance.printer;
    let mut document = fonts.document.clone();
    document.version = printer.standard.version().into();
    let look = Look { output: printer.into(), repertoire, fonts: fonts.dictionary };
    let shown = picture::shown(layout, appearance);
    let pictures = picture::add(&mut document, book, &shown, material.rasters, look);
    let pages = PageTree::reserve(&mut document, layout, appearance);
    let resources =
        Resources::new(&mut document, fonts.dictionary, pictures, &pages.boxes, appearance);
    let mut ready = Ready::default();
    let links = if appearance.links {
        links::write(&mut document, &mut ready, book, layout, &pages)
    } else {
        Links::default()
    };
    let height = layout.sheet.trim.height;
    let structure = printer.standard.is_tagged().then_some(layout.structure.as_slice());
    let press = Press {
        canvas: Canvas { height, appearance, repertoire, structure },
        slug: material.slug.filter(|_| printer.slug),
        resources: &resources,
    };
    let marks = pages.fill(&mut document, layout, press, &links.of_pages);
    let mut catalogue = catalogue(&mut document, material, appearance, &pages);
    if let Some(structure) = structure {
        let annotated = &links.annotated;
        let tree =
            structure::write(&mut document, &mut ready, structure, &marks, annotated, height);
        catalogue.set("StructTreeRoot", tree);
        catalogue.set("MarkInfo", dictionary! { "Marked" => true });
    }
    let info = document.add_object(Description::of(book).info(printer.standard));
    document.trailer = dictionary! { "Root" => document.add_object(catalogue), "Info" => info };
    Assembled { document, ready, pages: pages.count() }
}

/// The root of the file (ISO 32000-1, 7.7.2).
fn catalogue(
    document: &mut Document,
    material: &Material<'_>,
    appearance: &Appearance,
    pages: &PageTree,
) -> Dictionary {
    let Material { book, layout, .. } = *material;
    let printer = &appearance.printer;
    let labels = &book.metadata.rules.labels;
    let cover = pages.cover.map(|_| labels.cover);
    let back = pages.back.map(|_| (pages.count() - 1, labels.back_cover));
    let xmp = Description::of(book).xmp(printer.standard.claims(&layout.structure));
    let mut catalogue = dictionary! {
        "Type" => name("Catalog"),
        "Pages" => pages.root,
        "PageLabels" => labels::tree(&layout.pages, cover, back),
        "PageLayout" => name(appearance.page_layout),
        "Lang" => text_string(&book.metadata.language),
        "ViewerPreferences" => viewer_preferences(printer),
        "Metadata" => document.add_object(xmp),
    };
    if let Some(intent) = printer.standard.intent() {
        let intent = intent.add(document);
        catalogue.set("OutputIntents", vec![intent.into()]);
    }
    if !printer.outline {
        return catalogue;
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

/// What a viewer does (12.2): it shows the title, and prints pages as a machine with two sides and
/// several trays wants them.
fn viewer_preferences(printer: &Printer) -> Dictionary {
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if printer.duplex {
        preferences.set("PrintScaling", name("None"));
        preferences.set("Duplex", name("DuplexFlipLongEdge"));
        preferences.set("PickTrayByPDFSize", true);
    }
    preferences
}
