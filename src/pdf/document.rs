//! One document: everything in its place, numbered and saved.

use std::collections::BTreeMap;

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{PdfSaveOptions, PdfWarnMsg};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::content::{self, Resources};
use super::fonts::{Program, register};
use super::inventory::Inventory;
use super::metadata::Facts;
use super::navigation::{self, Pages};
use super::picture::{self, Image};
use crate::book::{Book, PictureId};
use crate::diag::{Code, Diagnostic, Place};
use crate::font::FaceId;
use crate::image::Kind;
use crate::layout::{Layout, Page};
use crate::profile::Product;
use crate::units::Length;

/// What all products share.
pub struct Parts<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its pages.
    pub layout: &'a Layout,
    /// What they use.
    pub inventory: Inventory,
    /// The fonts.
    pub programs: BTreeMap<FaceId, Program>,
    /// The raster pictures.
    pub pictures: BTreeMap<PictureId, Image>,
}

/// Deflates at the level that costs least for what it saves.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut out = vec![0; compressor.zlib_compress_bound(bytes.len())];
    // The buffer is as large as the library asks for, so there is always room.
    let length = compressor.zlib_compress(bytes, &mut out).unwrap_or(0);
    out.truncate(length);
    out
}

/// Writes the document of one product.
///
/// # Errors
/// printpdf or lopdf could not make it.
pub fn write(parts: &Parts<'_>, product: Product) -> Result<Vec<u8>, Diagnostic> {
    let failed = |why: String| {
        let message = format!("the {} PDF could not be written: {why}", product.keyword());
        Diagnostic::new(Code::WriterFailed, Place::Book, message)
    };
    let mut document = carrier(parts).map_err(failed)?;
    let resources = Resources { inventory: &parts.inventory, programs: &parts.programs, product };
    let shared = shared_resources(&mut document, parts, &resources)
        .map_err(|why| failed(why.to_string()))?;
    let pages = shown(parts, product);
    let ids = add_pages(&mut document, parts, &resources, &pages, shared);
    let catalog = catalog(&mut document, parts, product, &ids);
    let root = document.add_object(catalog);
    let info = document.add_object(Facts::new(parts.book).info());
    document.trailer = dictionary! { "Root" => root, "Info" => info };
    document.version = match product {
        Product::Print => "1.6".into(),
        Product::Screen | Product::Epub => "1.7".into(),
    };
    finish(document).map_err(|why| failed(why.to_string()))
}

/// The pages of a product: the screen also shows the cover.
fn shown<'a>(parts: &Parts<'a>, product: Product) -> Vec<&'a Page> {
    let cover = match product {
        Product::Screen | Product::Epub => Some(&parts.layout.cover),
        Product::Print => None,
    };
    cover.into_iter().chain(&parts.layout.pages).collect()
}

/// printpdf's document with the fonts in it.
fn carrier(parts: &Parts<'_>) -> Result<Document, String> {
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings: Vec<PdfWarnMsg> = Vec::new();
    let document = register(parts.programs.values()).to_lopdf_document(&options, &mut warnings);
    let error = warnings
        .into_iter()
        .find(|warning| warning.severity == printpdf::PdfParseErrorSeverity::Error);
    error.map_or(Ok(document), |warning| Err(warning.msg))
}

/// Fonts and pictures, which all pages share.
fn shared_resources(
    document: &mut Document,
    parts: &Parts<'_>,
    resources: &Resources<'_>,
) -> lopdf::Result<ObjectId> {
    let fonts = carried_fonts(document)?;
    let fonts = document.add_object(fonts);
    let mut pictures = Dictionary::new();
    for &id in &parts.inventory.pictures {
        let object = match &parts.book.picture(id).kind {
            Kind::Drawing(drawing) => {
                document.add_object(picture::form(drawing, resources, fonts.into()))
            }
            Kind::Jpeg { .. } | Kind::Png { .. } => {
                let Some(image) = parts.pictures.get(&id) else { continue };
                let mut stream = image.picture.clone();
                if let Some(mask) = &image.mask {
                    stream.dict.set("SMask", document.add_object(mask.clone()));
                }
                document.add_object(stream)
            }
        };
        pictures.set(format!("P{}", id.0), object);
    }
    Ok(document.add_object(dictionary! { "Font" => fonts, "XObject" => pictures }))
}

/// The fonts that printpdf made for its page.
fn carried_fonts(document: &Document) -> lopdf::Result<Dictionary> {
    let page = document.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let page = document.get_dictionary(page)?;
    let (_, resources) = document.dereference(page.get(b"Resources")?)?;
    let (_, fonts) = document.dereference(resources.as_dict()?.get(b"Font")?)?;
    fonts.as_dict().cloned()
}

/// Adds the pages with their contents and links; gives the pages of the layout.
fn add_pages(
    document: &mut Document,
    parts: &Parts<'_>,
    resources: &Resources<'_>,
    pages: &[&Page],
    shared: ObjectId,
) -> Vec<ObjectId> {
    let trim = parts.layout.sheet.trim;
    let contents: Vec<Vec<u8>> = pages
        .par_iter()
        .map(|page| deflate(&content::write(page, trim.height, resources)))
        .collect();
    let tree = document.new_object_id();
    let mut ids = Vec::with_capacity(pages.len());
    for (page, content) in pages.iter().zip(contents) {
        let mut stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, content);
        stream.allows_compression = false;
        let content = document.add_object(stream);
        let edges: Vec<Object> = [Length::ZERO, Length::ZERO, trim.width, trim.height]
            .iter()
            .map(|length| (length.as_pt() as f32).into())
            .collect();
        let mut dictionary = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => edges.clone(),
            "TrimBox" => edges,
            "Resources" => shared,
            "Contents" => content,
        };
        let links = match resources.product {
            Product::Screen | Product::Epub => navigation::links(parts.book, page, trim.height),
            Product::Print => Vec::new(),
        };
        if !links.is_empty() {
            let links: Vec<Object> =
                links.into_iter().map(|link| document.add_object(link).into()).collect();
            dictionary.set("Annots", links);
        }
        ids.push(document.add_object(dictionary));
    }
    let kids: Vec<Object> = ids.iter().map(|&id| id.into()).collect();
    let count = ids.len() as i64;
    document.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    ids
}

/// The catalog (7.7.2): how the document opens and how to get about in it.
fn catalog(
    document: &mut Document,
    parts: &Parts<'_>,
    product: Product,
    ids: &[ObjectId],
) -> Dictionary {
    let layout = parts.layout;
    let covers = ids.len() - layout.pages.len();
    let pages = Pages { ids: &ids[covers..], height: layout.sheet.trim.height };
    let label = parts.book.metadata.rules.labels.cover;
    let tree = ids
        .first()
        .and_then(|&page| document.get_dictionary(page).ok())
        .and_then(|page| page.get(b"Parent").ok())
        .cloned()
        .unwrap_or(Object::Null);
    let metadata = document.add_object(Facts::new(parts.book).xmp());
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "Lang" => navigation::text(&parts.book.metadata.language),
        "Metadata" => metadata,
        "PageLabels" => navigation::labels(&vec![label; covers], &layout.pages),
        "Names" => navigation::destinations(parts.book, layout, &pages),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "PageLayout" => match product {
            Product::Print => "TwoPageRight",
            Product::Screen | Product::Epub => "SinglePage",
        },
    };
    if let Some(outline) = navigation::outline(document, &layout.outline, &pages) {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    catalog
}

/// Drops what nothing needs, compresses what is left, numbers it and saves it.
fn finish(mut document: Document) -> lopdf::Result<Vec<u8>> {
    document.prune_objects();
    document.objects.par_iter_mut().for_each(|(_, object)| {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && !stream.dict.has(b"Filter")
        {
            stream.set_content(deflate(&stream.content));
            stream.dict.set("Filter", "FlateDecode");
            stream.allows_compression = false;
        }
    });
    document.renumber_objects();
    let mut hash = Sha256::new();
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes)?;
    Ok(bytes)
}
