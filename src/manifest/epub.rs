//! `[epub]`: how the EPUB is made.

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Credit, Embed, EpubChoice, Located, Metadata, Profile, Writing};
use crate::diag::Code;
use crate::message;
use crate::script::Forms;

/// What an archive asks a book to say of itself beside title, language, date and identifier, which
/// every book has (ISO/IEC TS 22424-1, 8.3), and how `book.toml` says it.
const DEMANDS: [(Demand, &str, &str); 3] = [
    (|_, credits| !credits.is_empty(), "credits", "say who made it: `[[credits]]`"),
    (|it, _| !it.publisher.is_empty(), "publisher", "say who publishes it: `publisher = \"…\"`"),
    (
        |it, _| !it.rights.is_empty() || !it.licence.is_empty(),
        "rights",
        "say what may be done with it: `rights = \"…\"`, or `licence` with an address",
    ),
];

/// Whether a book says it.
type Demand = fn(&Metadata, &[Credit]) -> bool;

/// The most levels of headings that there are.
const MOST_LEVELS: i64 = 6;

impl Reader<'_> {
    /// The choices for the EPUB of a book that says `metadata` and `credits` of itself.
    pub fn epub(&mut self, epub: raw::Epub, metadata: &Metadata, credits: &[Credit]) -> EpubChoice {
        let default = EpubChoice::default();
        let profile = self.profile(epub.profile, metadata, credits);
        let toc_depth = epub.toc_depth.map_or(default.toc_depth, |given| self.toc_depth(&given));
        let certified_by = epub.certified_by.map(|name| {
            let span = self.span(name.span());
            Located { value: self.filled("certified-by", name), span }
        });
        let choices = [("none", Embed::None), ("rare", Embed::Rare), ("full", Embed::Full)];
        let embed = epub.embed.and_then(|given| self.choose("embed", &given, &choices));
        let embed = embed.unwrap_or(match profile {
            Profile::Reader => Embed::Rare,
            // In a hundred years no reader's own fonts can be counted on.
            Profile::Archive => Embed::Full,
        });
        let writing = self.writing(epub.writing, metadata.rules.forms);
        EpubChoice { profile, toc_depth, certified_by, embed, writing }
    }

    /// Whom the EPUB is for. An archive takes no book that does not say what it asks for.
    fn profile(&mut self, given: Option<Text>, metadata: &Metadata, credits: &[Credit]) -> Profile {
        let Some(given) = given else { return Profile::default() };
        let choices = [("reader", Profile::Reader), ("archive", Profile::Archive)];
        let profile = self.choose("profile", &given, &choices).unwrap_or_default();
        if profile == Profile::Archive {
            for (_, key, hint) in DEMANDS.iter().filter(|(says, ..)| !says(metadata, credits)) {
                let message = message!("an archive asks for `{key}`, which is missing", key);
                self.report(Code::MissingKey, given.span(), message).hint(*hint);
            }
        }
        profile
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
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        writing
    }

    fn toc_depth(&mut self, given: &toml::Spanned<raw::Count>) -> u8 {
        let count = given.get_ref().0;
        let depth = u8::try_from(count).ok().filter(|_| (1..=MOST_LEVELS).contains(&count));
        if depth.is_none() {
            let message = message!("the contents cannot list {count} levels of headings", count);
            let hint = "write 1 for chapters alone, 2 for chapters and sections, 6 at most";
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        depth.unwrap_or(1)
    }
}
