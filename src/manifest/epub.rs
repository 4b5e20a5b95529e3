//! `[epub]`: what concerns the EPUB alone.

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Embed, Epub, Writing};
use crate::diag::Code;
use crate::script::Forms;

impl Reader<'_> {
    /// The whole table; `forms` are those of the book's language.
    pub fn epub(&mut self, epub: raw::Epub, forms: Forms) -> Epub {
        let choices = [("none", Embed::None), ("rare", Embed::Rare), ("full", Embed::Full)];
        let embed = epub.embed.and_then(|given| self.choose("embed", &given, &choices));
        Epub { embed: embed.unwrap_or_default(), writing: self.writing(epub.writing, forms) }
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
}
