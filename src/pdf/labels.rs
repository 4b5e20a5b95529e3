//! What viewers call the pages (ISO 32000-1, 12.4.2): by their folios.

use lopdf::{Dictionary, Object, dictionary};

use crate::layout::{Folio, Page};
use crate::script::Numerals;

use super::syntax::{name, text_string};

/// The number tree of the labels. A range begins wherever counting on would say something else.
///
/// Covers are called what they are; `back` says where in the file the back one is.
pub fn tree(pages: &[Page], cover: Option<&str>, back: Option<(usize, &str)>) -> Dictionary {
    let mut ranges: Vec<Object> = Vec::new();
    let mut begin = |index: usize, label: Dictionary| {
        ranges.push(i64::try_from(index).unwrap_or(i64::MAX).into());
        ranges.push(label.into());
    };
    if let Some(cover) = cover {
        begin(0, dictionary! { "P" => text_string(cover) });
    }
    let first = usize::from(cover.is_some());
    let mut expected = None;
    for (index, page) in pages.iter().enumerate() {
        if index == 0 || page.folio != expected || page.folio.is_some_and(|f| !counts(f)) {
            begin(first + index, page.folio.map_or_else(Dictionary::new, label));
        }
        expected =
            page.folio.map(|folio| Folio { number: folio.number.saturating_add(1), ..folio });
    }
    if let Some((index, back)) = back {
        begin(index, dictionary! { "P" => text_string(back) });
    }
    dictionary! { "Nums" => ranges }
}

/// The style in which PDF can count on by itself (table 159).
fn style(numerals: Numerals) -> Option<&'static str> {
    match numerals {
        Numerals::Arabic => Some("D"),
        Numerals::Roman => Some("r"),
        Numerals::RomanCapital => Some("R"),
        Numerals::Han | Numerals::Circled | Numerals::Letters => None,
    }
}

fn counts(folio: Folio) -> bool {
    style(folio.numerals).is_some()
}

/// The label of the first page of a range, or of a single one in numerals that PDF does not know.
fn label(folio: Folio) -> Dictionary {
    match style(folio.numerals) {
        Some(style) => dictionary! {
            "S" => name(style),
            "St" => i64::try_from(folio.number).unwrap_or(i64::MAX),
        },
        None => dictionary! { "P" => text_string(&folio.numerals.write(folio.number)) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(numerals: Numerals, number: usize) -> Page {
        Page { folio: Some(Folio { numerals, number }), ..Page::default() }
    }

    #[test]
    fn a_range_begins_where_counting_on_would_be_wrong() {
        let pages = [
            page(Numerals::Roman, 1),
            page(Numerals::Roman, 2),
            page(Numerals::Arabic, 1),
            page(Numerals::Arabic, 2),
            page(Numerals::Arabic, 5),
            Page::default(),
            page(Numerals::Han, 3),
            page(Numerals::Han, 4),
        ];
        let tree = format!("{:?}", tree(&pages, Some("c"), Some((9, "b"))));
        let expected = "<</Nums [0 <</P (c)>> 1 <</S /r/St 1>> 3 <</S /D/St 1>> 5 <</S /D/St 5>> \
                        6 <<>> 7 <</P ";
        assert!(tree.starts_with(expected), "{tree}");
        assert_eq!(tree.matches("/P ").count(), 4, "{tree}");
        assert!(tree.ends_with("9 <</P (b)>>]>>"), "{tree}");
    }
}
