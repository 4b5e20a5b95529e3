//! The whole volume: which pages follow each other, what they are numbered, what stands above them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::blocks::{Builder, Strips};
use super::compose::{Composer, Head, Side};
use super::page::{Bookmark, Folio, Item, Layout, Page, PagePlace};
use super::paginate::{Column, paginate};
use super::shape::Shapers;
use super::style::Design;
use super::{front, page};
use crate::book::{AnchorId, Block, Book, Chapter};
use crate::diag::Sink;
use crate::font::Fonts;
use crate::manifest::{Matter, Opening};
use crate::profile::Sheet;
use crate::script::Numerals;
use crate::units::{Length, Rect};

/// Sets a book in pages.
pub fn lay_out(book: &Book, fonts: &Fonts, sink: &mut Sink) -> Layout {
    let rules = book.metadata.rules;
    let design = Design::new(Sheet::new(book.trim), rules.indent);
    let shapers = Shapers::new(fonts, rules);
    let composer = Composer { shapers: &shapers, design: &design };
    let set = |draw: &dyn Fn(&mut Builder<'_>)| {
        let mut builder = Builder::new(book, &shapers, &design);
        draw(&mut builder);
        Sheaf::new(builder.finish(), &design)
    };
    let mut chapters: Vec<Sheaf<'_>> = book
        .chapters
        .par_iter()
        .map(|chapter| {
            let strips = Builder::new(book, &shapers, &design).chapter(chapter);
            Sheaf { head: &chapter.plain_title, ..Sheaf::new(strips, &design) }
        })
        .collect();
    for chapter in &mut chapters {
        sink.report_all(std::mem::take(&mut chapter.strips.galley.findings));
    }

    let mut volume = Volume::default();
    let title = set(&front::title_page);
    volume.add(&title, Opening::Recto, Matter::Front);
    volume.blank();
    let of = |matter: Matter| move |(chapter, _): &(&Chapter, &Sheaf<'_>)| chapter.matter == matter;
    for (_, sheaf) in book.chapters.iter().zip(&chapters).filter(of(Matter::Front)) {
        volume.add(sheaf, Opening::Recto, Matter::Front);
    }
    // The text begins its own count on a recto, so its folios do not wait for the contents.
    let parts: Vec<Option<Sheaf<'_>>> = book
        .chapters
        .iter()
        .map(|chapter| {
            let part = chapter.part.as_ref()?;
            Some(set(&|builder: &mut Builder<'_>| front::part_page(builder, part)))
        })
        .collect();
    let credits = (!book.credits.is_empty())
        .then(|| Sheaf { head: rules.labels.credits, ..set(&front::credits) });
    let mut text = Volume::default();
    for ((chapter, sheaf), part) in book.chapters.iter().zip(&chapters).zip(&parts) {
        if chapter.matter == Matter::Front {
            continue;
        }
        if let Some(part) = part {
            text.add(part, Opening::Recto, Matter::Body);
        }
        text.add(sheaf, book.opening, Matter::Body);
    }
    if let Some(credits) = &credits {
        text.add(credits, Opening::Any, Matter::Body);
    }
    let folios: BTreeMap<AnchorId, Folio> = volume.folios().chain(text.folios()).collect();
    let contents = Sheaf {
        head: rules.labels.contents,
        ..set(&|builder: &mut Builder<'_>| {
            front::contents(builder, &|anchor| folios.get(&anchor).copied());
        })
    };
    let contents_page = volume.add(&contents, Opening::Recto, Matter::Front);
    if volume.leaves.len() % 2 == 1 {
        volume.blank();
    }
    volume.append(text);

    let pages = volume
        .leaves
        .par_iter()
        .enumerate()
        .map(|(index, leaf)| leaf.compose(&composer, Side::of(index), &book.metadata.title))
        .collect();
    let places = volume.places(&design);
    let credits_page = credits.is_some().then(|| volume.leaves.len().saturating_sub(1));
    let outline = outline(book, &places, contents_page, credits_page);
    Layout { sheet: design.sheet, cover: cover(book, &design), pages, outline, places }
}

/// Pages that belong together: a chapter, the contents.
struct Sheaf<'a> {
    strips: Strips,
    columns: Vec<Column>,
    /// The words above its right-hand pages.
    head: &'a str,
}

impl Sheaf<'_> {
    fn new(strips: Strips, design: &Design) -> Self {
        let columns = paginate(&strips, design);
        Self { strips, columns, head: "" }
    }
}

/// One page of the volume before it is drawn.
struct Leaf<'a> {
    /// What stands on it; nothing on a blank page.
    column: Option<(&'a Sheaf<'a>, usize)>,
    folio: Folio,
}

impl Leaf<'_> {
    fn compose(&self, composer: &Composer<'_>, side: Side, book_title: &str) -> Page {
        let Some((sheaf, index)) = self.column else {
            return Page { folio: Some(self.folio), ..Page::default() };
        };
        let head = match side {
            _ if index == 0 => Head::Blank,
            Side::Recto => Head::Running(sheaf.head),
            Side::Verso => Head::Running(book_title),
        };
        composer.page(&sheaf.strips.galley, &sheaf.columns[index], side, self.folio, head)
    }
}

/// Pages in their order.
#[derive(Default)]
struct Volume<'a> {
    leaves: Vec<Leaf<'a>>,
}

impl<'a> Volume<'a> {
    /// Adds a sheaf; gives the place of its first page.
    fn add(&mut self, sheaf: &'a Sheaf<'a>, opening: Opening, matter: Matter) -> usize {
        if opening == Opening::Recto && Side::of(self.leaves.len()) == Side::Verso {
            self.push(None, matter);
        }
        let first = self.leaves.len();
        for index in 0..sheaf.columns.len() {
            self.push(Some((sheaf, index)), matter);
        }
        first
    }

    /// Adds a blank page of the front matter.
    fn blank(&mut self) {
        self.push(None, Matter::Front);
    }

    fn push(&mut self, column: Option<(&'a Sheaf<'a>, usize)>, matter: Matter) {
        let numerals = match matter {
            Matter::Front => Numerals::Roman,
            Matter::Body | Matter::Back => Numerals::Arabic,
        };
        let folio = Folio { numerals, number: self.leaves.len() + 1 };
        self.leaves.push(Leaf { column, folio });
    }

    /// Puts the pages of another volume, with their own folios, after these.
    fn append(&mut self, mut other: Self) {
        self.leaves.append(&mut other.leaves);
    }

    /// The folio of every anchor.
    fn folios(&self) -> impl Iterator<Item = (AnchorId, Folio)> {
        self.leaves.iter().flat_map(|leaf| {
            let anchors =
                leaf.column.map_or(&[][..], |(sheaf, index)| &sheaf.columns[index].anchors);
            anchors.iter().map(|&(anchor, _)| (anchor, leaf.folio))
        })
    }

    /// The page and height of every anchor.
    fn places(&self, design: &Design) -> BTreeMap<AnchorId, PagePlace> {
        let head = design.sheet.margins.head;
        let leaves = self.leaves.iter().enumerate();
        leaves
            .flat_map(|(page, leaf)| {
                let anchors =
                    leaf.column.map_or(&[][..], |(sheaf, index)| &sheaf.columns[index].anchors);
                anchors.iter().map(move |&(anchor, y)| (anchor, PagePlace { page, y: y + head }))
            })
            .collect()
    }
}

/// The cover: its picture over the whole page.
fn cover(book: &Book, design: &Design) -> Page {
    let trim = design.sheet.trim;
    let rect = Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height);
    let alt = book.metadata.title.clone();
    Page {
        items: vec![Item::Picture { picture: book.cover.picture, rect, alt }],
        ..Page::default()
    }
}

/// Bookmarks: contents, parts, chapters, sections, credits.
fn outline(
    book: &Book,
    places: &BTreeMap<AnchorId, PagePlace>,
    contents: usize,
    credits: Option<usize>,
) -> Vec<Bookmark> {
    let labels = &book.metadata.rules.labels;
    let top = |page| PagePlace { page, y: Length::ZERO };
    let bookmark = |level, title: &str, place| page::Bookmark { level, title: title.into(), place };
    let mut outline = Vec::new();
    let mut listed = false;
    let mut level = 1;
    for chapter in &book.chapters {
        if !listed && chapter.matter != Matter::Front {
            outline.push(bookmark(1, labels.contents, top(contents)));
            listed = true;
        }
        if chapter.matter == Matter::Back {
            level = 1;
        }
        if let Some(part) = &chapter.part {
            let title = numbered(part.number.as_deref(), &part.title);
            outline.extend(places.get(&part.anchor).map(|&place| bookmark(1, &title, place)));
            level = 2;
        }
        let title = numbered(chapter.number.as_deref(), &chapter.plain_title);
        outline.extend(places.get(&chapter.anchor).map(|&place| bookmark(level, &title, place)));
        for block in &chapter.blocks {
            let Block::Heading(heading) = block else { continue };
            let title = format!("{}{}", heading.number.as_deref().unwrap_or(""), heading.plain);
            let level = level + heading.level - 1;
            outline
                .extend(places.get(&heading.anchor).map(|&place| bookmark(level, &title, place)));
        }
    }
    if let Some(page) = credits {
        outline.push(bookmark(1, labels.credits, top(page)));
    }
    outline
}

/// A number, one em and a title.
fn numbered(number: Option<&str>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |number| format!("{number}\u{3000}{title}"))
}
