//! Whether all words that went in came out.

use std::collections::BTreeMap;

use super::article::{Article, Note, Work};
use super::markdown::words_of;
use crate::script::hanzi_of_radical;

/// The most characters that are told.
const MOST: usize = 200;

/// The characters of words that a work shows in its source more often than in its articles and
/// remarks, in the order of the source.
pub(super) fn lost(work: &Work) -> String {
    let mut out: BTreeMap<char, usize> = BTreeMap::new();
    let mut count = |text: &str| letters(text).for_each(|c| *out.entry(c).or_default() += 1);
    for article in &work.articles {
        count(&words_of_article(article));
    }
    work.remarks.iter().for_each(|remark| count(&remark.words));
    let missing = letters(&work.visible).filter(|c| match out.get_mut(c) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        Some(0) | None => true,
    });
    missing.take(MOST).collect()
}

fn words_of_article(article: &Article) -> String {
    let title = super::article::plain(&article.title);
    let blocks = article.blocks.iter().map(words_of);
    let notes = article.notes.iter().flat_map(|Note { blocks, .. }| blocks).map(words_of);
    blocks.chain(notes).fold(title, |text, next| text + &next)
}

/// Letters, digits and hanzi, as cleaning leaves them.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric() || hanzi_of_radical(*c).is_some()).map(
        |c| match c {
            '\u{ff10}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => hanzi_of_radical(c).unwrap_or(c),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::article::{Fate, Inline, Remark};

    /// What [`crate::diag::Code::WordsLost`] tells.
    #[test]
    fn words_that_stand_nowhere_are_found() {
        let title = vec![Inline::Text("一二".to_owned())];
        let work = Work {
            visible: "⼀、二三 四 五".to_owned(),
            articles: vec![Article { title, ..Article::default() }],
            remarks: vec![Remark::new(Fate::Left, "gone", "四")],
            ..Work::default()
        };
        assert_eq!(lost(&work), "三五");
    }
}
