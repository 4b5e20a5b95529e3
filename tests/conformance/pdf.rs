//! The PDFs through qpdf, poppler and MuPDF.

use std::path::{Path, PathBuf};

use banxin::book::{Block, Inline};
use banxin::files::Folder;
use banxin::profile::Product;

use super::{built, constructs, page_texts, printed, resolved, run, sample, traditional};

const BOTH: [Product; 2] = [Product::Screen, Product::Print];

/// Every PDF of both books, and of the other edition.
fn files() -> Vec<PathBuf> {
    let all = [Product::Screen, Product::Print, Product::Booklet];
    [built, traditional, constructs].map(|of| all.map(of)).concat()
}

#[test]
fn qpdf_finds_nothing() {
    for file in files() {
        let Some(output) = run("qpdf", &["--check"], &file) else { return };
        let report = printed(&output);
        assert!(output.status.success() && !report.contains("WARNING"), "{report}");
    }
}

#[test]
fn mupdf_draws_every_page_without_a_warning() {
    for file in files() {
        let arguments = ["draw", "-q", "-r", "20", "-F", "pnm", "-o", "/dev/null"];
        let Some(output) = run("mutool", &arguments, &file) else { return };
        assert!(output.status.success(), "{}", printed(&output));
        // Debian builds MuPDF without colour management and says so each time.
        let said = String::from_utf8_lossy(&output.stderr)
            .replace("warning: ICC support is not available\n", "");
        assert_eq!(said, "");
    }
}

#[test]
fn poppler_reads_every_file_without_a_warning() {
    for file in files() {
        for tool in ["pdfinfo", "pdffonts", "pdfimages -list"] {
            let mut words = tool.split(' ');
            let tool = words.next().unwrap();
            let Some(output) = run(tool, &words.collect::<Vec<_>>(), &file) else { return };
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{tool}");
        }
        page_texts(&file, &[]);
    }
}

#[test]
fn every_font_is_embedded_and_subset_with_unicode() {
    for product in BOTH {
        let Some(output) = run("pdffonts", &[], &built(product)) else { return };
        let table = printed(&output);
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert!(rows.len() >= 4, "{table}");
        for row in rows {
            assert!(row.contains("CID TrueType"), "{table}");
            assert!(row.contains("yes yes yes"), "{table}");
        }
    }
}

/// The text of every page inside the type area.
pub fn pages(file: &Path, product: Product) -> Option<Vec<String>> {
    // The type area of A5 with an em to spare on every side but that of the running head; the press
    // has 13 mm around the page.
    let corner = if product == Product::Print { "87" } else { "50" };
    let area = ["-x", corner, "-y", corner, "-W", "320", "-H", "520"];
    Some(page_texts(file, &area)?.iter().map(|page| bare(page)).collect())
}

/// A text without soft hyphens, joiners, circled numbers and the space after them, and without white space
/// but where it parts two hanzi.
fn bare(text: &str) -> String {
    let hanzi = |c: Option<&char>| c.is_some_and(|c| ('一'..='鿿').contains(c));
    let circled = |c: char| ('①'..='⑳').contains(&c);
    let after = |part: &str| part.strip_prefix(' ').unwrap_or(part).to_owned();
    let words: Vec<String> = text.split(circled).map(after).collect();
    let kept = |c: &char| !matches!(c, '\n' | '\r' | '\u{AD}' | '\u{2060}');
    let chars: Vec<char> = words.concat().chars().filter(kept).collect();
    let stays = |at: usize| {
        !chars[at].is_whitespace()
            || (hanzi(chars.get(at.wrapping_sub(1))) && hanzi(chars.get(at + 1)))
    };
    (0..chars.len()).filter(|&at| stays(at)).map(|at| chars[at]).collect()
}

/// Whether a paragraph stands on a page, or goes over from one page to the next, where a figure may
/// come before it.
fn holds(pages: &[String], paragraph: &str) -> bool {
    pages.iter().any(|page| page.contains(paragraph))
        || pages.windows(2).any(|pair| {
            paragraph.char_indices().any(|(at, _)| {
                pair[1].contains(&paragraph[at..]) && pair[0].contains(&paragraph[..at])
            })
        })
}

#[test]
fn the_pdf_holds_every_paragraph_without_a_space_between_hanzi() {
    let (book, _) = resolved(&Folder::Disk(sample()));
    for product in BOTH {
        let Some(pages) = pages(&built(product), product) else { return };
        let mut missing = Vec::new();
        let mut count = 0;
        for chapter in &book.chapters {
            let notes = chapter.notes.iter().flat_map(|note| paragraphs(&note.blocks));
            for paragraph in paragraphs(&chapter.blocks).into_iter().chain(notes) {
                count += 1;
                let mut parts = paragraph.split(PAGE);
                if !parts.all(|part| holds(&pages, &bare(part))) {
                    missing.push(format!("{}: {paragraph}", chapter.stem));
                }
            }
        }
        assert!(count > 300, "the sample book has {count} paragraphs");
        assert!(missing.is_empty(), "{} paragraphs:\n{}", missing.len(), missing.join("\n"));
    }
}

/// The plain text of every paragraph, heading, caption and table cell in blocks.
fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => found.push(heading.plain.clone()),
            Block::Paragraph(content) => found.push(plain(content)),
            Block::Quote(blocks) => found.extend(paragraphs(blocks)),
            Block::List(list) => {
                found.extend(list.items.iter().flat_map(|item| paragraphs(&item.blocks)));
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    found.push(plain(&definition.term));
                    found.extend(definition.bodies.iter().flat_map(|body| paragraphs(body)));
                }
            }
            Block::Figure(figure) => {
                found.extend(figure.caption.iter().map(|caption| plain(&caption.title)));
            }
            Block::Table(table) => {
                found.extend(table.caption.iter().map(|caption| plain(&caption.title)));
                // Cells stand side by side, so their lines are not one text to a reader of the PDF.
            }
            Block::References(references) => {
                found.extend(references.iter().map(|reference| plain(&reference.content)));
            }
            Block::Code { .. } | Block::Index(_) | Block::Divider => {}
        }
    }
    found
}

/// Stands for the number of a page, which only the pages know.
const PAGE: char = '\u{FFFC}';

/// The characters of inlines.
fn plain(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.text.clone(),
        Inline::PageOf { .. } => PAGE.to_string(),
        Inline::Anchor(_) | Inline::Image { .. } | Inline::NoteMark(_) | Inline::Break => {
            String::new()
        }
        Inline::Gloss(inner) => format!("（{}）", plain(inner)),
        Inline::Emphasis(_, inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Subscript(inner)
        | Inline::Superscript(inner)
        | Inline::Name(inner)
        | Inline::Title(inner)
        | Inline::Foreign { content: inner, .. }
        | Inline::Abbreviation { content: inner, .. }
        | Inline::Term { content: inner, .. }
        | Inline::Ruby { base: inner, .. }
        | Inline::Link { content: inner, .. } => plain(inner),
    };
    inlines.iter().map(one).collect()
}
