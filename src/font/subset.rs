//! Small fonts for e-readers: some characters of a face, with all that sets them well.

use std::collections::BTreeSet;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use super::{Characters, Face};
use crate::diag::Message;
use crate::message;

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
    pub fn excerpt(&self, characters: &Characters) -> Result<Vec<u8>, Message> {
        if let Some(why) = self.hindrance() {
            return Err(why.into());
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
        let bytes = subset_font(&font, &plan).map_err(Message::quoted)?;
        self.verify(&bytes, characters)?;
        Ok(bytes)
    }

    /// Whether a font cut from the face draws what it must: the subsetter leaves out without a word
    /// what it does not know.
    fn verify(&self, bytes: &[u8], characters: &Characters) -> Result<(), Message> {
        let font = FontRef::new(bytes).map_err(Message::quoted)?;
        if font.glyf().is_err() || font.loca(None).is_err() {
            return Err("its outlines were lost".into());
        }
        let charmap = font.charmap();
        let needed = characters.iter().filter(|&c| self.glyph(c).is_some());
        let lost: BTreeSet<char> = needed.filter(|&c| charmap.map(c).is_none()).collect();
        match lost.first() {
            Some(c) => {
                let number = format!("{:04X}", u32::from(*c));
                Err(message!("U+{number} was lost", number))
            }
            None => Ok(()),
        }
    }

    /// The font, for a reader of its tables.
    fn font(&self) -> Result<FontRef<'_>, Message> {
        FontRef::from_index(self.bytes(), self.index()).map_err(Message::quoted)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::bundled;
    use super::*;

    fn face(named: &str) -> Face {
        let faces = bundled::ALL.iter().map(|file| Face::parse(Cow::Borrowed((file.bytes)()), 0));
        faces.map(Result::unwrap).find(|face| face.name() == named).unwrap()
    }

    /// The layout features of a font, each once.
    fn features(bytes: &[u8]) -> BTreeSet<String> {
        let font = FontRef::new(bytes).unwrap();
        let (gsub, gpos) = (font.gsub().unwrap(), font.gpos().unwrap());
        let lists = [gsub.feature_list().unwrap(), gpos.feature_list().unwrap()];
        let records = lists.iter().flat_map(|list| list.feature_records());
        records.map(|record| record.feature_tag().to_string()).collect()
    }

    #[test]
    fn three_thousand_hanzi_keep_what_sets_them_well() {
        let face = face("NotoSerifSC-Regular");
        let hanzi = ('一'..='龥').filter(|&c| face.glyph(c).is_some()).take(3000);
        let characters: Characters =
            hanzi.chain(' '..='~').chain("，。「」（）——……".chars()).collect();
        let excerpt = face.excerpt(&characters).unwrap();
        assert!((700_000..1_500_000).contains(&excerpt.len()), "{}", excerpt.len());
        let features = features(&excerpt);
        for feature in ["vert", "halt", "chws", "vhal", "locl", "fwid", "kern"] {
            assert!(features.contains(feature), "`{feature}` is lost: {features:?}");
        }
        assert_eq!(excerpt, face.excerpt(&characters).unwrap());
    }

    #[test]
    fn a_few_characters_make_a_font_of_a_few_kilobytes() {
        let excerpt = face("NotoSerifSC-Regular").excerpt(&"鿏☑".chars().collect()).unwrap();
        assert!(excerpt.len() < 10_000, "{}", excerpt.len());
    }

    #[test]
    fn outlines_that_would_be_lost_are_refused() {
        let bytes = face("NotoSerifSC-Regular").bytes().to_vec();
        let tag = bytes.windows(4).position(|tag| tag == b"glyf").unwrap();
        let renamed = [&bytes[..tag], b"CFF ", &bytes[tag + 4..]].concat();
        let other = Face::parse(Cow::Owned(renamed), 0).unwrap();
        let why = other.excerpt(&"一".chars().collect()).unwrap_err();
        assert_eq!(why.english(), "its outlines are not those of TrueType");
    }

    #[test]
    fn what_the_maker_does_not_permit_is_refused() {
        let mut bytes = face("NotoSansMono-Regular").bytes().to_vec();
        let table = bytes.windows(4).position(|tag| tag == b"OS/2").unwrap();
        let at = u32::from_be_bytes(bytes[table + 8..table + 12].try_into().unwrap()) as usize;
        bytes[at + 8..at + 10].copy_from_slice(&2_u16.to_be_bytes());
        let closed = Face::parse(Cow::Owned(bytes), 0).unwrap();
        assert_eq!(closed.hindrance(), Some("its maker does not permit that"));
    }
}
