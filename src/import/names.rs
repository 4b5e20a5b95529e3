//! Names that nothing in a book has.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::slug;
use crate::files::{BookPath, Folder};

/// What the report on an import is called.
const REPORT: &str = "import-report";

/// The names of a book's files and ids.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Files at the top of the folder, in small letters.
    files: BTreeSet<String>,
    /// The texts of its chapters, in which ids stand.
    texts: Vec<String>,
    /// The numbers that names were given last, by what stands before them.
    numbers: BTreeMap<String, usize>,
}

impl Names {
    /// The names in the book at `folder`, whose chapters are these.
    pub fn of(folder: &Folder, chapters: &[String]) -> Self {
        let files = folder.list_here();
        let files = files.iter().map(|path| path.as_str().to_ascii_lowercase()).collect();
        let read = |path: &String| folder.read(&BookPath::new(path)?).ok();
        let texts = chapters.iter().filter_map(read);
        let texts = texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
        Self { files, texts, numbers: BTreeMap::new() }
    }

    /// A name for a chapter from a source that is called `shown`: by it, where it `alone` comes from
    /// there and the name can be one, else by a number.
    pub fn chapter(&mut self, shown: &str, alone: bool) -> String {
        let name = shown.rsplit(['/', '\\']).next().unwrap_or(shown);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let wished = Some(slug(name)).filter(|slug| alone && name.is_ascii() && starts_well(slug));
        let stem = match wished {
            Some(wished) if self.is_free(&wished) => wished,
            wished => self.numbered(wished.as_deref().unwrap_or("chapter")),
        };
        self.files.insert(format!("{stem}.md"));
        stem
    }

    /// A name with a number behind it.
    fn numbered(&mut self, wished: &str) -> String {
        let before = self.numbers.get(wished).copied().unwrap_or_default();
        let mut names = (before + 1..).map(|number| (number, format!("{wished}-{number}")));
        let (number, name) = names.find(|(_, name)| self.is_free(name)).unwrap_or_default();
        self.numbers.insert(wished.to_owned(), number);
        name
    }

    /// A name for the report.
    pub fn report(&self) -> String {
        let numbered = (2..).map(|number| format!("{REPORT}-{number}.txt"));
        let mut names = std::iter::once(format!("{REPORT}.txt")).chain(numbered);
        names.find(|name| !self.files.contains(name)).unwrap_or_default()
    }

    /// Whether neither a file nor an id begins with `stem`.
    fn is_free(&self, stem: &str) -> bool {
        let ids = [format!("#{stem}"), format!("#fig-{stem}"), format!("#tbl-{stem}")];
        let in_text = |text: &String| ids.iter().any(|id| text.contains(id));
        !self.files.contains(&format!("{stem}.md")) && !self.texts.iter().any(in_text)
    }
}

/// Whether a name can begin an id.
fn starts_well(slug: &str) -> bool {
    slug.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_another() {
        let text = "# 一 {#two}\n".as_bytes().to_vec();
        let files = BTreeMap::from([
            ("One.md".to_owned(), text),
            ("import-report.txt".to_owned(), Vec::new()),
        ]);
        let folder = Folder::Memory(files);
        let mut names = Names::of(&folder, &["One.md".to_owned()]);
        assert_eq!(names.chapter("a/one.html", true), "one-1");
        assert_eq!(names.chapter("two.txt", true), "two-1");
        assert_eq!(names.chapter("文章.txt", true), "chapter-1");
        assert_eq!(names.chapter("文章.txt", true), "chapter-2");
        assert_eq!(names.chapter("A B.txt", true), "a-b");
        assert_eq!(names.report(), "import-report-2.txt");
    }
}
