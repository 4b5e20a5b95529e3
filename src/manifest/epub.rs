//! `[epub]`: how the EPUB is made.

use super::meaning::Reader;
use super::raw;
use super::{EpubChoice, Located};
use crate::diag::Code;

/// The most levels of headings that there are.
const MOST_LEVELS: i64 = 6;

impl Reader<'_> {
    /// The choices for the EPUB.
    pub fn epub(&mut self, epub: raw::Epub) -> EpubChoice {
        let default = EpubChoice::default();
        let toc_depth = epub.toc_depth.map_or(default.toc_depth, |given| self.toc_depth(&given));
        let certified_by = epub.certified_by.map(|name| {
            let span = self.span(name.span());
            Located { value: self.filled("certified-by", name), span }
        });
        EpubChoice { toc_depth, certified_by }
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
