//! Whether every character of a book has a face.

use std::collections::BTreeMap;

use super::{Block, Book, IndexEntry, Inline, Text};
use crate::diag::{Code, Diagnostic, Message, Place, Sink, Sources, Span};
use crate::font::{Characters, Family, Fonts, Style, Weight};
use crate::manifest;
use crate::message;

/// The style that characters are looked up in: every style falls back to every face.
const STYLE: Style = Style::new(Family::Serif, Weight::Regular);

/// Reports each character that no face has, with its first place and how often it stands.
/// `blurb` stands on the back cover.
pub(super) fn check(book: &Book, blurb: &str, fonts: &Fonts, sink: &mut Sink) {
    let (known, missing) = (Characters::default(), BTreeMap::new());
    let mut survey = Survey { fonts, sources: &sink.sources, known, missing };
    survey.front(book);
    survey.words(blurb);
    for chapter in &book.chapters {
        survey.words(chapter.part.as_ref().map_or("", |part| &part.title));
        if let Some(source) = &chapter.source {
            let all = [&source.institution, &source.title, &source.date, &source.note];
            all.into_iter().for_each(|words| survey.words(words));
        }
        survey.inlines(&chapter.title);
        survey.blocks(&chapter.blocks);
        chapter.notes.iter().for_each(|note| survey.blocks(&note.blocks));
    }
    let mut missing: Vec<(char, Missing)> = survey.missing.into_iter().collect();
    missing.sort_by_key(|(_, missing)| missing.order);
    sink.report_all(missing.into_iter().map(|(c, missing)| finding(c, missing)));
}

/// A character without a face.
struct Missing {
    /// Its rank among the missing ones, from 0.
    order: usize,
    /// Where it stands first.
    place: Place,
    /// How often it stands.
    count: usize,
}

/// Says that no face has `c`.
fn finding(c: char, missing: Missing) -> Diagnostic {
    let number = format!("{:04X}", u32::from(c));
    let message = match missing.count {
        1 => message!("no font has U+{number} `{c}`, which stands once", number, c),
        count => {
            message!("no font has U+{number} `{c}`, which stands {count} times", number, c, count)
        }
    };
    Diagnostic::new(Code::MissingGlyph, missing.place, message).hint(remedy(c)).hint(
        "or take one of this machine: `system = true` in `[fonts]`, and its name as `serif`, `sans`, \
         `kai` or `mono`",
    )
}

/// Which font to bring along.
fn remedy(c: char) -> Message {
    let font = match c {
        // Hanzi, with those of the blocks that Unicode has yet to fill.
        '\u{2E80}'..='\u{2FDF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => "遍黑体 `Plangothic`",
        '\u{2190}'..='\u{2BFF}' => "`Noto Sans Symbols 2`",
        '\u{1F000}'..='\u{1FAFF}' => "`Noto Emoji`",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => {
            return "only the font that it was typed in has this sign: write the character that is \
                    meant, or put that font into the folder that `folder` in `[fonts]` names"
                .into();
        }
        _ => {
            return "put a font that has it into the folder that `folder` in `[fonts]` names"
                .into();
        }
    };
    message!(
        "put a font that has it, such as {font}, into the folder that `folder` in `[fonts]` names",
        font
    )
}

/// A walk through all characters.
struct Survey<'a> {
    fonts: &'a Fonts,
    sources: &'a Sources,
    /// Characters that have a face or need none.
    known: Characters,
    missing: BTreeMap<char, Missing>,
}

impl Survey<'_> {
    /// What stands before the chapters.
    fn front(&mut self, book: &Book) {
        let metadata = &book.metadata;
        let words = [
            &metadata.title,
            &metadata.subtitle,
            &metadata.identifier,
            &metadata.publisher,
            &metadata.date,
            &metadata.description,
            &metadata.rights,
        ];
        words.into_iter().for_each(|words| self.words(words));
        for credit in &book.credits {
            self.words(&credit.role);
            credit.names.iter().for_each(|name| self.words(name));
        }
        self.words(&book.dedication);
        book.copyright.iter().flat_map(|page| page.words()).for_each(|words| self.words(words));
        book.origins.iter().for_each(|origin| self.words(&origin.words));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.inlines(&heading.content),
                Block::Paragraph(content) => self.inlines(content),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&definition.term);
                        definition.bodies.iter().for_each(|body| self.blocks(body));
                    }
                }
                Block::Code { text, .. } => self.text(text),
                Block::Figure(figure) => self.caption(figure.caption.as_ref()),
                Block::Table(table) => {
                    self.caption(table.caption.as_ref());
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.inlines(cell);
                    }
                }
                Block::Index(index) => {
                    for group in &index.groups {
                        self.words(&group.title);
                        self.entries(&group.entries);
                    }
                }
                Block::Divider => {}
                Block::References(references) => {
                    for reference in references {
                        self.inlines(&reference.label);
                        self.inlines(&reference.content);
                    }
                }
            }
        }
    }

    fn entries(&mut self, entries: &[IndexEntry]) {
        for entry in entries {
            self.words(&entry.words);
            self.entries(&entry.entries);
        }
    }

    fn caption(&mut self, caption: Option<&super::Caption>) {
        if let Some(caption) = caption {
            self.inlines(&caption.title);
            caption.source.iter().for_each(|source| self.text(source));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text),
                Inline::Ruby { base, reading } => {
                    self.inlines(base);
                    self.text(reading);
                }
                Inline::Emphasis(_, content)
                | Inline::Strong(content)
                | Inline::Strike(content)
                | Inline::Subscript(content)
                | Inline::Superscript(content)
                | Inline::Name(content)
                | Inline::Title(content)
                | Inline::Gloss(content)
                | Inline::Foreign { content, .. }
                | Inline::Abbreviation { content, .. }
                | Inline::Term { content, .. }
                | Inline::Link { content, .. } => self.inlines(content),
                Inline::Anchor(_)
                | Inline::PageOf { .. }
                | Inline::Image { .. }
                | Inline::NoteMark(_)
                | Inline::Break => {}
            }
        }
    }

    /// Characters with a place in a file.
    fn text(&mut self, text: &Text) {
        if text.text.chars().all(|c| self.known.contains(c)) {
            return;
        }
        for c in text.text.chars() {
            self.character(c, |sources| {
                let (source, range) = (text.span.source, text.span.range());
                let written = sources.get(source).text.get(range.clone());
                // It may be written otherwise, such as `&#x4E00;`.
                let at = written.and_then(|written| written.find(c)).map(|at| range.start + at);
                let place = at.map_or(range, |at| at..at + c.len_utf8());
                Place::Span(Span::new(source, place))
            });
        }
    }

    /// Characters that `book.toml` gives.
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            self.character(c, |_| Place::File(manifest::NAME.to_owned()));
        }
    }

    fn character(&mut self, c: char, place: impl FnOnce(&Sources) -> Place) {
        if self.known.contains(c) {
            return;
        }
        if is_blank(c) || self.fonts.pick(STYLE, c).is_some() {
            self.known.insert(c);
            return;
        }
        let order = self.missing.len();
        let sources = self.sources;
        let new = || Missing { order, place: place(sources), count: 0 };
        self.missing.entry(c).or_insert_with(new).count += 1;
    }
}

/// Whether `c` is a space or takes no room; the page sets these without a glyph.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\n' | '\t' | '\r' | '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200D}' | '\u{202F}'
            | '\u{2060}' | '\u{3000}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}
