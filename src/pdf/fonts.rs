//! The fonts as objects: printpdf writes them, from one page that shows every glyph once.

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfParseErrorSeverity, PdfSaveOptions, Pt, TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diag::Message;
use crate::font::{Face, FaceId, Fonts};
use crate::message;

use super::deflate::{Deflater, packed};
use super::glyphs::{FaceGlyphs, Repertoire};

/// A document that holds the fonts and nothing else, and the dictionary that names them.
pub struct EmbeddedFonts {
    /// The document, its objects numbered from 1 without gaps.
    pub document: Document,
    /// The font dictionary, for the resources of pages and drawings.
    pub dictionary: ObjectId,
}

/// Subsets the faces and turns them into objects, once for all products.
///
/// # Errors
/// Why a face cannot be embedded, for each that cannot.
pub fn embed(repertoire: &Repertoire, fonts: &Fonts) -> Result<EmbeddedFonts, Vec<Message>> {
    let used: Vec<(FaceId, &FaceGlyphs)> = repertoire.faces().collect();
    let subsets: Vec<Result<ParsedFont, Message>> =
        used.par_iter().map(|&(id, glyphs)| subset(fonts.face(id), glyphs)).collect();
    let mut problems = Vec::new();
    let mut book = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for ((_, glyphs), subset) in used.iter().zip(subsets) {
        match subset {
            Ok(font) => {
                let id = FontId(glyphs.resource.clone());
                ops.extend(register(&id, glyphs));
                book.resources.fonts.map.insert(id, PdfFont::new(font));
            }
            Err(why) => problems.push(why),
        }
    }
    ops.push(Op::EndTextSection);
    book.pages.push(PdfPage::new(Mm(10.0), Mm(10.0), ops));
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let document = book.to_lopdf_document(&options, &mut warnings);
    let serious = warnings.into_iter().filter(|w| w.severity != PdfParseErrorSeverity::Info);
    problems.extend(serious.map(|warning| Message::quoted(warning.msg)));
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut fonts_alone = keep_fonts(document).ok_or_else(|| vec![no_fonts()])?;
    for (id, glyphs) in used {
        describe(&mut fonts_alone, &glyphs.resource, fonts.face(id))
            .ok_or_else(|| vec![no_fonts()])?;
    }
    compress(&mut fonts_alone.document);
    Ok(fonts_alone)
}

fn no_fonts() -> Message {
    "the fonts cannot be found in the document made for them".into()
}

/// A subset with what the file says about it.
fn subset(face: &Face, glyphs: &FaceGlyphs) -> Result<ParsedFont, Message> {
    let ids: Vec<u16> = glyphs.ids().collect();
    let unusable = |why: Message| {
        message!("the font `{font}` cannot be subset: {why}", font = face.name(), why)
    };
    let program = face.subset(&ids).map_err(unusable)?;
    // The subset has no character map, of which this warns; glyphs are named by id.
    let mut warnings = Vec::new();
    let mut font = ParsedFont::from_bytes(&program, 0, &mut warnings)
        .ok_or_else(|| unusable("its tables cannot be read".into()))?;
    // Glyphs made of others bring those, which are numbered after the ones asked for.
    if font.glyph_widths.len() <= ids.len() {
        return Err(unusable("glyphs or their widths are missing".into()));
    }
    font.font_name = Some(format!("{}+{}", tag(&ids), face.name()));
    // Subsets leave the table out that this stands in.
    font.pdf_font_metrics.us_weight_class = face.weight_class();
    Ok(font)
}

/// Six capitals that tell subsets apart (ISO 32000-1, 9.6.4).
fn tag(ids: &[u16]) -> String {
    let mut hash = Sha256::new();
    for id in ids {
        hash.update(id.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// What a page would say to show every glyph once: printpdf makes `W` and ToUnicode from it.
fn register(font: &FontId, glyphs: &FaceGlyphs) -> [Op; 2] {
    let shown = (1..=u16::MAX)
        .zip(glyphs.texts())
        .map(|(id, text)| Codepoint::with_cid(id, 0.0, text.to_owned()))
        .collect();
    [
        Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::GlyphIds(shown)] },
    ]
}

/// Keeps the fonts of the document and drops the page, the catalogue and all that they name.
fn keep_fonts(mut document: Document) -> Option<EmbeddedFonts> {
    let page = document.page_iter().next()?;
    let resources = document.get_dictionary(page).ok()?.get(b"Resources").ok()?;
    let resources = document.get_dictionary(resources.as_reference().ok()?).ok()?;
    let fonts = resources.get(b"Font").ok()?.clone();
    // Pruning takes time that grows with the square of the objects, of which there are few yet.
    document.trailer = Dictionary::from_iter([("Font", fonts)]);
    document.prune_objects();
    document.renumber_objects();
    let dictionary = document.trailer.remove(b"Font")?.as_reference().ok()?;
    Some(EmbeddedFonts { document, dictionary })
}

/// Puts right what printpdf cannot know of a subset (ISO 32000-1, table 122 and 123): the height of
/// capitals, which it takes to be the ascent, and that the font has more than Latin letters.
fn describe(fonts: &mut EmbeddedFonts, resource: &str, face: &Face) -> Option<()> {
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let document = &mut fonts.document;
    let names = document.get_dictionary(fonts.dictionary).ok()?;
    let font = names.get(resource.as_bytes()).ok()?.as_reference().ok()?;
    let descendants = document.get_dictionary(font).ok()?.get(b"DescendantFonts").ok()?;
    let descendant = descendants.as_array().ok()?.first()?.as_dict().ok()?;
    let descriptor = descendant.get(b"FontDescriptor").ok()?.as_reference().ok()?;
    let descriptor = document.get_dictionary_mut(descriptor).ok()?;
    let italic = descriptor.get(b"Flags").ok()?.as_i64().ok()? & ITALIC;
    descriptor.set("Flags", SYMBOLIC | italic);
    if let Some(height) = face.cap_height() {
        let thousandths = i64::from(height) * 1000 / i64::from(face.units_per_em());
        descriptor.set("CapHeight", thousandths);
    }
    Some(())
}

/// Compresses the font programs and character maps.
fn compress(document: &mut Document) {
    document.objects.par_iter_mut().for_each_init(Deflater::new, |deflater, (_, object)| {
        if let Object::Stream(stream) = object {
            let bytes = deflater.compress(&stream.content);
            *stream = packed(std::mem::take(&mut stream.dict), bytes);
        }
    });
}
