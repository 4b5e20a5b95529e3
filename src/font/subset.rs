//! Small fonts for e-readers: some characters of a face, with all that sets them well.

use std::collections::BTreeSet;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use super::{Characters, Face};

/// Layout features to keep beside those that every script needs: marks that are half as wide or
/// that change with the language or the direction of the line.
const FEATURES: [&[u8; 4]; 4] = [b"fwid", b"hwid", b"pwid", b"ruby"];
/// Tables that only a variable font has. Without them its outlines are those of its default
/// instance, which the pages show.
const VARIATIONS: [&[u8; 4]; 8] =
    [b"fvar", b"gvar", b"avar", b"cvar", b"HVAR", b"VVAR", b"MVAR", b"STAT"];
/// Names to keep (OpenType, name): copyright, family, style, full name, PostScript name, licence
/// and its address.
const NAMES: [u16; 8] = [0, 1, 2, 4, 6, 7, 13, 14];
/// English of the United States, the language in which every font is named.
const ENGLISH: u16 = 0x0409;

impl Face {
    /// Why the face may not or cannot be a font of its own in a file for e-readers; none if it can.
    pub fn hindrance(&self) -> Option<&'static str> {
        /// May not be embedded unless nothing milder is said (OpenType, OS/2, `fsType`).
        const RESTRICTED: u16 = 1 << 1;
        const MILDER: u16 = 1 << 2 | 1 << 3;
        /// May only be embedded whole.
        const WHOLE: u16 = 1 << 8;
        let Ok(font) = self.font() else { return Some("it cannot be read") };
        let permissions = font.os2().map_or(0, |os2| os2.fs_type());
        if permissions & RESTRICTED != 0 && permissions & MILDER == 0 {
            Some("its maker does not permit that")
        } else if permissions & WHOLE != 0 {
            Some("its maker permits only the whole font")
        } else if font.glyf().is_err() || font.loca(None).is_err() {
            Some("its outlines are not those of TrueType")
        } else {
            None
        }
    }

    /// A font of those of the `characters` that the face has, with its layout features: for another
    /// language, for vertical lines, for narrow marks.
    ///
    /// # Errors
    /// [`Self::hindrance`], or why the font cannot be cut, in words for a message.
    pub fn excerpt(&self, characters: &Characters) -> Result<Vec<u8>, String> {
        if let Some(why) = self.hindrance() {
            return Err(why.to_owned());
        }
        let font = self.font()?;
        let wanted: IntSet<u32> = characters.iter().map(u32::from).collect();
        let own = FEATURES.iter().map(|feature| Tag::new(feature));
        let dropped = VARIATIONS.iter().map(|table| Tag::new(table));
        let plan = Plan::new(
            &IntSet::<GlyphId>::empty(),
            &wanted,
            &font,
            SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
            &DEFAULT_DROP_TABLES.iter().copied().chain(dropped).collect(),
            &IntSet::all(),
            &DEFAULT_LAYOUT_FEATURES.iter().copied().chain(own).collect(),
            &NAMES.into_iter().map(NameId::new).collect(),
            &IntSet::from([ENGLISH]),
        );
        let bytes = subset_font(&font, &plan).map_err(|error| error.to_string())?;
        self.verify(&bytes, characters)?;
        Ok(bytes)
    }

    /// Whether a font cut from the face draws what it must: the subsetter leaves out without a word
    /// what it does not know.
    fn verify(&self, bytes: &[u8], characters: &Characters) -> Result<(), String> {
        let font = FontRef::new(bytes).map_err(|error| error.to_string())?;
        if font.glyf().is_err() || font.loca(None).is_err() {
            return Err("its outlines were lost".to_owned());
        }
        let charmap = font.charmap();
        let needed = characters.iter().filter(|&c| self.glyph(c).is_some());
        let lost: BTreeSet<char> = needed.filter(|&c| charmap.map(c).is_none()).collect();
        match lost.first() {
            Some(c) => Err(format!("U+{:04X} was lost", u32::from(*c))),
            None => Ok(()),
        }
    }

    /// The font, for a reader of its tables.
    fn font(&self) -> Result<FontRef<'_>, String> {
        FontRef::from_index(self.bytes(), self.index()).map_err(|error| error.to_string())
    }
}
