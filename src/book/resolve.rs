//! The verb of this module: from what authors wrote to what writers read.

use std::collections::BTreeMap;

use super::cited::Works;
use super::convert::Resolver;
use super::notes::{Marked, Said};
use super::origins::origins;
use super::outline::{Listed, Outline};
use super::pictures::Gallery;
use super::{
    Block, Book, Chapter, CopyrightPage, Note, Part, glossary, glyphs, index, notes, plain,
};
use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, SourceId, Span, Stopped};
use crate::files::Folder;
use crate::font::Fonts;
use crate::manifest::{ChapterEntry, Entry, Manifest};
use crate::manuscript::{self, Manuscript, Purpose};
use crate::message;
use crate::profile::Product;

/// Resolves a book: numbers, references, notes, pictures, the cover, and a face for every
/// character. `manuscript` is what was read for `manifest`.
///
/// # Errors
/// Something refers to what is not there, a picture cannot be used, or a character has no face;
/// the findings say where.
pub fn resolve(
    mut manifest: Manifest,
    mut manuscript: Manuscript,
    folder: &Folder,
    fonts: &Fonts,
    sink: &mut Sink,
) -> Outcome<Book> {
    let mut works = Works::read(&mut manifest, &mut manuscript, folder, sink);
    let left_out = std::mem::take(&mut manuscript.left_out);
    let entries = entries(&manifest, sink);
    let marked: Vec<Marked> =
        manuscript.chapters.iter().map(|chapter| Marked::new(chapter, &works, sink)).collect();
    if manifest.outputs.contains(&Product::Epub) {
        manuscript.chapters.iter().for_each(|chapter| notes::too_long(chapter, sink));
    }
    let listed: Vec<Listed<'_>> = entries
        .iter()
        .zip(manuscript.chapters.iter().zip(&marked))
        .map(|(&(part, entry), (chapter, notes))| Listed {
            part,
            matter: entry.matter,
            chapter,
            notes,
        })
        .collect();
    let mut outline = Outline::new(&manifest, &listed, left_out, sink);
    let labels = &manifest.metadata.rules.labels;
    works.anchor(&mut outline, &chapters_by_source(&manuscript), labels);
    let mut gallery = Gallery::load(&manifest, &listed, folder, fonts, sink);
    let mut chapters = Vec::new();
    for ((part, entry), (chapter, notes)) in
        entries.into_iter().zip(manuscript.chapters.into_iter().zip(&marked))
    {
        let path = chapter.path.clone();
        let resolver = Resolver {
            outline: &outline,
            gallery: &gallery,
            notes,
            works: &works,
            path: &path,
            emphasis: manifest.typesetting.emphasis,
            rules: manifest.metadata.rules,
            pages_told: Vec::new(),
            findings: Vec::new(),
        };
        chapters.extend(self::chapter(part, entry, chapter, resolver, sink));
    }
    glossary::link(manifest.glossary, &mut chapters, sink);
    index::add(&manifest, &mut chapters, &mut outline, sink);
    let cover = gallery.cover(&manifest, fonts, sink);
    let copyright = manifest.imprint.as_ref().map(|imprint| {
        let badge = gallery.badge(&manifest, fonts);
        let Manifest { metadata, credits, trim, .. } = &manifest;
        CopyrightPage::new(imprint, metadata, credits, trim, badge)
    });
    let listed = manifest.picture_credits;
    let origins = if listed { origins(&chapters, manifest.metadata.rules) } else { Vec::new() };
    let mut book = Book {
        cover: cover.ok_or(Stopped)?,
        half_title: manifest.half_title,
        copyright,
        dedication: manifest.dedication,
        origins,
        metadata: manifest.metadata,
        credits: manifest.credits,
        trim: manifest.trim,
        opening: manifest.opening,
        typesetting: manifest.typesetting,
        printer: manifest.printer,
        booklet: manifest.booklet,
        epub: manifest.epub,
        chapters,
        listings: manifest.listings,
        pictures: gallery.pictures,
        places: gallery.places,
        anchors: outline.anchors,
    };
    // A list of nothing is none.
    let listings = std::mem::take(&mut book.listings).into_iter();
    book.listings = listings.filter(|&listing| !book.listed(listing).is_empty()).collect();
    let blurb = manifest.cover.blurb.as_ref().map_or("", |blurb| &blurb.value);
    glyphs::check(&book, blurb, fonts, sink);
    sink.settle(book)
}

/// The chapters of the contents, each with the title of the part that begins with it.
fn entries<'a>(
    manifest: &'a Manifest,
    sink: &mut Sink,
) -> Vec<(Option<&'a str>, &'a ChapterEntry)> {
    let mut entries = Vec::new();
    let mut part: Option<&str> = None;
    for entry in &manifest.contents {
        match entry {
            Entry::Chapter(chapter) => entries.push((part.take(), chapter)),
            Entry::Part(title) => {
                if let Some(empty) = part.replace(title) {
                    sink.report(empty_part(empty));
                }
            }
        }
    }
    sink.report_all(part.map(empty_part));
    entries
}

/// The chapters by their files.
fn chapters_by_source(manuscript: &Manuscript) -> BTreeMap<SourceId, usize> {
    let chapters = manuscript.chapters.iter().enumerate();
    chapters.map(|(index, chapter)| (chapter.title.span.source, index)).collect()
}

/// The headings of a chapter that ask for a list, and before which of its blocks that stands: at the
/// end of what is under the heading.
fn lists(chapter: &manuscript::Chapter) -> Vec<(Span, usize)> {
    let end = |from: usize, level: u8| {
        let rest = &chapter.blocks[from..];
        let next = rest.iter().position(
            |block| matches!(block, manuscript::Block::Heading(heading) if heading.level <= level),
        );
        next.map_or(chapter.blocks.len(), |next| from + next)
    };
    let mut lists = Vec::new();
    if chapter.title.purpose == Purpose::References {
        // Sections of the chapter follow the list.
        lists.push((chapter.title.span, end(0, 6)));
    }
    for (index, block) in chapter.blocks.iter().enumerate() {
        if let manuscript::Block::Heading(heading) = block
            && heading.purpose == Purpose::References
        {
            lists.push((heading.span, end(index + 1, heading.level)));
        }
    }
    lists.sort_by_key(|(_, end)| *end);
    lists
}

/// Says that a part holds no chapter.
fn empty_part(title: &str) -> Diagnostic {
    Diagnostic::new(
        Code::BadValue,
        Place::Book,
        message!("the part `{title}` holds no chapter", title),
    )
    .hint("list its chapters after it in `contents`, or delete it")
}

/// Resolves one chapter.
fn chapter(
    part: Option<&str>,
    entry: &ChapterEntry,
    chapter: manuscript::Chapter,
    mut resolver: Resolver<'_>,
    sink: &mut Sink,
) -> Option<Chapter> {
    let Resolver { outline, notes, works, .. } = resolver;
    let numbered = outline.chapter(&chapter.path)?.clone();
    let part = part.and_then(|title| {
        let entry = outline.part(&chapter.path)?.clone();
        Some(Part { anchor: entry.anchor, number: entry.number, title: title.to_owned() })
    });
    let lists = lists(&chapter);
    let title = resolver.inlines(chapter.title.content);
    let mut blocks = Vec::new();
    let mut rest = chapter.blocks;
    let mut done = 0;
    for (heading, end) in lists {
        let next = rest.split_off(end - done);
        blocks.extend(resolver.blocks(rest));
        blocks.extend(resolver.references(heading));
        (rest, done) = (next, end);
    }
    blocks.extend(resolver.blocks(rest));
    let mut definitions: Vec<_> = chapter.notes.into_iter().map(|note| Some(note.blocks)).collect();
    let marked = notes.notes.iter().enumerate().map(|(index, said)| {
        let blocks = match *said {
            Said::Written(definition) => {
                resolver.blocks(definitions[definition].take().unwrap_or_default())
            }
            Said::Cited(span) => vec![Block::Paragraph(works.words(span, resolver.rules))],
        };
        Note { number: index + 1, blocks }
    });
    let notes = marked.collect();
    sink.report_all(resolver.findings);
    Some(Chapter {
        anchor: numbered.anchor,
        stem: chapter.path.stem().to_owned(),
        matter: entry.matter,
        purpose: chapter.title.purpose,
        part,
        number: numbered.number,
        plain_title: plain::resolved(&title),
        title,
        source: entry.source.clone(),
        blocks,
        notes,
        pages_told: resolver.pages_told,
    })
}
