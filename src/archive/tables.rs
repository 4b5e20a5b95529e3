//! Tables for people and programs (RFC 4180): what may be done with the files, and which addresses the
//! book cites.

use super::File;
use crate::book::{Block, Book, Inline, Target, plain_text};

/// A row for the book, and one for each licence that comes along.
pub fn rights(book: &Book, files: &[File]) -> Vec<u8> {
    let metadata = &book.metadata;
    let mut rows = vec![["subject", "statement", "licence"].map(str::to_owned).to_vec()];
    rows.push(vec![metadata.full_title(), metadata.rights.clone(), metadata.licence.clone()]);
    for (path, _) in files.iter().filter(|(path, _)| path.starts_with("data/licences/")) {
        let (name, address) = if path.contains("/OFL-") {
            ("SIL Open Font License 1.1", "https://openfontlicense.org")
        } else {
            ("zlib License", "https://spdx.org/licenses/Zlib.html")
        };
        rows.push(vec![path.clone(), name.to_owned(), address.to_owned()]);
    }
    for origin in &book.origins {
        rows.push(vec![origin.words.clone(), String::new(), String::new()]);
    }
    table(&rows)
}

/// A row for each address on the web that the book was made from or cites, in the order of the book:
/// when it was looked at, and where it has been kept, as far as its entry says so.
pub fn sources(book: &Book) -> Vec<u8> {
    let head = ["work", "address", "accessed", "archived", "chapter"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for chapter in &book.chapters {
        let mut row = |work: &str, address: &str, kept: &str| {
            let cells = [work, address, accessed(work), kept, &chapter.plain_title];
            rows.push(cells.map(str::to_owned).to_vec());
        };
        if let Some(source) = chapter.source.as_ref().filter(|source| !source.url.is_empty()) {
            row(&source.title, &source.url, "");
        }
        for block in &chapter.blocks {
            let Block::References(references) = block else { continue };
            for reference in references {
                let mut addresses = Vec::new();
                gather(&reference.content, &mut addresses);
                let (kept, live): (Vec<&str>, Vec<&str>) =
                    addresses.into_iter().partition(|address| is_kept(address));
                let work = plain_text(&reference.content);
                let kept = kept.first().copied().unwrap_or_default();
                live.into_iter().for_each(|address| row(work.trim(), address, kept));
            }
        }
    }
    table(&rows)
}

/// The addresses that inlines lead to, each once.
fn gather<'a>(inlines: &'a [Inline], addresses: &mut Vec<&'a str>) {
    for inline in inlines {
        if let Inline::Link { target: Target::Url(url), .. } = inline
            && !addresses.contains(&url.as_str())
        {
            addresses.push(url);
        }
        gather(inline.content(), addresses);
    }
}

/// Whether an address is that of a copy which an archive of the web keeps.
fn is_kept(address: &str) -> bool {
    ["https://web.archive.org/", "https://archive.ph/", "https://perma.cc/"]
        .iter()
        .any(|archive| address.starts_with(archive))
}

/// The day that an entry was looked at: the last day in brackets (引用日期, GB/T 7714-2015, 8.5.3).
fn accessed(entry: &str) -> &str {
    let days = entry.match_indices('[').filter_map(|(at, _)| entry.get(at + 1..at + 12));
    let is_day = |day: &&str| {
        day.ends_with(']')
            && day.bytes().take(10).enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    days.rev().find(is_day).map_or("", |day| &day[..10])
}

/// Rows of cells as RFC 4180 has them.
fn table(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| cell_of(cell)).collect();
        text += &(cells.join(",") + "\r\n");
    }
    text.into_bytes()
}

/// A cell, in quotes where it must be. What a spreadsheet would take for a formula begins with a quote.
fn cell_of(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '@']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
