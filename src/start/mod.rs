//! Small books to start from: each builds at once, and its remarks teach.

use crate::files;
use crate::manifest::LONGEST_SLUG;
use crate::script::Conversion;

/// What kind of book it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 文摘: articles, each with its source.
    Digest,
    /// 讲义: lessons for a copy shop.
    Handout,
    /// 专著: chapters with cited works and a copyright page.
    Monograph,
    /// 竖排: chapters whose lines run down the page.
    Vertical,
}

impl Kind {
    /// Every kind, with the word that asks for it.
    pub const ALL: [(&'static str, Self); 4] = [
        ("digest", Self::Digest),
        ("handout", Self::Handout),
        ("monograph", Self::Monograph),
        ("vertical", Self::Vertical),
    ];
}

/// What the texts of a new book are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Simplified Chinese.
    Simplified,
    /// Traditional Chinese.
    Traditional,
    /// English.
    English,
}

impl Tongue {
    /// Every one, with its language tag.
    pub const ALL: [(&'static str, Self); 3] =
        [("zh-Hans", Self::Simplified), ("zh-Hant", Self::Traditional), ("en", Self::English)];

    /// Whether a kind of book can be in it: lines of letters do not run down a page.
    pub fn takes(self, kind: Kind) -> bool {
        match self {
            Self::Simplified | Self::Traditional => true,
            Self::English => kind != Kind::Vertical,
        }
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
            Self::English => "en",
        }
    }
}

/// What is known of a new book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its title.
    pub title: String,
    /// What its texts are in; nobody sets English vertically.
    pub tongue: Tongue,
    /// What kind it is.
    pub kind: Kind,
    /// An identifier that no other book has.
    pub identifier: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// What the names of its files begin with.
    pub slug: String,
}

/// The files of a new book, by path.
type Files = Vec<(&'static str, String)>;

impl Start {
    /// The files of the book.
    pub fn files(&self) -> Files {
        let Template { head, rest, texts, chapters } = self.template();
        self.written(head, rest, texts.iter().chain(chapters))
    }

    /// The files of a book whose chapters come from elsewhere, and are to be listed in it.
    pub fn frame(&self) -> Files {
        let Template { head, rest, texts, chapters: _ } = self.template();
        let texts = texts.iter().filter(|(path, _)| !path.ends_with(".md"));
        self.written(head, &without_samples(&without_chapters(rest)), texts)
    }

    fn template(&self) -> Template {
        match self.tongue {
            Tongue::Simplified | Tongue::Traditional => chinese(self.kind),
            Tongue::English => english(self.kind),
        }
    }

    fn written<'a>(
        &self,
        head: &str,
        rest: &str,
        texts: impl IntoIterator<Item = &'a (&'static str, &'static str)>,
    ) -> Files {
        let say = |text: &str| match self.tongue {
            Tongue::Simplified | Tongue::English => text.to_owned(),
            Tongue::Traditional => Conversion::Taiwan.apply(text, &[]),
        };
        let head: String = say(head).split_inclusive('\n').map(|line| self.filled(line)).collect();
        let texts = texts.into_iter().map(|(path, text)| (*path, say(text)));
        [("book.toml", head + &say(rest))].into_iter().chain(texts).collect()
    }

    /// A line of `book.toml` with what belongs into its gap.
    fn filled(&self, line: &str) -> String {
        let gap =
            line.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
        let Some((before, (gap, after))) = gap else { return line.to_owned() };
        let value = match gap {
            "title" => &self.title,
            "language" => self.tongue.tag(),
            "identifier" => &self.identifier,
            "date" => &self.date,
            _ => &self.slug,
        };
        format!("{before}{}{after}", quoted(value))
    }
}

/// What a new book is made from.
struct Template {
    /// The part of `book.toml` that all kinds have, with gaps.
    head: &'static str,
    /// The rest of it.
    rest: &'static str,
    /// The files that it names besides chapters, by path.
    texts: &'static [(&'static str, &'static str)],
    /// The chapters, and what they show.
    chapters: &'static [(&'static str, &'static str)],
}

/// What a `book.toml` says, with none of the chapters that its `body` lists.
fn without_chapters(toml: &str) -> String {
    let list = toml.split_once("body = [").and_then(|(before, list)| {
        let (_, after) = list.split_once("]\n")?;
        Some((before, after))
    });
    list.map_or_else(|| toml.to_owned(), |(before, after)| format!("{before}body = []\n{after}"))
}

/// The same, with the names that stand for people, and the preface, as remarks: nobody is to find them
/// printed beside real ones.
fn without_samples(toml: &str) -> String {
    let mut in_credits = false;
    let remarked = |line: &str| {
        in_credits = line == "[[credits]]" || (in_credits && !line.is_empty());
        let is_sample = in_credits || line.starts_with("front = ");
        format!("{}{line}\n", if is_sample { "# " } else { "" })
    };
    toml.lines().map(remarked).collect()
}

fn chinese(kind: Kind) -> Template {
    let (rest, texts, chapters): (_, &[_], &[_]) = match kind {
        Kind::Digest => (
            include_str!("zh/digest.toml"),
            &[("preface.md", include_str!("zh/preface.md"))],
            &[
                ("one.md", include_str!("zh/article.md")),
                ("two.md", include_str!("zh/second.md")),
                FIGURE,
            ],
        ),
        Kind::Handout => (
            include_str!("zh/handout.toml"),
            &[],
            &[
                ("one.md", include_str!("zh/lesson.md")),
                ("two.md", include_str!("zh/more.md")),
                FIGURE,
            ],
        ),
        Kind::Monograph => (
            include_str!("zh/monograph.toml"),
            &[("preface.md", include_str!("zh/preface.md")), WORKS],
            &[("one.md", include_str!("zh/chapter.md")), ("two.md", include_str!("zh/more.md"))],
        ),
        Kind::Vertical => (
            include_str!("zh/vertical.toml"),
            &[],
            &[("one.md", include_str!("zh/tale.md")), ("two.md", include_str!("zh/more.md"))],
        ),
    };
    Template { head: include_str!("zh/head.toml"), rest, texts, chapters }
}

fn english(kind: Kind) -> Template {
    let (rest, texts, chapters): (_, &[_], &[_]) = match kind {
        Kind::Digest => (
            include_str!("en/digest.toml"),
            &[("preface.md", include_str!("en/preface.md"))],
            &[
                ("one.md", include_str!("en/article.md")),
                ("two.md", include_str!("en/second.md")),
                FIGURE,
            ],
        ),
        Kind::Handout => (
            include_str!("en/handout.toml"),
            &[],
            &[
                ("one.md", include_str!("en/lesson.md")),
                ("two.md", include_str!("en/more.md")),
                FIGURE,
            ],
        ),
        Kind::Monograph | Kind::Vertical => (
            include_str!("en/monograph.toml"),
            &[("preface.md", include_str!("en/preface.md")), WORKS],
            &[("one.md", include_str!("en/chapter.md")), ("two.md", include_str!("en/more.md"))],
        ),
    };
    Template { head: include_str!("en/head.toml"), rest, texts, chapters }
}

/// A figure that chapters show.
const FIGURE: (&str, &str) = ("figures/example.svg", include_str!("example.svg"));
/// The works that chapters cite.
const WORKS: (&str, &str) = ("references.bib", include_str!("references.bib"));

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A slug of a folder's name: `-` stands for what has no place in the name of a file.
pub fn slug(folder: &str) -> String {
    let mut slug = String::new();
    for c in folder.chars() {
        if files::suits_names(c) && c != '-' {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.floor_char_boundary(LONGEST_SLUG));
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || files::is_device(slug) { "book".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::files::Folder;

    fn start(tongue: Tongue, kind: Kind) -> Start {
        Start {
            title: "“题” \"{date}\" \\".to_owned(),
            tongue,
            kind,
            identifier: "urn:uuid:0".to_owned(),
            date: "2025-12-23".to_owned(),
            slug: "new-book".to_owned(),
        }
    }

    #[test]
    fn every_new_book_is_sound() {
        for (tag, tongue) in Tongue::ALL {
            for (name, kind) in Kind::ALL {
                let start = start(tongue, kind);
                let files = start.files().into_iter();
                let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
                let folder = Folder::Memory(files.collect());
                let mut sink = Sink::default();
                let manifest = crate::manifest::read(&folder, None, &mut sink);
                let manifest = manifest.unwrap_or_else(|_| panic!("{:?}", sink.findings()));
                assert_eq!(manifest.metadata.title, start.title);
                assert_eq!(manifest.metadata.language, tag);
                assert_eq!(sink.findings().len(), 0, "{tag} {name}: {:?}", sink.findings());
            }
        }
    }

    #[test]
    fn a_frame_lists_no_chapters() {
        for (tag, tongue) in Tongue::ALL {
            for (name, kind) in Kind::ALL {
                let frame = start(tongue, kind).frame();
                assert!(frame.iter().all(|(path, _)| !path.contains("one")), "{tag} {name}");
                let toml = &frame[0].1;
                assert_eq!(toml.matches("body = []\n").count(), 1, "{tag} {name}:\n{toml}");
                assert!(!toml.contains("two.md") && !toml.contains("three.md"), "{toml}");
            }
        }
    }

    #[test]
    fn a_folder_gives_its_files_its_name() {
        for (folder, name) in [
            ("My-Book-2", "my-book-2"),
            ("新书", "新书"),
            ("《文摘》2025·上", "《文摘》2025·上"),
            (" 文摘 2025: 上/_", "文摘-2025-上"),
            ("a b", "a-b"),
            ("-", "book"),
            ("", "book"),
            ("NUL", "book"),
        ] {
            assert_eq!(slug(folder), name, "{folder}");
        }
        assert_eq!(slug(&"书".repeat(50)), "书".repeat(33));
    }
}
