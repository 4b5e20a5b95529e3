//! The pages that a booklet has, in the order in which they are read.

use crate::book::Book;
use crate::diag::{Code, Diagnostic, List, Message, Outcome, Sink, Stopped, nearest};
use crate::layout::Layout;
use crate::manifest::{BookletKind, CoverPages, Part, stem};
use crate::message;

use super::Leaf;

/// Places for pages in the order in which they are read; none for a blank page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// From the first on.
    pub pages: Vec<Option<Leaf>>,
    /// The last ones; blank pages that fill up the last sheet stand before them.
    pub last: Vec<Option<Leaf>>,
}

/// The pages that the book's booklet has. Covers belong to a whole book alone.
///
/// # Errors
/// There are none; the finding says why.
pub fn run(book: &Book, layout: &Layout, sink: &mut Sink) -> Outcome<Run> {
    let choice = &book.booklet;
    let covers = choice.cover == CoverPages::With && choice.part == Part::Whole;
    let chosen = match &choice.part {
        Part::Whole => Ok((0..layout.pages.len()).collect()),
        Part::Pages(ranges) => numbered(ranges, layout),
        Part::Chapters(files) => chapters(files, book, layout),
    };
    let none = || (Message::from("a booklet of no pages was asked for"), None);
    let chosen = chosen.and_then(|pages| if pages.is_empty() { Err(none()) } else { Ok(pages) });
    let pages: Vec<usize> = chosen.map_err(|(what, hint)| {
        let finding = Diagnostic::new(Code::NoPages, choice.part_at.clone(), what);
        sink.report(hint.into_iter().fold(finding, Diagnostic::hint));
        Stopped
    })?;
    Ok(match choice.kind {
        BookletKind::Saddle | BookletKind::Gathered => bound(&pages, covers, layout),
        BookletKind::HandoutTwo | BookletKind::HandoutFour => loose(&pages, covers, layout),
    })
}

/// Pages to be bound. A page stays on its side of an opening: where the one before is missing, a blank
/// one stands for it. The insides of covers are blank.
fn bound(pages: &[usize], covers: bool, layout: &Layout) -> Run {
    let mut run = Run::default();
    if covers {
        run.pages.extend([Some(Leaf::Cover), None]);
        run.last.extend([None, layout.back.as_ref().map(|_| Leaf::Back)]);
    }
    for &page in pages {
        if run.pages.len() % 2 != page % 2 {
            run.pages.push(None);
        }
        run.pages.push(Some(Leaf::Page(page)));
    }
    run
}

/// Pages to be handed out, none of them blank.
fn loose(pages: &[usize], covers: bool, layout: &Layout) -> Run {
    let shows = |leaf: &Leaf| leaf.page(layout).is_some_and(|page| !page.items.is_empty());
    let pages = pages.iter().map(|&page| Leaf::Page(page));
    let (first, last) = if covers { (Some(Leaf::Cover), Some(Leaf::Back)) } else { (None, None) };
    let all = first.into_iter().chain(pages).chain(last);
    Run { pages: all.filter(shows).map(Some).collect(), last: Vec::new() }
}

/// Why there are no such pages, and what would be right.
type Missing = (Message, Option<Message>);

/// The pages by the numbers printed on them.
fn numbered(ranges: &[(String, String)], layout: &Layout) -> Result<Vec<usize>, Missing> {
    let find = |number: &str| {
        let printed = |page: &crate::layout::Page| {
            page.folio.is_some_and(|folio| folio.printed().eq_ignore_ascii_case(number))
        };
        layout.pages.iter().position(printed).ok_or_else(|| {
            (message!("no page has the number `{number}`", number), Some(numbers(layout)))
        })
    };
    let mut found = Vec::new();
    for (from, to) in ranges {
        let (first, last) = (find(from)?, find(to)?);
        if first > last {
            let message = message!("page {from} comes after page {to}", from, to);
            return Err((message, Some(message!("write `{to}-{from}`", to, from))));
        }
        found.extend(first..=last);
    }
    // Ranges that meet are one; no page stands in a booklet twice.
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The first and the last number in each kind of numerals.
fn numbers(layout: &Layout) -> Message {
    let folios: Vec<_> = layout.pages.iter().filter_map(|page| page.folio).collect();
    let rows: List = folios
        .chunk_by(|one, next| one.numerals == next.numerals)
        .filter_map(|row| Some((row.first()?.printed(), row.last()?.printed())))
        .map(|(first, last)| format!("{first}-{last}"))
        .collect();
    message!("the pages are numbered {rows}", rows)
}

/// The pages of chapters, without blank ones at their ends.
fn chapters(files: &[String], book: &Book, layout: &Layout) -> Result<Vec<usize>, Missing> {
    let mut found = Vec::new();
    for file in files {
        let stem = stem(file);
        let chapter = book.chapters.iter().position(|chapter| chapter.stem == stem);
        let chapter = chapter.ok_or_else(|| {
            let near = nearest(stem, book.chapters.iter().map(|chapter| chapter.stem.as_str()));
            let hint = near.map(|near| message!("did you mean `{near}.md`?", near));
            let usual = || Message::from("name a file of the `contents` of `book.toml`");
            let message = message!("the book has no chapter `{file}`", file);
            (message, Some(hint.unwrap_or_else(usual)))
        })?;
        found.extend(pages_of(chapter, layout));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// From a chapter's first page to the last before what comes after it.
fn pages_of(chapter: usize, layout: &Layout) -> Vec<usize> {
    let mut inside = false;
    let mut pages = Vec::new();
    for (index, start) in layout.starts.iter().enumerate() {
        inside = start.map_or(inside, |start| start.chapter() == Some(chapter));
        if inside {
            pages.push(index);
        }
    }
    let blank = |page: &usize| layout.pages.get(*page).is_none_or(|page| page.items.is_empty());
    while pages.last().is_some_and(blank) {
        pages.pop();
    }
    pages
}
