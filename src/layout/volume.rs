//! The whole volume: which pages follow each other, what they are numbered, what stands above them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::axis::Spot;
use super::blocks::{Builder, Strips, Workshop};
use super::compose::{Composer, Head, Side};
use super::folios::Folios;
use super::page::{Bookmark, Folio, Item, Layout, Page, PagePlace};
use super::paginate::{Column, paginate};
use super::shape::Shapers;
use super::starts::{Division, PageStart};
use super::structure::{ElementId, Role, Tag, Tree, Within};
use super::style::Design;
use super::{front, imprint, page, records};
use crate::book::{AnchorId, Book, Chapter, Extent, Heading, PictureId};
use crate::diag::{Code, Diagnostic, Progress, Sink};
use crate::font::Fonts;
use crate::manifest::{Matter, Opening};
use crate::message;
use crate::profile::Sheet;
use crate::script::{Numerals, Placement};
use crate::units::{Length, Rect};

/// Sets a book in pages.
pub fn lay_out(book: &Book, fonts: &Fonts, sink: &mut Sink) -> Layout {
    let rules = book.metadata.rules;
    let design = Design::new(Sheet::new(book.trim), rules);
    let shapers = Shapers::new(fonts, rules).choosing(book.typesetting);
    let rounds: [OnceLock<Folios>; MOST_ROUNDS] = Default::default();
    let folios = rounds[0].get_or_init(|| Folios::new(rules, BTreeMap::new()));
    let workshop = Workshop { book, shapers: &shapers, design: &design, folios };
    let progress = Arc::clone(&sink.progress);

    let page =
        |division, draw: &dyn Fn(&mut Builder<'_>)| workshop.set(division, "", Role::Section, draw);
    let copyright = |extent: Option<Extent>| {
        let page =
            |page| move |builder: &mut Builder<'_>| imprint::copyright(builder, page, extent);
        let set = |it| workshop.set(Division::Copyright, "", Role::Section, &page(it));
        book.copyright.as_ref().map(set)
    };
    // What it says of the pages has room in it already.
    let draft = copyright(Some(Extent::default()));
    let half_title = book.half_title.then(|| page(Division::HalfTitle, &imprint::half_title));
    let title = page(Division::Title, &front::title_page);
    let dedicated = !book.dedication.is_empty();
    let dedication = dedicated.then(|| page(Division::Dedication, &imprint::dedication));
    let words = rules.labels.credits;
    let credits = workshop.set(Division::Credits, words, Role::Section, &records::credits);
    let words = rules.labels.pictures.title;
    let origins = workshop.set(Division::Origins, words, Role::Section, &imprint::origins);
    let parts = workshop.parts();
    let (on_verso, at_end) = match rules.labels.imprint.placement {
        Placement::Verso => (draft.as_ref(), None),
        Placement::End => (None, draft.as_ref()),
    };
    let mut chapters = workshop.chapters(&progress);
    let counted: usize = chapters.iter().map(|chapter| chapter.columns.len()).sum();
    let around = Around {
        before: [
            (half_title.as_ref(), Opening::Recto),
            (Some(&title), Opening::Recto),
            (on_verso, Opening::Any),
            (dedication.as_ref(), Opening::Recto),
        ],
        parts: &parts,
        after: [Some(&credits), Some(&origins), at_end],
    };
    let folios = workshop.settle(&mut chapters, around, &rounds, sink);
    for chapter in &mut chapters {
        sink.report_all(std::mem::take(&mut chapter.strips.galley.findings));
    }

    let mut volume = Volume::front(book, &chapters, around);
    // The text begins its own count on a recto and the contents end the front matter: no folio that
    // they list depends on how many pages they fill.
    let text = Volume::text(book, &chapters, around);
    let words = rules.labels.contents;
    let contents = workshop.set(Division::Contents, words, Role::Section, &|builder| {
        front::contents(builder, &|anchor| folios.get(&anchor).copied());
    });
    let listings: Vec<Sheaf<'_>> = book
        .listings
        .iter()
        .map(|&listing| {
            let (division, words) = (Division::Listing(listing), book.listing_title(listing));
            workshop.set(division, words, Role::Section, &|builder| {
                front::listing(builder, listing, &|anchor| folios.get(&anchor).copied());
            })
        })
        .collect();
    let contents_page = volume.add(&contents, Opening::Recto, Matter::Front, Within::Book);
    let mut ways = vec![(rules.labels.contents, contents_page)];
    for sheaf in &listings {
        ways.push((sheaf.head, volume.add(sheaf, Opening::Any, Matter::Front, Within::Book)));
    }
    volume.append(text);
    let extent = volume.extent(book, &design.sheet);
    let printed = copyright(Some(extent));
    if let (Some(draft), Some(printed)) = (&draft, &printed) {
        volume.replace(draft, printed);
    }

    let composer = Composer { shapers: &shapers, design: &design };
    let places = volume.places(&composer);
    let last = [
        (rules.labels.credits, volume.first(&credits)),
        (rules.labels.pictures.title, volume.first(&origins)),
    ];
    let outline = outline(book, &places, &ways, last);
    let mut tree = volume.structure(book);
    let back = book.cover.back.map(|picture| {
        let alt = rules.labels.back_cover.to_owned();
        cover(picture, alt.clone(), tree.back(alt), &design)
    });
    let structure = tree.finish();
    let starts = volume.starts();
    let pages = volume.pages(&composer, book);
    // Those that are no chapter's.
    progress.count_pages(pages.len().saturating_sub(counted));
    let title = book.metadata.title.clone();
    let (sheet, cover) = (design.sheet, cover(book.cover.picture, title, Tree::COVER, &design));
    Layout { sheet, cover, pages, back, extent, outline, places, starts, structure, spine: None }
}

/// How often the pages are set before those that the text tells must stand.
const MOST_ROUNDS: usize = 5;

/// What stands before, between and after the chapters.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// Half title, title page, copyright page and dedication, and where each opens.
    before: [(Option<&'a Sheaf<'a>>, Opening); 4],
    /// For every chapter, the page of the part that begins with it.
    parts: &'a [Option<Sheaf<'a>>],
    /// Credits, picture credits, and a copyright page at the end.
    after: [Option<&'a Sheaf<'a>>; 3],
}

impl<'a> Workshop<'a> {
    /// Sets the chapters that tell pages again until these are right; gives the pages of all anchors.
    /// A number that moves what it tells may never be.
    fn settle(
        self,
        chapters: &mut [Sheaf<'a>],
        around: Around<'_>,
        rounds: &'a [OnceLock<Folios>],
        sink: &mut Sink,
    ) -> BTreeMap<AnchorId, Folio> {
        let rules = self.book.metadata.rules;
        let mut rounds = rounds[1..].iter();
        loop {
            let known = folios(self.book, chapters, around);
            let now = Folios::new(rules, known.clone());
            let moved: Vec<&mut Sheaf<'a>> = chapters
                .iter_mut()
                .zip(&self.book.chapters)
                .filter(|(sheaf, chapter)| sheaf.moved(chapter, &now).is_some())
                .map(|(sheaf, _)| sheaf)
                .collect();
            if moved.is_empty() {
                return known;
            }
            let Some(round) = rounds.next() else {
                let unsettled = chapters.iter().zip(&self.book.chapters);
                let findings = unsettled.filter_map(|(sheaf, chapter)| sheaf.moved(chapter, &now));
                sink.report_all(findings);
                return known;
            };
            let workshop = Self { folios: round.get_or_init(|| now), ..self };
            moved.into_par_iter().for_each(|sheaf| workshop.set_again(sheaf));
        }
    }

    /// The pages of a division that `draw` makes, an element of `role`, with words above them.
    fn set(
        self,
        division: Division,
        head: &'a str,
        role: Role,
        draw: &dyn Fn(&mut Builder<'a>),
    ) -> Sheaf<'a> {
        let mut builder = Builder::new(self, role);
        draw(&mut builder);
        Sheaf::new(builder.finish(), self, division, head)
    }

    /// The chapters, set in parallel.
    fn chapters(self, progress: &Progress) -> Vec<Sheaf<'a>> {
        let chapters = self.book.chapters.par_iter().enumerate();
        let set = |(index, chapter)| {
            let sheaf = self.chapter(index, chapter);
            progress.count_pages(sheaf.columns.len());
            sheaf
        };
        chapters.map(set).collect()
    }

    fn chapter(self, index: usize, chapter: &'a Chapter) -> Sheaf<'a> {
        let strips = Builder::new(self, Role::Section).chapter(chapter);
        let division = Division::Chapter(index);
        let mut sheaf = Sheaf::new(strips, self, division, &chapter.plain_title);
        sheaf.sections = sections(chapter, &sheaf.columns, self.design.sheet.leading);
        sheaf
    }

    /// Sets the pages of a chapter anew.
    fn set_again(self, sheaf: &mut Sheaf<'a>) {
        if let Some(index) = sheaf.division.chapter() {
            *sheaf = self.chapter(index, &self.book.chapters[index]);
        }
    }

    /// For every chapter, the page of the part that begins with it.
    fn parts(self) -> Vec<Option<Sheaf<'a>>> {
        let set = |(index, chapter): (usize, &'a Chapter)| {
            let part = chapter.part.as_ref()?;
            let draw = |builder: &mut Builder<'a>| front::part_page(builder, part);
            Some(self.set(Division::Part(index), "", Role::Part, &draw))
        };
        self.book.chapters.iter().enumerate().map(set).collect()
    }
}

/// Pages that belong together: a chapter, the contents.
struct Sheaf<'a> {
    strips: Strips<'a>,
    columns: Vec<Column>,
    /// What of the book they are.
    division: Division,
    /// The pages that it was set with.
    folios: &'a Folios,
    /// The words above its right-hand pages.
    head: &'a str,
    /// The section that each column begins in.
    sections: Vec<Option<String>>,
}

impl<'a> Sheaf<'a> {
    fn new(
        mut strips: Strips<'a>,
        workshop: Workshop<'a>,
        division: Division,
        head: &'a str,
    ) -> Self {
        let columns = paginate(&mut strips, workshop.shapers, workshop.design);
        let folios = workshop.folios;
        Self { strips, columns, division, folios, head, sections: Vec::new() }
    }

    /// What is wrong with the pages that a chapter tells, where they are not those of `now`.
    fn moved(&self, chapter: &Chapter, now: &Folios) -> Option<Diagnostic> {
        let told = chapter.pages_told.iter();
        let mut wrong = told.filter(|(anchor, _)| self.folios.of(*anchor) != now.of(*anchor));
        let &(anchor, span) = wrong.next()?;
        let [said, is] = [self.folios, now].map(|folios| folios.of(anchor).printed());
        let message = message!("page {said} is told here, and it came to be page {is}", said, is);
        let hint = "the number moves what it tells: reword the sentence around it";
        Some(Diagnostic::new(Code::Unsettled, span, message).hint(hint))
    }
}

/// The page of every anchor.
fn folios(book: &Book, chapters: &[Sheaf<'_>], around: Around<'_>) -> BTreeMap<AnchorId, Folio> {
    let front = Volume::front(book, chapters, around);
    let text = Volume::text(book, chapters, around);
    front.folios().chain(text.folios()).collect()
}

/// For each column of a chapter, the section that its first line belongs to (R54).
fn sections(chapter: &Chapter, columns: &[Column], leading: Length) -> Vec<Option<String>> {
    let headings = chapter.headings().filter(|heading| heading.level == 2);
    let headings: BTreeMap<AnchorId, &Heading> =
        headings.map(|heading| (heading.anchor, heading)).collect();
    let mut current: Option<&Heading> = None;
    let section = |column: &Column| {
        let mut first = current;
        for (anchor, block) in &column.anchors {
            let Some(heading) = headings.get(anchor) else { continue };
            current = Some(heading);
            if *block < leading {
                first = current;
            }
        }
        first.map(Heading::full_title)
    };
    columns.iter().map(section).collect()
}

/// One page of the volume before it is drawn.
struct Leaf<'a> {
    /// What stands on it; nothing on a blank page.
    column: Option<(&'a Sheaf<'a>, usize)>,
    folio: Folio,
    /// What its sheaf is part of.
    within: Within,
    /// The number of the first element of its sheaf.
    first: u32,
}

impl Leaf<'_> {
    /// Where in the book it begins.
    fn start(&self) -> Option<PageStart> {
        let (sheaf, index) = self.column?;
        if index == 0 {
            return Some(PageStart::Opening(sheaf.division));
        }
        let chapter = sheaf.division.chapter()?;
        Some(PageStart::Inside { chapter, at: sheaf.columns[index].begins? })
    }

    fn compose(&self, composer: &Composer<'_>, side: Side, book_title: &str) -> Page {
        let Some((sheaf, index)) = self.column else {
            return Page { folio: Some(self.folio), ..Page::default() };
        };
        let head = match side {
            _ if index == 0 => Head::Blank,
            Side::Recto => {
                let section = sheaf.sections.get(index).and_then(Option::as_deref);
                Head::Running { words: sheaf.head, section }
            }
            Side::Verso => Head::Running { words: book_title, section: None },
        };
        let (galley, column) = (&sheaf.strips.galley, &sheaf.columns[index]);
        composer.page(galley, column, side, self.folio, head, self.first)
    }
}

/// Pages in their order.
#[derive(Default)]
struct Volume<'a> {
    leaves: Vec<Leaf<'a>>,
}

impl<'a> Volume<'a> {
    /// Half title with a blank back, title page with the copyright page on its back, dedication, and
    /// the chapters before the contents.
    fn front(book: &Book, chapters: &'a [Sheaf<'a>], around: Around<'a>) -> Self {
        let mut volume = Self::default();
        for (sheaf, opening) in around.before {
            if let Some(sheaf) = sheaf {
                volume.add(sheaf, opening, Matter::Front, Within::Book);
            }
        }
        for (chapter, sheaf) in book.chapters.iter().zip(chapters) {
            if chapter.matter == Matter::Front {
                volume.add(sheaf, Opening::Recto, Matter::Front, Within::Book);
            }
        }
        volume
    }

    /// Parts, chapters, what follows them, and what the book says of itself at its end.
    fn text(book: &Book, chapters: &'a [Sheaf<'a>], around: Around<'a>) -> Self {
        let mut volume = Self::default();
        let mut within = Within::Book;
        for ((chapter, sheaf), part) in book.chapters.iter().zip(chapters).zip(around.parts) {
            if chapter.matter == Matter::Front {
                continue;
            }
            if matches!(chapter.matter, Matter::Appendix | Matter::Back) {
                within = Within::Book;
            }
            let mut opening = book.opening;
            if let Some(part) = part {
                volume.add(part, Opening::Recto, Matter::Body, Within::Book);
                within = Within::Part;
                // The back of a part's title stays blank.
                opening = Opening::Recto;
            }
            volume.add(sheaf, opening, Matter::Body, within);
        }
        for sheaf in around.after.into_iter().flatten() {
            volume.add(sheaf, Opening::Any, Matter::Back, Within::Book);
        }
        volume
    }

    /// Adds a sheaf; gives the place of its first page.
    fn add(
        &mut self,
        sheaf: &'a Sheaf<'a>,
        opening: Opening,
        matter: Matter,
        within: Within,
    ) -> usize {
        if opening == Opening::Recto && Side::of(self.leaves.len()) == Side::Verso {
            self.push(None, matter, within);
        }
        let first = self.leaves.len();
        for index in 0..sheaf.columns.len() {
            self.push(Some((sheaf, index)), matter, within);
        }
        first
    }

    fn push(&mut self, column: Option<(&'a Sheaf<'a>, usize)>, matter: Matter, within: Within) {
        let numerals = match matter {
            Matter::Front => Numerals::Roman,
            Matter::Body | Matter::Appendix | Matter::Back => Numerals::Arabic,
        };
        let folio = Folio { numerals, number: self.leaves.len() + 1 };
        self.leaves.push(Leaf { column, folio, within, first: 0 });
    }

    /// Puts the pages of another volume, with their own folios, on the next recto.
    fn append(&mut self, mut other: Self) {
        if Side::of(self.leaves.len()) == Side::Verso {
            self.push(None, Matter::Front, Within::Book);
        }
        self.leaves.append(&mut other.leaves);
    }

    /// Puts one sheaf in the place of another that has as many pages; one that has not stays out.
    fn replace(&mut self, draft: &Sheaf<'_>, printed: &'a Sheaf<'a>) {
        if draft.columns.len() != printed.columns.len() {
            return;
        }
        for (sheaf, _) in self.leaves.iter_mut().filter_map(|leaf| leaf.column.as_mut()) {
            if std::ptr::eq(*sheaf, draft) {
                *sheaf = printed;
            }
        }
    }

    /// How many pages the book has, with the blank ones that its printer adds, and how many
    /// characters those of text have room for (版面字数): full lines on full pages, whatever stands
    /// there.
    fn extent(&self, book: &Book, sheet: &Sheet) -> Extent {
        let text = self.leaves.iter().filter_map(|leaf| leaf.column);
        let text = text.filter(|(sheaf, _)| sheaf.division.is_text()).count();
        Extent {
            pages: book.printer.value.pages.filled(self.leaves.len()),
            characters: text * usize::from(sheet.measure) * usize::from(sheet.lines),
        }
    }

    /// The first page of a sheaf; none where it has no page.
    fn first(&self, sheaf: &Sheaf<'_>) -> Option<usize> {
        self.leaves
            .iter()
            .position(|leaf| leaf.column.is_some_and(|(of, _)| std::ptr::eq(of, sheaf)))
    }

    /// Puts the elements of all sheaves together, and tells each leaf where those of its own begin.
    fn structure(&mut self, book: &Book) -> Tree {
        let mut tree = Tree::new(book.metadata.title.clone());
        let mut first = 0;
        for leaf in &mut self.leaves {
            let Some((sheaf, index)) = leaf.column else { continue };
            if index == 0 {
                first = tree.add(&sheaf.strips.galley.elements, leaf.within);
            }
            leaf.first = first;
        }
        tree
    }

    /// Where in the book every page begins.
    fn starts(&self) -> Vec<Option<PageStart>> {
        self.leaves.iter().map(Leaf::start).collect()
    }

    /// Draws every page.
    fn pages(&self, composer: &Composer<'_>, book: &Book) -> Vec<Page> {
        let leaves = self.leaves.par_iter().enumerate();
        leaves
            .map(|(index, leaf)| leaf.compose(composer, Side::of(index), &book.metadata.title))
            .collect()
    }

    /// The folio of every anchor, the last page first: what is drawn again stands where it is first.
    fn folios(&self) -> impl Iterator<Item = (AnchorId, Folio)> {
        self.leaves.iter().rev().flat_map(|leaf| {
            let anchors =
                leaf.column.map_or(&[][..], |(sheaf, index)| &sheaf.columns[index].anchors);
            anchors.iter().map(|&(anchor, _)| (anchor, leaf.folio))
        })
    }

    /// The page and height of every anchor, where it stands first.
    fn places(&self, composer: &Composer<'_>) -> BTreeMap<AnchorId, PagePlace> {
        let leaves = self.leaves.iter().enumerate().rev();
        leaves
            .flat_map(|(page, leaf)| {
                let anchors =
                    leaf.column.map_or(&[][..], |(sheaf, index)| &sheaf.columns[index].anchors);
                anchors.iter().map(move |&(anchor, block)| {
                    let spot = Spot { inline: Length::ZERO, block };
                    (anchor, PagePlace { page, y: composer.point(Side::of(page), spot).y })
                })
            })
            .collect()
    }
}

/// A cover: its picture over the whole page.
fn cover(picture: PictureId, alt: String, element: ElementId, design: &Design) -> Page {
    let trim = design.sheet.trim;
    let rect = Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height);
    Page {
        items: vec![Item::Tag(Tag::Element(element)), Item::Picture { picture, rect, alt }],
        ..Page::default()
    }
}

/// Bookmarks: contents and lists, parts, chapters, sections, and those of the last pages that the
/// book has.
fn outline(
    book: &Book,
    places: &BTreeMap<AnchorId, PagePlace>,
    ways: &[(&str, usize)],
    last: [(&str, Option<usize>); 2],
) -> Vec<Bookmark> {
    let top = |page| PagePlace { page, y: Length::ZERO };
    let bookmark = |level, title: &str, place| page::Bookmark { level, title: title.into(), place };
    let mut outline = Vec::new();
    let mut listed = false;
    let mut level = 1;
    for chapter in &book.chapters {
        if !listed && chapter.matter != Matter::Front {
            outline.extend(ways.iter().map(|&(title, page)| bookmark(1, title, top(page))));
            listed = true;
        }
        if matches!(chapter.matter, Matter::Appendix | Matter::Back) {
            level = 1;
        }
        if let Some(part) = &chapter.part {
            let title = part.full_title();
            outline.extend(places.get(&part.anchor).map(|&place| bookmark(1, &title, place)));
            level = 2;
        }
        let title = chapter.full_title();
        outline.extend(places.get(&chapter.anchor).map(|&place| bookmark(level, &title, place)));
        for heading in chapter.headings() {
            let title = heading.full_title();
            let level = level + heading.level - 1;
            outline
                .extend(places.get(&heading.anchor).map(|&place| bookmark(level, &title, place)));
        }
    }
    let last = last.into_iter().filter_map(|(title, page)| Some((title, page?)));
    outline.extend(last.map(|(title, page)| bookmark(1, title, top(page))));
    outline
}
