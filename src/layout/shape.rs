//! Characters to glyphs, by HarfBuzz's rules where a script has any.
//!
//! Hanzi, kana and full-width marks are one glyph each, looked up in the face's own table; letters,
//! digits and dashes are shaped, with one plan a face and language.

use std::sync::{Arc, OnceLock};

use harfrust::{
    Buffer, Direction, Feature, Font, Language, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};

use super::style::TextStyle;
use crate::font::{FaceId, Fonts};
use crate::script::{self, Rules};
use crate::units::Length;

/// A glyph as shaping leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// The glyph in its face.
    pub id: u16,
    /// First byte of the characters it stands for, in the text shaped.
    pub cluster: u32,
    /// Where the next glyph begins.
    pub advance: Length,
    /// From its place to where it is drawn.
    pub offset: Length,
}

/// Which of its widths a sign gets that Chinese and Latin type share: quotes, dashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widths {
    /// The full em of Chinese type.
    Full,
    /// The width that Latin type gives it (`pwid`).
    Proportional,
}

/// Faces made ready for shaping, shared by all threads of a build.
pub struct Shapers<'a> {
    fonts: &'a Fonts,
    rules: &'static Rules,
    /// For each face, its place for every language.
    ready: Vec<[OnceLock<Option<Ready>>; script::ALL.len()]>,
}

/// A face and its plans for a language.
struct Ready {
    font: Font,
    full: ShapePlan,
    proportional: ShapePlan,
    language: Option<Language>,
    script: Option<Script>,
}

impl<'a> Shapers<'a> {
    /// Shapers for `fonts` in a book of a language.
    pub fn new(fonts: &'a Fonts, rules: &'static Rules) -> Self {
        Self { fonts, rules, ready: fonts.faces().map(|_| Default::default()).collect() }
    }

    /// The faces.
    pub fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    /// The rules of the book's language.
    pub fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// Shapes `text` in one face, in the size and language of `style`; glyphs come in the order of
    /// the text.
    pub fn shape(
        &self,
        face: FaceId,
        style: TextStyle,
        widths: Widths,
        text: &str,
    ) -> Vec<ShapedGlyph> {
        let size = style.size;
        let Some(ready) = self.ready(face, style.language) else {
            return self.unshaped(face, size, text);
        };
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(ready.script);
        buffer.set_language(ready.language.clone());
        let plan = match widths {
            Widths::Full => &ready.full,
            Widths::Proportional => &ready.proportional,
        };
        let options = ShapeOptions::new().plan(Some(plan)).features(features(widths));
        if harfrust::shape(&ShaperFont::new(&ready.font), &mut buffer, options).is_err() {
            return self.unshaped(face, size, text);
        }
        let units = i32::from(self.fonts.face(face).units_per_em());
        let scale = |font_units: i32| size.fraction(font_units, units);
        buffer
            .glyph_infos()
            .iter()
            .zip(buffer.glyph_positions())
            .map(|(info, position)| ShapedGlyph {
                // Fonts have at most 65 535 glyphs; the shaper invents none.
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                cluster: info.cluster,
                advance: scale(position.x_advance),
                offset: scale(position.x_offset),
            })
            .collect()
    }

    /// The glyph of a character that stands for itself, its face and its advance.
    pub fn glyph(&self, style: TextStyle, c: char) -> Option<(FaceId, u16, Length)> {
        let face = style.face(self.fonts, c)?;
        let font = self.fonts.face(face);
        let id = font.glyph(c)?;
        let advance = i32::from(font.advance(id));
        Some((face, id, style.size.fraction(advance, i32::from(font.units_per_em()))))
    }

    /// One glyph a character: what a face without layout tables gives.
    fn unshaped(&self, face: FaceId, size: Length, text: &str) -> Vec<ShapedGlyph> {
        let font = self.fonts.face(face);
        text.char_indices()
            .map(|(at, c)| {
                let id = font.glyph(c).unwrap_or(0);
                let advance =
                    size.fraction(i32::from(font.advance(id)), i32::from(font.units_per_em()));
                // A paragraph is shorter than 4 GiB.
                ShapedGlyph { id, cluster: at as u32, advance, offset: Length::ZERO }
            })
            .collect()
    }

    fn ready(&self, face: FaceId, rules: &Rules) -> Option<&Ready> {
        let make = || {
            let source = self.fonts.face(face);
            let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = source.shared_bytes();
            let font = Font::new(bytes, source.index())?;
            let language = Language::new(rules.tag);
            let tag: [u8; 4] = rules.script.as_bytes().try_into().ok()?;
            let script = Script::from_iso15924_tag(Tag::new(&tag));
            let plan = |widths| {
                let direction = Direction::LeftToRight;
                ShapePlan::new(&font, direction, script, language.as_ref(), features(widths))
            };
            let (full, proportional) = (plan(Widths::Full), plan(Widths::Proportional));
            Some(Ready { font, full, proportional, language, script })
        };
        self.ready[face.index()][rules.index()].get_or_init(make).as_ref()
    }
}

/// The font features that give signs their widths.
fn features(widths: Widths) -> &'static [Feature] {
    const PROPORTIONAL: [Feature; 1] =
        [Feature { tag: Tag::new(b"pwid"), value: 1, start: 0, end: u32::MAX }];
    match widths {
        Widths::Full => &[],
        Widths::Proportional => &PROPORTIONAL,
    }
}
