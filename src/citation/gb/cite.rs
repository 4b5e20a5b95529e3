//! Citations in the text, and the list they lead to (2015, 9 and 10; 2025, 9).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::words::{marks, words};
use super::{Wanted, brief, entry, lead, names};
use crate::citation::work::{Language, Work};
use crate::citation::{
    Author, Citation, Entry, Face, Item, Library, Locator, Piece, Run, Set, Stands, WorkId,
};
use crate::manifest::{CitationForm, GbEdition, GbStyle, MarkWidth};
use crate::script::{Collation, Numerals, Order};

/// Sets citations and the list of what they cite and of `more`.
pub fn set(library: &Library, style: GbStyle, citations: &[Citation], more: &[WorkId]) -> Set {
    let mut listed: Vec<WorkId> = Vec::new();
    let mut seen = BTreeSet::new();
    let cited = citations.iter().flat_map(|citation| &citation.items).map(|item| item.work);
    listed.extend(cited.chain(more.iter().copied()).filter(|&work| seen.insert(work)));
    match style.form {
        CitationForm::Numeric => numeric(library, style, citations, &listed),
        CitationForm::AuthorDate => author_date(library, style, citations, listed),
        CitationForm::Notes => notes(library, style, citations, listed),
    }
}

/// 顺序编码制 (2015, 9.1, 10.1; 2025, 9.2).
fn numeric(library: &Library, style: GbStyle, citations: &[Citation], listed: &[WorkId]) -> Set {
    let numbers: BTreeMap<WorkId, usize> =
        listed.iter().enumerate().map(|(index, &work)| (work, index + 1)).collect();
    let entries = listed.iter().map(|&work| Entry {
        work,
        label: format!("[{}]", numbers[&work]),
        runs: entry(library.work(work), Wanted { style, year: None, page: None }),
    });
    Set {
        citations: citations.iter().map(|citation| by_number(citation, &numbers)).collect(),
        entries: entries.collect(),
    }
}

/// Numbers in brackets above the line; neighbours as a range, pages behind the bracket (10.1.2,
/// 10.1.3; 9.2.1.2, 9.2.1.3).
fn by_number(citation: &Citation, numbers: &BTreeMap<WorkId, usize>) -> Vec<Piece> {
    let above = |text: String| Run { face: Face::Superscript, ..Run::plain(text) };
    let mut pieces = Vec::new();
    let mut rest = citation.items.as_slice();
    while let Some(first) = rest.first() {
        if !first.prefix.is_empty() {
            pieces.push(Piece { work: None, runs: vec![Run::plain(first.prefix.clone())] });
        }
        if let Some(place) = first.locator.as_str() {
            let text = format!("[{}]{place}", numbers[&first.work]);
            pieces.push(Piece { work: Some(first.work), runs: vec![above(text)] });
            rest = &rest[1..];
            continue;
        }
        let is_alone = |item: &Item| item.locator != Locator::None || !item.prefix.is_empty();
        let end = rest.iter().skip(1).position(is_alone).map_or(rest.len(), |at| at + 1);
        let (group, after) = rest.split_at(end);
        for (index, (work, text)) in ranges(group, numbers).into_iter().enumerate() {
            let open = if index == 0 { "[" } else { "" };
            pieces.push(Piece { work: Some(work), runs: vec![above(format!("{open}{text}"))] });
        }
        if let Some(run) = pieces.last_mut().and_then(|piece| piece.runs.last_mut()) {
            run.text.push(']');
        }
        rest = after;
    }
    pieces
}

/// Numbers with what stands before them: `1`, `-3`, `,5`.
fn ranges(items: &[Item], numbers: &BTreeMap<WorkId, usize>) -> Vec<(WorkId, String)> {
    let mut ranges: Vec<(WorkId, String)> = Vec::new();
    let mut index = 0;
    while let Some(first) = items.get(index) {
        let number = numbers[&first.work];
        let run = items[index..].iter().enumerate();
        let run = run.take_while(|(by, item)| numbers[&item.work] == number + by).count();
        let comma = if ranges.is_empty() { "" } else { "," };
        ranges.push((first.work, format!("{comma}{number}")));
        if run > 1 {
            let last = items[index + run - 1].work;
            ranges.push((last, format!("-{}", numbers[&last])));
        }
        index += run.max(1);
    }
    ranges
}

/// 著者-出版年制 (2015, 9.2, 10.2; 2025, 9.3).
fn author_date(
    library: &Library,
    style: GbStyle,
    citations: &[Citation],
    mut listed: Vec<WorkId>,
) -> Set {
    sort(library, &mut listed);
    let years = years(library, &listed);
    let entries = listed.iter().map(|&work| {
        let year = years.get(&work).map(String::as_str);
        let runs = entry(library.work(work), Wanted { style, year, page: None });
        Entry { work, label: String::new(), runs }
    });
    Set {
        citations: citations
            .iter()
            .map(|citation| by_author(library, style, citation, &years))
            .collect(),
        entries: entries.collect(),
    }
}

/// Author and year in brackets, the page above the line behind them (10.2.1 to 10.2.4; 9.3.1).
fn by_author(
    library: &Library,
    style: GbStyle,
    citation: &Citation,
    years: &BTreeMap<WorkId, String>,
) -> Vec<Piece> {
    let Some(first) = citation.items.first() else { return Vec::new() };
    let mut pieces: Vec<Piece> = Vec::new();
    let last = citation.items.len() - 1;
    let mut above = Vec::new();
    // Between and around the works marks are of one width, that of the first.
    let around = marks(style.width, &library.work(first.work).language);
    let [open, close] = around.brackets;
    for (index, item) in citation.items.iter().enumerate() {
        let work = library.work(item.work);
        let marks = marks(style.width, &work.language);
        let mut text = if index == 0 { open.to_owned() } else { around.semicolon.to_owned() };
        if !item.prefix.is_empty() {
            let before = std::mem::take(&mut text) + &item.prefix;
            pieces.push(Piece { work: None, runs: vec![Run::plain(before)] });
        }
        if item.author == Author::Shown {
            text += &author(work);
            text += marks.comma;
        }
        text += &years[&item.work];
        let page = item.locator.as_str();
        if let (Some(page), true) = (page, last > 0) {
            // Among others a page stands with its work, for it could be anyone's behind the bracket.
            text += marks.colon;
            text += page;
        } else {
            above.extend(
                page.map(|page| Run { face: Face::Superscript, ..Run::plain(page.to_owned()) }),
            );
        }
        if index == last {
            text += close;
        }
        pieces.push(Piece { work: Some(item.work), runs: vec![Run::plain(text)] });
    }
    if let Some(piece) = pieces.last_mut() {
        piece.runs.extend(above);
    }
    pieces
}

/// The author as the text says it.
fn author(work: &Work) -> String {
    let words = words(&work.language);
    names::cited(lead(work), &words).unwrap_or_else(|| words.anonymous.to_owned())
}

/// The years; works of one author and year have letters behind them, in the order of the list
/// (10.2.3; 9.3.1.3).
fn years(library: &Library, listed: &[WorkId]) -> BTreeMap<WorkId, String> {
    let year = |work: &Work| {
        let unknown = words(&work.language).no_year;
        work.date.as_ref().map_or(unknown.to_owned(), |date| date.year())
    };
    let mut groups: BTreeMap<(String, String), Vec<WorkId>> = BTreeMap::new();
    for &id in listed {
        let work = library.work(id);
        groups.entry((author(work), year(work))).or_default().push(id);
    }
    let mut years = BTreeMap::new();
    for ((_, year), works) in groups {
        let alone = works.len() == 1;
        for (index, work) in works.into_iter().enumerate() {
            let letters = if alone { String::new() } else { Numerals::Letters.write(index + 1) };
            years.insert(work, year.clone() + &letters.to_lowercase());
        }
    }
    years
}

/// Puts works in the order of a list: by language, then by author, in Chinese by the sound, then by
/// year and title (9.2; 9.3.2).
fn sort(library: &Library, works: &mut [WorkId]) {
    let (pinyin, others) = (Collation::new(Order::Pinyin), Collation::new(Order::Letters));
    let compare = |a: &str, b: &str, language: &Language| -> Ordering {
        let collation = if *language == Language::Chinese { &pinyin } else { &others };
        collation.compare(a, b)
    };
    works.sort_by(|&a, &b| {
        let (a, b) = (library.work(a), library.work(b));
        let group = |work: &Work| match &work.language {
            Language::Western(_) => Language::Western(String::new()),
            other => other.clone(),
        };
        let language = group(a);
        let year = |work: &Work| work.date.as_ref().map(|date| date.year());
        language
            .cmp(&group(b))
            .then_with(|| compare(&sorted_by(a), &sorted_by(b), &language))
            .then_with(|| year(a).cmp(&year(b)))
            .then_with(|| compare(&a.title, &b.title, &language))
            .then_with(|| a.key.cmp(&b.key))
    });
}

/// The names that an entry is sorted by.
fn sorted_by(work: &Work) -> String {
    let words = words(&work.language);
    let marks = marks(MarkWidth::Half, &work.language);
    let (row, _) = names::row(lead(work), &words, marks, GbEdition::Of2025);
    if row.is_empty() { words.anonymous.to_owned() } else { row }
}

/// Notes: the whole entry where a chapter cites a work first, then the brief one (2015, 9, 10.1.1;
/// 2025, 9.1, 9.2.1.1).
fn notes(
    library: &Library,
    style: GbStyle,
    citations: &[Citation],
    mut listed: Vec<WorkId>,
) -> Set {
    let mut seen: BTreeSet<(usize, WorkId)> = BTreeSet::new();
    let mut set = Vec::new();
    for citation in citations {
        let mut pieces = Vec::new();
        for (index, item) in citation.items.iter().enumerate() {
            let work = library.work(item.work);
            let wanted = Wanted { style, year: None, page: item.locator.as_str() };
            let is_first = seen.insert((citation.chapter, item.work));
            let mut runs = if is_first { entry(work, wanted) } else { brief(work, wanted) };
            let before = format!("{}{}", if index > 0 { " " } else { "" }, item.prefix);
            if !before.is_empty() {
                pieces.push(Piece { work: None, runs: vec![Run::plain(before)] });
            }
            if citation.stands == Stands::InNote
                && let (Some(last), true) = (runs.last_mut(), index + 1 == citation.items.len())
            {
                // The sentence of the note goes on.
                last.text.truncate(last.text.trim_end_matches('.').len());
            }
            pieces.push(Piece { work: Some(item.work), runs });
        }
        set.push(pieces);
    }
    sort(library, &mut listed);
    let entries = listed.into_iter().map(|work| Entry {
        work,
        label: String::new(),
        runs: entry(library.work(work), Wanted { style, year: None, page: None }),
    });
    Set { citations: set, entries: entries.collect() }
}
