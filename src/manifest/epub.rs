//! `[epub]`: how the EPUB is made.

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Embed, EpubChoice, Located, Writing};
use crate::diag::Code;
use crate::script::Forms;

/// The most levels of headings that there are.
const MOST_LEVELS: i64 = 6;

impl Reader<'_> {
    /// The choices for the EPUB of a book in a language that has `forms`.
    pub fn epub(&mut self, epub: raw::Epub, forms: Forms) -> EpubChoice {
        let default = EpubChoice::default();
        let toc_depth = epub.toc_depth.map_or(default.toc_depth, |given| self.toc_depth(&given));
        let certified_by = epub.certified_by.map(|name| {
            let span = self.span(name.span());
            Located { value: self.filled("certified-by", name), span }
        });
        let choices = [("none", Embed::None), ("rare", Embed::Rare), ("full", Embed::Full)];
        let embed = epub.embed.and_then(|given| self.choose("embed", &given, &choices));
        let writing = self.writing(epub.writing, forms);
        EpubChoice { toc_depth, certified_by, embed: embed.unwrap_or_default(), writing }
    }

    /// How lines run. Words of letters would lie on their side in vertical ones.
    fn writing(&mut self, given: Option<Text>, forms: Forms) -> Writing {
        let Some(given) = given else { return Writing::default() };
        let choices = [("horizontal", Writing::Horizontal), ("vertical", Writing::Vertical)];
        let writing = self.choose("writing", &given, &choices).unwrap_or_default();
        let stands = match forms {
            Forms::Simplified | Forms::Traditional | Forms::Japanese => true,
            Forms::Korean | Forms::Western => false,
        };
        if writing == Writing::Vertical && !stands {
            let message = "`writing` cannot be `vertical` in this language";
            let hint = "vertical lines are for Chinese and Japanese";
            self.report(Code::BadValue, given.span(), message, &[hint]);
        }
        writing
    }

    fn toc_depth(&mut self, given: &toml::Spanned<raw::Count>) -> u8 {
        let count = given.get_ref().0;
        let depth = u8::try_from(count).ok().filter(|_| (1..=MOST_LEVELS).contains(&count));
        if depth.is_none() {
            let message = format!("the contents cannot list {count} levels of headings");
            let hint = "write 1 for chapters alone, 2 for chapters and sections, 6 at most";
            self.report(Code::BadValue, given.span(), message, &[hint]);
        }
        depth.unwrap_or(1)
    }
}
