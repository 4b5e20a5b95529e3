//! The titles of a book's chapters, by which an article is known that is there already.

use std::collections::BTreeMap;

use crate::files::{BookPath, Folder};

/// The files of chapters by the letters of their titles.
#[derive(Debug, Default)]
pub(super) struct Titles(BTreeMap<String, String>);

impl Titles {
    /// Those of the chapters of a book.
    pub fn of(folder: &Folder, chapters: &[String]) -> Self {
        let mut titles = Self::default();
        for path in chapters {
            let bytes = BookPath::new(path).and_then(|path| folder.read(&path).ok());
            titles.add(path, &String::from_utf8_lossy(&bytes.unwrap_or_default()));
        }
        titles
    }

    /// The file that has the title of a chapter's text.
    pub fn holder(&self, text: &str) -> Option<&str> {
        self.0.get(&letters(text)?).map(String::as_str)
    }

    /// Remembers a chapter.
    pub fn add(&mut self, path: &str, text: &str) {
        if let Some(title) = letters(text) {
            self.0.entry(title).or_insert_with(|| path.to_owned());
        }
    }
}

/// The letters of a chapter's title: its first heading of the first level, without marks, spaces and
/// attributes; none where it has none.
fn letters(text: &str) -> Option<String> {
    let title = text.lines().find_map(|line| line.strip_prefix("# "))?.trim_end();
    let words = title.strip_suffix('}').and_then(|title| title.rsplit_once('{'));
    let words = words.map_or(title, |(words, _)| words);
    Some(words.chars().filter(|c| c.is_alphanumeric()).collect())
        .filter(|it: &String| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_known_by_its_letters() {
        let mut titles = Titles::default();
        titles.add("one.md", "<!-- 说明 -->\n\n# 书脊，*多厚* {#one .unnumbered}\n\n# 别的\n");
        titles.add("two.md", "# 书脊多厚\n");
        assert_eq!(titles.holder("# 书脊 多厚 {#two}\n"), Some("one.md"));
        assert_eq!(titles.holder("# 别的\n"), None);
        assert_eq!(titles.holder("没有标题\n"), None);
    }
}
