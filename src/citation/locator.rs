//! Where in a work: what stands after the key in `[@key, 第12页]`.

use super::work::bare_pages;

/// Where in a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Locator {
    /// Nothing is said.
    #[default]
    None,
    /// On pages: digits and hyphens.
    Pages(String),
    /// In other words: `第3章`, `图2`.
    Words(String),
}

/// What stands before pages.
const BEFORE: [&str; 8] = ["pages", "page", "pp.", "pp", "p.", "p", "第", "页"];

impl Locator {
    /// The place that the text names.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::None;
        }
        let lower = text.to_lowercase();
        let bare = BEFORE.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
        let bare = bare.trim().trim_end_matches('页').trim_end_matches('頁').trim();
        let pages = bare_pages(bare).replace("第", "").replace("页", "");
        let is_page = |c: char| c.is_ascii_digit() || matches!(c, '-' | ',' | ' ' | '，' | '、');
        let is_roman = |c: char| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | '-');
        let sound = pages.chars().all(is_page) || pages.chars().all(is_roman);
        match sound && pages.contains(|c: char| c.is_ascii_alphanumeric()) {
            true => Self::Pages(pages.replace(['，', '、'], ",")),
            false => Self::Words(text.to_owned()),
        }
    }

    /// The pages, or the words.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Pages(text) | Self::Words(text) => Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_in_many_forms() {
        for text in ["第12—15页", "p. 12–15", "pp. 12-15", "12--15", "页12～15", "第12页—第15页"]
        {
            assert_eq!(Locator::read(text), Locator::Pages("12-15".into()), "{text}");
        }
        assert_eq!(Locator::read("p. xiv"), Locator::Pages("xiv".into()));
        assert_eq!(Locator::read("第3章"), Locator::Words("第3章".into()));
        assert_eq!(Locator::read("  "), Locator::None);
    }
}
