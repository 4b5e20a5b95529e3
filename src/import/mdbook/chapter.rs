//! A chapter of a book of Markdown files: its text, and where links can lead to in it.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::edits::{Door, Edits, Marks};
use super::html;
use super::includes::Includes;
use super::summary::Entry;
use crate::files::{BookPath, Folder};
use crate::import::article::{Article, Block, Fate, Inline, Remark, Stretch, plain};
use crate::import::escape;
use crate::import::html::unescaped;
use crate::manifest::is_address;
use crate::message;
use crate::script::is_forbidden;

/// An event and its place in the text.
pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// A chapter.
pub(super) struct Chapter {
    /// What the summary says of it.
    pub entry: Entry,
    /// Its text, with what it includes.
    pub text: String,
    /// Its headings in their order.
    headings: Vec<Heading>,
    /// Names in it before the first heading.
    opening: Vec<String>,
    /// Whether the first heading is the chapter's title.
    pub titled: bool,
}

/// A heading.
#[derive(Debug, Default)]
struct Heading {
    /// Its name in the addresses of mdBook.
    slug: String,
    /// Other names that lead to it.
    names: Vec<String>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum To {
    /// To an address on the web.
    Web,
    /// To a chapter or a heading.
    Anchor(String),
    /// Nowhere.
    Nothing,
}

impl Chapter {
    /// The chapter of an entry, whose file holds `text`.
    pub fn new(entry: Entry, text: &str, folder: &Folder, remarks: &mut Vec<Remark>) -> Self {
        let mut text = text.replace("\r\n", "\n");
        if let Some(path) = &entry.path {
            if let Some((matter, rest)) = front_matter(&text) {
                let what = message!("the front matter of `{path}`", path);
                remarks.push(Remark::new(Fate::Left, what, matter));
                text = rest.to_owned();
            }
            let mut includes = Includes::of(folder, path);
            text = includes.expanded(&text);
            remarks.append(&mut includes.remarks);
        }
        text.retain(|c| !is_forbidden(c));
        let mut chapter =
            Self { entry, text, headings: Vec::new(), opening: Vec::new(), titled: false };
        chapter.outline();
        chapter
    }

    /// The parser's events.
    pub fn events(&self) -> Vec<Located<'_>> {
        Parser::new_ext(&self.text, OPTIONS).into_offset_iter().collect()
    }

    /// Where the names of addresses are defined.
    pub fn definitions(&self) -> Vec<Range<usize>> {
        let parser = Parser::new_ext(&self.text, OPTIONS);
        let spans = parser.reference_definitions().iter().map(|(_, it)| it.span.clone());
        spans.collect()
    }

    /// The words that it shows.
    pub fn words(&self) -> String {
        super::words(&self.text)
    }

    /// Finds the headings.
    fn outline(&mut self) {
        let mut headings: Vec<Heading> = Vec::new();
        let mut opening = Vec::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut open: Option<(String, Option<String>)> = None;
        let (mut titled, mut begun) = (false, false);
        for (event, _) in self.events() {
            match event {
                Event::Start(Tag::Heading { level, id, .. }) => {
                    titled |= level == HeadingLevel::H1 && !begun;
                    open = Some((String::new(), id.map(|id| id.to_string())));
                }
                Event::End(TagEnd::Heading(_)) => {
                    let Some((words, id)) = open.take() else { continue };
                    let slug = unique(slug(&words), &mut counts);
                    headings.push(Heading { slug, names: id.into_iter().collect() });
                }
                Event::Text(text) | Event::Code(text) if open.is_some() => {
                    open.iter_mut().for_each(|(words, _)| words.push_str(&text));
                }
                Event::Html(text) | Event::InlineHtml(text) => {
                    let names = headings.last_mut().map_or(&mut opening, |it| &mut it.names);
                    names.extend(html::names(&text));
                    if text.starts_with("<!--") {
                        continue;
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => continue,
                _ => {}
            }
            begun = true;
        }
        (self.headings, self.opening, self.titled) = (headings, opening, titled);
    }

    /// The anchors in it, each with the one that stands for it.
    pub fn anchors(&self) -> Vec<(String, String)> {
        let path = self.path();
        if path.is_empty() {
            return Vec::new();
        }
        let mut anchors = vec![(path.to_owned(), path.to_owned())];
        anchors.extend(self.opening.iter().map(|name| (format!("{path}#{name}"), path.to_owned())));
        for (number, heading) in self.headings.iter().enumerate() {
            let names = std::iter::once(&heading.slug).chain(&heading.names);
            anchors.extend(names.map(|name| (format!("{path}#{name}"), self.anchor(number))));
        }
        anchors
    }

    /// The anchor of a heading; that of the chapter for its title.
    pub fn anchor(&self, number: usize) -> String {
        let path = self.path();
        match self.headings.get(number) {
            Some(heading) if !(number == 0 && self.titled) => format!("{path}#{}", heading.slug),
            Some(_) | None => path.to_owned(),
        }
    }

    /// Its file; empty where it has none.
    pub fn path(&self) -> &str {
        self.entry.path.as_ref().map_or("", BookPath::as_str)
    }

    /// Where a link leads.
    pub fn to(&self, destination: &str, anchors: &BTreeMap<String, String>) -> To {
        let known = ["mailto:", "tel:"].iter().any(|scheme| destination.starts_with(scheme));
        if is_address(destination) || known {
            return To::Web;
        }
        let (file, id) = destination.split_once('#').unwrap_or((destination, ""));
        let (file, id) = (unescaped(file), unescaped(id));
        let Some(path) = self.beside(&file) else { return To::Nothing };
        let path = path.as_str();
        let (stem, is_page) = match path.strip_suffix(".html") {
            Some(stem) => (stem, true),
            None => (path, false),
        };
        let index = stem.strip_suffix("index").filter(|_| is_page);
        let found = [
            Some(path.to_owned()),
            is_page.then(|| format!("{stem}.md")),
            index.map(|folder| format!("{folder}README.md")),
            Some(format!("{path}/README.md")),
            Some(format!("{path}/index.md")),
        ];
        let found = found.into_iter().flatten().find(|path| anchors.contains_key(path));
        let Some(path) = found else { return To::Nothing };
        let named = anchors.get(&format!("{path}#{id}"));
        To::Anchor(named.cloned().unwrap_or(path))
    }

    /// A file that the chapter names; itself for none.
    pub fn beside(&self, file: &str) -> Option<BookPath> {
        match file.strip_prefix('/') {
            _ if file.is_empty() => self.entry.path.clone(),
            // mdBook takes them from the folder of the chapters.
            Some(file) => self.entry.root.as_ref().map_or_else(
                || BookPath::new(file),
                |root| BookPath::new(&format!("{root}/{file}")),
            ),
            None => self.entry.path.as_ref()?.beside(file),
        }
    }

    /// The anchors that its links lead to.
    pub fn links(&self, anchors: &BTreeMap<String, String>) -> Vec<String> {
        let mut links = Vec::new();
        for (event, _) in self.events() {
            if let Event::Start(Tag::Link { dest_url, .. }) = event
                && let To::Anchor(anchor) = self.to(&dest_url, anchors)
            {
                links.push(anchor);
            }
        }
        links
    }

    /// The chapter as an article; one below others as what is to stand in the article of these.
    pub fn article(&self, door: Door<'_>, marks: &mut Marks, remarks: &mut Vec<Remark>) -> Article {
        let is_linked = door.linked.contains(self.path());
        let mut edits = Edits::of(self, door, marks);
        edits.find();
        let mut title = std::mem::take(&mut edits.title);
        let is_below = self.entry.depth > 0;
        let is_called = match is_below {
            true => self.titled,
            false => !plain(&title).trim().is_empty(),
        };
        if !is_called {
            if let Some(path) = &self.entry.path {
                let what = message!("`{path}` has no title: it is called as in the summary", path);
                remarks.push(Remark::new(Fate::Guessed, what, ""));
            }
            title = vec![Inline::Text(self.entry.title.clone())];
        }
        let path = self.path();
        let told = std::mem::take(&mut edits.told);
        remarks.extend(told.remarks(path, &self.text));
        let mut stretches = edits.stretches();
        if is_below && !is_called {
            stretches.splice(0..0, self.opening_of(is_linked));
        }
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        Article {
            name,
            title,
            anchors: vec![path.to_owned()],
            part: self.entry.part.clone(),
            division: self.entry.division,
            blocks: vec![Block::Markdown(stretches)],
            ..Article::default()
        }
    }

    /// The level in its article of a heading that has a level in its file.
    pub fn level(&self, own: HeadingLevel, is_title: bool) -> u8 {
        let above = u8::try_from(self.entry.depth).unwrap_or(u8::MAX);
        // A second title stands below the first.
        let own = if is_title { 1 } else { (own as u8).max(2) };
        own.saturating_add(above).min(6)
    }

    /// The heading of a chapter below others that has none itself.
    fn opening_of(&self, is_linked: bool) -> [Stretch; 4] {
        let anchors = is_linked.then(|| self.path().to_owned()).into_iter().collect();
        [
            Stretch::Opening(self.level(HeadingLevel::H1, true)),
            Stretch::Text(escape::text(&self.entry.title, "x")),
            Stretch::Closing { anchors, numbered: true },
            Stretch::Text("\n\n".to_owned()),
        ]
    }
}

/// What stands between two lines of `---` at the beginning, and what follows.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let (matter, rest) = rest.split_once("\n---\n")?;
    let is_one = matter
        .lines()
        .all(|line| line.contains(':') || line.starts_with([' ', '-', '#']) || line.is_empty());
    is_one.then_some((matter, rest))
}

/// The name that mdBook gives a heading.
fn slug(words: &str) -> String {
    let kept = words.trim().chars().filter_map(|c| {
        if c.is_alphanumeric() || matches!(c, '_' | '-') {
            Some(c.to_ascii_lowercase())
        } else {
            c.is_whitespace().then_some('-')
        }
    });
    kept.collect()
}

/// The name with a number behind it where there was the same before.
fn unique(slug: String, counts: &mut BTreeMap<String, usize>) -> String {
    let count = counts.entry(slug.clone()).or_default();
    *count += 1;
    if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
}
