//! Web pages: of WeChat, of news sites, as browsers save them.
//!
//! The tree of a page is read as browsers read it; what follows is where in it the article stands, and
//! which of its boxes are paragraphs.

mod blocks;
mod guard;
mod pictures;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

pub(super) use self::blocks::Reader;
pub(super) use self::pictures::{Shelf, base64, unescaped};
use super::article::{Article, Credit, Fate, Inline, Remark, Work};
use super::encoding;
use super::shape;
use super::sources::Source;
use super::zipped::beside;
use super::{no_article, unreadable};
use crate::diag::{Code, Diagnostic, Sink};
use crate::message;

/// Where the article of a page stands, by what is surest: WeChat's element, then those of HTML.
const ARTICLES: [&str; 12] = [
    "#js_content",
    ".rich_media_content",
    "[itemprop=articleBody]",
    ".wp_articlecontent",
    ".v_news_content",
    ".TRS_Editor",
    ".article-content",
    ".entry-content",
    "article",
    "main",
    "[role=main]",
    "body",
];
/// Where its title stands.
const TITLES: [&str; 5] =
    ["#activity-name", ".rich_media_title", "h1", "meta[property='og:title']", "title"];
/// Where the name of who published it stands.
const INSTITUTIONS: [&str; 4] = [
    "#js_name",
    ".rich_media_meta_nickname",
    "meta[property='og:site_name']",
    "meta[name=application-name]",
];
/// Where the day stands.
const DATES: [&str; 5] = [
    "#publish_time",
    "meta[property='article:published_time']",
    "time[datetime]",
    "time",
    "meta[name=pubdate]",
];
/// Where its address stands.
const ADDRESSES: [&str; 3] =
    ["link[rel=canonical]", "meta[property='og:url']", "meta[property='twitter:url']"];
/// Where the author stands.
const AUTHORS: [&str; 3] = ["#js_author_name", "#js_author_name_text", "meta[name=author]"];

/// The most bytes of a page without its pictures.
const LIMIT: usize = 64 * 1024 * 1024;

/// What is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner<'a> {
    /// A page of the web: its headings may only look like some, and what stands beside the article is
    /// none of it.
    Web,
    /// A document of a book, which marks what is what.
    Leaf(&'a Leaf),
}

/// What is known of a document of a book before it is read.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// Where it stands in the book.
    pub path: String,
    /// The marks of notes, with the names of these.
    pub marks: BTreeMap<NodeId, String>,
    /// What is read elsewhere or not at all: notes, and the links back from them.
    pub left: BTreeSet<NodeId>,
    /// What made it.
    pub maker: Maker,
    /// The entries of the index that lead to elements, by the ids of these: `人工智能!大模型`.
    pub entries: BTreeMap<String, String>,
    /// What things in the book are called, by the anchors that lead to them: `图1-1`.
    pub labels: Rc<BTreeMap<String, String>>,
}

/// What made a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Maker {
    /// Banxin, whose marks are known.
    Banxin,
    /// Something else.
    #[default]
    Other,
}

impl Leaf {
    /// The anchor that a link leads to: `text/one.xhtml#a`; none where it leads out of the book.
    pub fn address(&self, href: &str) -> Option<String> {
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        let is_elsewhere = file.split(['/', '?']).next().is_some_and(|it| it.contains(':'));
        let file = match file {
            "" if id.is_empty() => return None,
            "" => self.path.clone(),
            _ if is_elsewhere => return None,
            file => beside(&self.path, &unescaped(file))?,
        };
        Some(if id.is_empty() { file } else { format!("{file}#{}", unescaped(id)) })
    }
}

/// Whether an element is of a kind (`epub:type`, or a role of DPUB-ARIA, which is called alike).
pub(super) fn has_kind(element: ElementRef<'_>, kinds: &[&str]) -> bool {
    let said = [element.value().attr("epub:type"), element.value().attr("role")];
    let mut words = said.into_iter().flatten().flat_map(str::split_ascii_whitespace);
    words.any(|word| kinds.contains(&word.strip_prefix("doc-").unwrap_or(word)))
}

/// Reads a page; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let declared = declared(&source.bytes);
    let Some((text, encoding)) = encoding::decode(&source.bytes, declared.as_deref()) else {
        unreadable(source, sink);
        return None;
    };
    let beside = |name: &str| source.beside(name);
    let mut work = page(&text, &Shelf { beside: &beside }, source, sink)?;
    if encoding != "UTF-8" {
        let what = message!("the page was read as {encoding}", encoding);
        work.remarks.push(Remark::new(Fate::Guessed, what, ""));
    }
    Some(work)
}

/// Reads the text of a page, whose pictures stand on a shelf.
pub(super) fn page(
    text: &str,
    shelf: &Shelf<'_>,
    source: &Source<'_>,
    sink: &mut Sink,
) -> Option<Work> {
    if !is_sound(text, source, sink) {
        return None;
    }
    let html = Html::parse_document(text);
    let root = first(&html, &ARTICLES)?;
    let mut work = Work::default();
    let mut article = head(&html, root, &mut work.remarks);
    let mut reader = Reader::new(shelf, Manner::Web);
    article.blocks = reader.read(root);
    work.visible = reader.visible;
    work.remarks.append(&mut reader.remarks);
    work.remarks.extend(left(&html, root));
    shape::settle(&mut article, &mut work.remarks);
    if article.blocks.is_empty() {
        no_article(source, "there is no article in this page", sink);
        return None;
    }
    work.articles.push(article);
    Some(work)
}

/// Whether a tree can be made of a page; it is said why not.
pub(super) fn is_sound(text: &str, source: &Source<'_>, sink: &mut Sink) -> bool {
    if text.len() > LIMIT {
        let message = message!("a page of more than {limit} MB is no article", limit = LIMIT >> 20);
        sink.report(Diagnostic::new(Code::FileTooLarge, source.place(), message));
        return false;
    }
    if let Some(line) = guard::too_deep(text) {
        let message = message!(
            "the elements of this page lie more than {deepest} deep, from line {line}",
            deepest = guard::DEEPEST,
            line
        );
        sink.report(Diagnostic::new(Code::NestedTooDeep, source.place(), message));
        return false;
    }
    true
}

/// Whether the elements of a text lie so that a tree can be made of them.
pub(super) fn is_shallow(text: &str) -> bool {
    guard::too_deep(text).is_none()
}

/// What the page declares that it is written in (HTML 4.2.5.4).
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let rest = start.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let end =
        rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

/// The first element that one of some selectors finds and that says something.
fn first<'a>(html: &'a Html, selectors: &[&str]) -> Option<ElementRef<'a>> {
    let found = |selector: &&str| {
        let selector = Selector::parse(selector).ok()?;
        let mut found = html.select(&selector);
        found.find(|element| !said(*element).is_empty() || element.value().name() == "body")
    };
    selectors.iter().find_map(found)
}

/// What an element says: its text, or the attribute of those that have none.
fn said(element: ElementRef<'_>) -> String {
    let attribute =
        ["content", "datetime", "href"].iter().find_map(|name| element.value().attr(name));
    let text = match (element.value().name(), attribute) {
        ("meta" | "link" | "time", Some(value)) => value.to_owned(),
        _ => element.text().collect(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title, origin and author from what stands around the article.
fn head(html: &Html, root: ElementRef<'_>, remarks: &mut Vec<Remark>) -> Article {
    let mut article = Article::default();
    let find = |selectors: &[&str]| first(html, selectors).map(said).unwrap_or_default();
    let title = find(&TITLES);
    if !title.is_empty() {
        article.title = vec![Inline::Text(title.clone())];
    }
    article.origin.institution = find(&INSTITUTIONS);
    article.origin.date = shape::day(&find(&DATES)).unwrap_or_default();
    article.origin.url =
        Some(find(&ADDRESSES)).filter(|url| crate::manifest::is_address(url)).unwrap_or_default();
    if !article.origin.institution.is_empty() {
        article.origin.title = title;
    }
    let author = find(&AUTHORS);
    if !author.is_empty() && author.chars().count() <= 20 {
        let (role, names) = ("作者".to_owned(), vec![author.clone()]);
        article.credits.push(Credit { role, names, ..Credit::default() });
    }
    let said: Vec<&str> =
        [&article.origin.institution, &article.origin.date, &article.origin.url, &author]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(String::as_str)
            .collect();
    if !said.is_empty() {
        remarks.push(Remark::new(
            Fate::Taken,
            "who, where and when, from the page",
            said.join(" · "),
        ));
    }
    if root.value().name() == "body" {
        let what = "no element of the page says where the article is: all of the page was taken";
        remarks.push(Remark::new(Fate::Guessed, what, ""));
    }
    article
}

/// What the page shows outside the article.
fn left(html: &Html, root: ElementRef<'_>) -> Vec<Remark> {
    let inside: std::collections::BTreeSet<_> = root.descendants().map(|node| node.id()).collect();
    let mut lines: Vec<String> = Vec::new();
    for node in html.tree.root().descendants().filter(|node| !inside.contains(&node.id())) {
        let Some(text) = node.value().as_text() else { continue };
        let hidden =
            |name: &str| matches!(name, "script" | "style" | "noscript" | "template" | "title");
        let is_hidden = node
            .parent()
            .and_then(ElementRef::wrap)
            .is_some_and(|parent| hidden(parent.value().name()));
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && !is_hidden {
            lines.push(words);
        }
    }
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Remark::new(Fate::Left, "outside the article", lines.join(" | "))]
}
