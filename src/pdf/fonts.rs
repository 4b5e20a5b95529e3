//! Font programs: each face subset once, then handed to printpdf.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, Pt,
    TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::inventory::{Glyphs, Inventory};
use crate::diag::{Code, Diagnostic, Place};
use crate::font::{Face, FaceId, Fonts};

/// A face as the PDF has it.
pub struct Program {
    /// The name of its resource: `F0`.
    pub resource: String,
    /// Advances by new glyph id in thousandths of an em, as the PDF says them.
    pub advances: Vec<i64>,
    /// What printpdf embeds.
    parsed: ParsedFont,
    /// The characters of each glyph, by new id from 1.
    text: Vec<String>,
}

/// Subsets every face that is used.
///
/// # Errors
/// A finding for every face that cannot be subset.
pub fn programs(
    inventory: &Inventory,
    fonts: &Fonts,
) -> Result<BTreeMap<FaceId, Program>, Vec<Diagnostic>> {
    let faces: Vec<(usize, (&FaceId, &Glyphs))> = inventory.faces.iter().enumerate().collect();
    let made: Vec<Result<(FaceId, Program), Diagnostic>> = faces
        .into_par_iter()
        .map(|(index, (&id, glyphs))| {
            let face = fonts.face(id);
            let program = program(face, glyphs, format!("F{index}")).map_err(|why| {
                let message = format!("the font `{}` cannot be embedded: {why}", face.name());
                Diagnostic::new(Code::WriterFailed, Place::Book, message)
            })?;
            Ok((id, program))
        })
        .collect();
    let (programs, failures): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    if failures.is_empty() {
        Ok(programs.into_iter().flatten().collect())
    } else {
        Err(failures.into_iter().filter_map(Result::err).collect())
    }
}

fn program(face: &Face, glyphs: &Glyphs, resource: String) -> Result<Program, String> {
    let subset = face.subset(&glyphs.old)?;
    let mut warnings = Vec::new();
    let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut warnings)
        .ok_or("printpdf cannot read the subset")?;
    parsed.font_name = Some(format!("{}+{}", tag(glyphs), face.name()));
    parsed.pdf_font_metrics.us_weight_class = face.weight_class();
    let units = i64::from(face.units_per_em());
    let advance = |&glyph: &u16| i64::from(face.advance(glyph)) * 1000 / units;
    let advances = std::iter::once(0).chain(glyphs.old.iter().map(advance)).collect();
    Ok(Program { resource, advances, parsed, text: glyphs.text.clone() })
}

/// The six letters that mark a subset, made from its glyphs (ISO 32000-1 9.6.4).
fn tag(glyphs: &Glyphs) -> String {
    let mut hash = Sha256::new();
    glyphs.old.iter().for_each(|glyph| hash.update(glyph.to_be_bytes()));
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// A document with every font and a single page that shows each glyph once: from it printpdf makes
/// widths and character maps. The page itself is dropped later.
pub fn register<'a>(programs: impl Iterator<Item = &'a Program>) -> PdfDocument {
    let mut document = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for program in programs {
        let id = FontId(program.resource.clone());
        let glyph = |(index, text): (usize, &String)| Codepoint {
            // A face has at most 65 535 glyphs.
            gid: index as u16 + 1,
            offset: 0.0,
            cid: Some(if text.is_empty() { "\u{FFFD}".into() } else { text.clone() }),
        };
        let glyphs = program.text.iter().enumerate().map(glyph).collect();
        document.resources.fonts.map.insert(id.clone(), PdfFont::new(program.parsed.clone()));
        ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    document.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));
    document
}
