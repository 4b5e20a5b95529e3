//! One face: its characters, its advances, its bytes.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::SvgPen;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::Weight;
use super::bundled::Bundled;
use crate::diag::Message;

/// One face: the bytes of a font file and what was read from them.
pub struct Face {
    bytes: Arc<Cow<'static, [u8]>>,
    index: u32,
    variable: bool,
    name: String,
    family: String,
    weight: u16,
    units_per_em: u16,
    cap_height: Option<i16>,
    bundled: Option<&'static Bundled>,
    tables: OnceLock<Tables>,
}

/// Lookups that layout makes for every character, as plain arrays.
struct Tables {
    /// The glyph of each character of the basic plane; 0 for none.
    basic: Box<[u16]>,
    /// Character and glyph beyond the basic plane, sorted.
    beyond: Vec<(u32, u16)>,
    /// Advance of each glyph in font units.
    advances: Vec<u16>,
}

impl Face {
    /// Reads the face at `index` of a font file.
    ///
    /// # Errors
    /// Why the bytes are no usable font, in words for a message.
    pub fn parse(bytes: Cow<'static, [u8]>, index: u32) -> Result<Self, Message> {
        let font = FontRef::from_index(&bytes, index).map_err(Message::quoted)?;
        if !font.charmap().has_map() {
            return Err("it maps no characters".into());
        }
        let text = |id| {
            font.localized_strings(id)
                .english_or_first()
                .map(|name| name.chars().collect::<String>())
        };
        let family = text(StringId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| text(StringId::FAMILY_NAME))
            .ok_or("it has no family name")?;
        let name = text(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
        let weight = font.attributes().weight.value();
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units_per_em = metrics.units_per_em;
        if units_per_em == 0 {
            return Err("its em has no units".into());
        }
        let variable = !font.axes().is_empty();
        Ok(Self {
            index,
            variable,
            name,
            family,
            // OS/2 weights lie between 1 and 1000; `as` saturates what does not.
            weight: weight as u16,
            units_per_em,
            cap_height: metrics.cap_height.map(|height| height as i16),
            bundled: None,
            tables: OnceLock::new(),
            bytes: Arc::new(bytes),
        })
    }

    /// A bundled face, whose file is not looked into.
    pub fn bundled(file: &'static Bundled) -> Self {
        Self {
            index: 0,
            variable: false,
            name: file.name.to_owned(),
            family: file.family.to_owned(),
            weight: file.weight(),
            units_per_em: Bundled::UNITS_PER_EM,
            cap_height: Some(file.cap_height()),
            bundled: Some(file),
            tables: OnceLock::new(),
            bytes: Arc::new(Cow::Borrowed((file.bytes)())),
        }
    }

    /// What is known of the face beforehand, if it is a bundled one.
    pub fn known(&self) -> Option<&'static Bundled> {
        self.bundled
    }

    /// How many faces a font file holds: one, or more in a collection.
    pub fn count(bytes: &[u8]) -> u32 {
        match skrifa::raw::FileRef::new(bytes) {
            Ok(skrifa::raw::FileRef::Collection(collection)) => collection.len(),
            _ => 1,
        }
    }

    /// The name that PDF and messages use: `NotoSerifSC-Regular`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of its family: `Noto Serif SC`.
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Its weight class, 400 for regular.
    pub fn weight_class(&self) -> u16 {
        self.weight
    }

    /// The weight of the two that it is nearer to.
    pub fn weight(&self) -> Weight {
        if self.weight < 550 { Weight::Regular } else { Weight::Bold }
    }

    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The font file, for a reader that keeps it.
    pub fn shared_bytes(&self) -> Arc<Cow<'static, [u8]>> {
        Arc::clone(&self.bytes)
    }

    /// Whether its outlines depend on settings; the pages use those of its default instance.
    pub fn is_variable(&self) -> bool {
        self.variable
    }

    /// Its place in the file, 0 unless that is a collection.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Font units in an em.
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// The height of capitals in font units, where the face says it.
    pub fn cap_height(&self) -> Option<i16> {
        self.cap_height
    }

    /// How many characters it has.
    pub fn coverage(&self) -> usize {
        let tables = self.tables();
        let has = |glyph: &&u16| **glyph != 0;
        tables.basic.iter().filter(has).count() + tables.beyond.len()
    }

    /// The glyph of `c`, if the face has one.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let tables = self.tables();
        let code = u32::from(c);
        let glyph = match tables.basic.get(code as usize) {
            Some(&glyph) => glyph,
            None => {
                let place = tables.beyond.binary_search_by_key(&code, |&(code, _)| code).ok()?;
                tables.beyond[place].1
            }
        };
        (glyph != 0).then_some(glyph)
    }

    /// The advance of a glyph in font units; 0 for a glyph that the face lacks.
    pub fn advance(&self, glyph: u16) -> u16 {
        self.tables().advances.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// The outline of a glyph as SVG writes paths (SVG 2, 9.3), in font units, y upwards; empty for one
    /// that draws nothing.
    pub fn outline(&self, glyph: u16) -> String {
        let mut pen = SvgPen::with_precision(0);
        let font = FontRef::from_index(&self.bytes, self.index);
        let outline = font.ok().and_then(|font| font.outline_glyphs().get(GlyphId::from(glyph)));
        if let Some(outline) = outline {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // An outline that breaks off is shown as far as it goes.
            let _ = outline.draw(settings, &mut pen);
        }
        pen.to_string()
    }

    /// A subset that holds `glyphs` and, before them, `.notdef`; new ids are their places, from 1.
    ///
    /// # Errors
    /// Why the font cannot be subset, in words for a message.
    pub fn subset(&self, glyphs: &[u16]) -> Result<Vec<u8>, Message> {
        let mut remapper = subsetter::GlyphRemapper::new();
        for &glyph in glyphs {
            remapper.remap(glyph);
        }
        subsetter::subset(&self.bytes, self.index, &remapper).map_err(Message::quoted)
    }

    /// The lookup tables, made when they are first asked for.
    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            // `parse` read this font before; an empty table would only mean missing glyphs.
            FontRef::from_index(&self.bytes, self.index)
                .map_or_else(|_| Tables::empty(), |font| Tables::read(&font))
        })
    }
}

impl Tables {
    fn empty() -> Self {
        Self { basic: Box::default(), beyond: Vec::new(), advances: Vec::new() }
    }

    fn read(font: &FontRef<'_>) -> Self {
        let mut basic = vec![0; 0x1_0000].into_boxed_slice();
        let mut beyond = Vec::new();
        for (code, glyph) in font.charmap().mappings() {
            let Ok(glyph) = u16::try_from(glyph.to_u32()) else { continue };
            match basic.get_mut(code as usize) {
                Some(slot) => *slot = glyph,
                None => beyond.push((code, glyph)),
            }
        }
        beyond.sort_unstable();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advances = (0..metrics.glyph_count())
            .map(|glyph| metrics.advance_width(glyph.into()).map_or(0, |advance| advance as u16))
            .collect();
        Self { basic, beyond, advances }
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::bundled;
    use super::*;

    #[test]
    fn what_is_known_of_a_bundled_face_is_what_its_file_says() {
        let said = |face: &Face| {
            let Face { index, variable, weight, units_per_em, cap_height, .. } = *face;
            let names = (face.name.clone(), face.family.clone());
            (names, index, variable, weight, units_per_em, cap_height)
        };
        for file in &bundled::ALL {
            let read = Face::parse(Cow::Borrowed((file.bytes)()), 0).unwrap();
            assert_eq!(said(&Face::bundled(file)), said(&read));
        }
    }
}
