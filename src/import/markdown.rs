//! The writer: an article as a chapter in banxin's Markdown.

mod inlines;
mod tables;

use std::collections::BTreeMap;

use super::article::{
    Article, Block, Extent, Fate, Figure, Heading, Inline, Note, Picture, Purpose, Remark, Stretch,
    Style, plain,
};
use super::escape;
use super::pictures::Pictures;
use super::shape;
use crate::{message, placeholder};

/// The most quotes and lists that lie in each other; banxin reads 32 levels, inlines and all.
const DEEPEST: usize = 12;

/// Writes one chapter.
pub(super) struct Writer<'a> {
    /// The chapter's name: its id, and what others begin with.
    stem: &'a str,
    /// The ids that anchors of the source became.
    ids: &'a BTreeMap<String, String>,
    pictures: &'a mut Pictures,
    remarks: &'a mut Vec<Remark>,
    notes: &'a [Note],
    /// The notes marked so far, in the order of their marks.
    marked: Vec<&'a str>,
    /// Whether a note is being written.
    in_note: bool,
    extent: Extent,
    /// The levels of headings in the source, ascending.
    levels: Vec<u8>,
    /// Those at which a heading says its number itself.
    numbered: Vec<u8>,
    figures: usize,
    tables: usize,
}

/// Writes `article`, one of such a source, as the chapter `stem`.
pub(super) fn write(
    article: &Article,
    extent: Extent,
    stem: &str,
    ids: &BTreeMap<String, String>,
    pictures: &mut Pictures,
    remarks: &mut Vec<Remark>,
) -> String {
    let mut levels = Vec::new();
    gather_levels(&article.blocks, &mut levels);
    levels.sort_unstable();
    levels.dedup();
    let says_number = |block: &Block| match block {
        Block::Heading(heading) if shape::has_number(&plain(&heading.content)) => {
            Some(heading.level)
        }
        _ => None,
    };
    let numbered = article.blocks.iter().filter_map(says_number).collect();
    let notes = &article.notes;
    let (marked, in_note, figures, tables) = (Vec::new(), false, 0, 0);
    let mut writer = Writer {
        stem,
        ids,
        pictures,
        remarks,
        notes,
        marked,
        in_note,
        extent,
        levels,
        numbered,
        figures,
        tables,
    };
    let title = writer.line(&article.title);
    let unnumbered = article.unnumbered || shape::has_number(&plain(&article.title));
    let unnumbered = if unnumbered { " .unnumbered" } else { "" };
    let purpose = match article.purpose {
        Purpose::Text => "",
        Purpose::Glossary => " .glossary",
        Purpose::Index => " .index",
    };
    let mut text = format!("# {title} {{#{stem}{unnumbered}{purpose}}}\n\n");
    text += &writer.blocks(&article.blocks, 0);
    text += &writer.written_notes();
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// The levels of the headings among some blocks.
fn gather_levels(blocks: &[Block], levels: &mut Vec<u8>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => levels.push(heading.level),
            Block::Paragraph(_)
            | Block::Quote(_)
            | Block::List { .. }
            | Block::Definitions(_)
            | Block::Code { .. }
            | Block::Figure(_)
            | Block::Table(_)
            | Block::Divider
            | Block::Markdown(_) => {}
        }
    }
}

impl<'a> Writer<'a> {
    /// Blocks with an empty line after each.
    fn blocks(&mut self, blocks: &[Block], depth: usize) -> String {
        let mut text = String::new();
        let mut last: Option<&Block> = None;
        for block in blocks {
            let written = self.block(block, depth);
            if written.trim().is_empty() {
                continue;
            }
            // Two lists in a row would be one.
            if last.is_some_and(|last| would_join(last, block)) {
                text += "<!-- -->\n\n";
            }
            text += written.trim_end();
            text += "\n\n";
            last = Some(block);
        }
        text
    }

    /// One block, without the line end behind it.
    fn block(&mut self, block: &Block, depth: usize) -> String {
        match block {
            Block::Heading(heading) if depth == 0 => self.heading(heading),
            Block::Heading(heading) => {
                let strong = Inline::Styled(Style::Strong, heading.content.clone());
                self.paragraph(&[strong])
            }
            Block::Paragraph(content) => self.paragraph(content),
            // What lies too deep is written as if it lay higher.
            Block::Quote(blocks) if depth >= DEEPEST => self.blocks(blocks, depth),
            Block::List { items, .. } if depth >= DEEPEST => {
                items.iter().map(|item| self.blocks(item, depth)).collect()
            }
            Block::Quote(blocks) => prefixed(&self.blocks(blocks, depth + 1), "> ", "> "),
            Block::List { start, items } => self.list(*start, items, depth),
            Block::Definitions(definitions) => self.definitions(definitions, depth),
            Block::Code { language, text } => escape::code_block(language, text),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(table) => self.table(table),
            Block::Divider => "* * *".to_owned(),
            Block::Markdown(stretches) => self.stretches(stretches),
        }
    }

    /// A heading, one level below the one above it.
    fn heading(&mut self, heading: &Heading) -> String {
        let place = self.levels.iter().position(|level| *level == heading.level).unwrap_or(0);
        let signs = "#".repeat((place + 2).min(6));
        let words = self.line(&heading.content);
        if words.is_empty() {
            return String::new();
        }
        let mut attributes: Vec<String> = self.id(&heading.anchors).into_iter().collect();
        // Words that say their number would have two.
        if !heading.numbered || self.numbered.contains(&heading.level) {
            attributes.push(".unnumbered".to_owned());
        }
        // Words that end with a brace would be taken for attributes.
        if attributes.is_empty() && words.ends_with('}') {
            let id = format!("#{}-{}", self.stem, self.marked.len() + words.len());
            attributes.push(id);
        }
        match attributes.is_empty() {
            true => format!("{signs} {words}"),
            false => format!("{signs} {words} {{{}}}", attributes.join(" ")),
        }
    }

    /// The id, with its `#`, that one of some anchors became.
    fn id(&self, anchors: &[String]) -> Option<String> {
        anchors.iter().find_map(|anchor| self.ids.get(anchor)).map(|id| format!("#{id}"))
    }

    /// Markdown that stays, with its gaps filled.
    fn stretches(&mut self, stretches: &[Stretch]) -> String {
        let mut text = String::new();
        for stretch in stretches {
            match stretch {
                Stretch::Text(piece) => text.push_str(piece),
                Stretch::Opening(level) => {
                    text += &"#".repeat(usize::from(*level));
                    text.push(' ');
                }
                Stretch::Closing { anchors, numbered } => {
                    let id = self.id(anchors);
                    let class = (!numbered).then(|| ".unnumbered".to_owned());
                    let said: Vec<String> = id.into_iter().chain(class).collect();
                    if !said.is_empty() {
                        text += &format!(" {{{}}}", said.join(" "));
                    }
                }
                Stretch::Link(anchor) => {
                    text += &format!("#{}", self.ids.get(anchor).map_or(self.stem, String::as_str));
                }
                Stretch::Picture(picture) => {
                    text.extend(self.pictures.keep(picture, self.stem, self.remarks));
                }
            }
        }
        text
    }

    fn paragraph(&mut self, content: &[Inline]) -> String {
        self.written(content, inlines::Setting::Paragraph)
    }

    /// Inlines on one line.
    fn line(&mut self, content: &[Inline]) -> String {
        self.written(content, inlines::Setting::Line)
    }

    /// The items of a list; without empty lines where each is one paragraph.
    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], depth: usize) -> String {
        let is_tight = items.iter().all(|item| is_short(item));
        let between = if is_tight { "\n" } else { "\n\n" };
        let first = start.unwrap_or(1).min(999_999);
        let mut written = Vec::new();
        for (number, item) in (first..).zip(items) {
            let mark = if start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
            let content = match item.as_slice() {
                [words, list] if is_tight => {
                    let (words, list) = (self.block(words, depth + 1), self.block(list, depth + 1));
                    format!("{}\n{list}", words.trim_end())
                }
                _ => self.blocks(item, depth + 1),
            };
            written.push(prefixed(&content, &mark, &" ".repeat(mark.len())));
        }
        written.join(between)
    }

    fn definitions(
        &mut self,
        definitions: &[(Vec<Inline>, Vec<Vec<Block>>)],
        depth: usize,
    ) -> String {
        let mut text = String::new();
        for (term, bodies) in definitions {
            text += &self.line(term);
            text.push('\n');
            for body in bodies {
                text += &prefixed(&self.blocks(body, depth + 1), ":   ", "    ");
                text.push('\n');
            }
            text.push('\n');
        }
        text
    }

    /// A picture alone in its paragraph.
    fn figure(&mut self, figure: &Figure) -> String {
        let Some(path) = self.pictures.keep(&figure.picture, self.stem, self.remarks) else {
            return String::new();
        };
        self.figures += 1;
        let id = self.id(&figure.anchors);
        // A picture of a book that says nothing has no number there either.
        let is_bare = figure.caption.is_empty() && figure.source.is_empty();
        let own = || format!("#fig-{}-{}", self.stem, self.figures);
        let id = id.or_else(|| (!self.extent.is_book() || !is_bare).then(own));
        let alt = self.alternative(figure, &path);
        let mut text = format!("![{}]({path}", escape::text(&alt, "["));
        if !figure.caption.is_empty() {
            text += &format!(" \"{}\"", escape::title(&figure.caption));
        }
        text.push(')');
        let id = id.map(|id| format!("{{{id}{}}}", attribute("source", &figure.source)));
        text + &id.unwrap_or_default()
    }

    /// What those are told who cannot see a picture: what stands below it, where nothing better is
    /// known. The standards of accessible files ask for some words.
    fn alternative(&mut self, figure: &Figure, path: &str) -> String {
        let told = |text: &&String| placeholder::describes(text);
        let said = [&figure.alt, &figure.caption].into_iter().find(told);
        said.cloned().unwrap_or_else(|| {
            let what = message!(
                "`{path}` says nothing to those who cannot see it: describe it between `![` and `]`",
                path
            );
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
            match figure.picture {
                Picture::Here { .. } if !figure.alt.is_empty() => figure.alt.clone(),
                Picture::Here { .. } => placeholder::WORDS.to_owned(),
                Picture::Wanted { .. } => placeholder::WORDS_OF_NONE.to_owned(),
            }
        })
    }

    /// The notes that were marked, and after them those that no mark names, as text.
    fn written_notes(&mut self) -> String {
        self.in_note = true;
        let mut text = String::new();
        for (number, name) in (1..).zip(self.marked.clone()) {
            let Some(note) = self.notes.iter().find(|note| note.name == name) else { continue };
            let content = self.blocks(&note.blocks, 1);
            text += &prefixed(&content, &format!("[^{number}]: "), "    ");
            text += "\n\n";
        }
        let notes = self.notes;
        let is_unmarked = |note: &&Note| !self.marked.contains(&&*note.name);
        for note in notes.iter().filter(is_unmarked).collect::<Vec<_>>() {
            let content = self.blocks(&note.blocks, 0);
            let words = note.blocks.iter().map(words_of).collect::<String>();
            let what = "no mark in the text calls this note: it stands as a paragraph at the end";
            self.remarks.push(Remark::new(Fate::Guessed, what, words));
            text += &content;
        }
        text
    }

    /// The number of a note; none where there is no such note.
    fn note_number(&mut self, name: &str) -> Option<usize> {
        let note = self.notes.iter().find(|note| note.name == name)?;
        let place = self.marked.iter().position(|marked| *marked == note.name);
        Some(
            1 + place.unwrap_or_else(|| {
                self.marked.push(&note.name);
                self.marked.len() - 1
            }),
        )
    }
}

/// The words of a block, for the report.
pub(super) fn words_of(block: &Block) -> String {
    match block {
        Block::Heading(heading) => plain(&heading.content),
        Block::Paragraph(content) => plain(content),
        Block::Quote(blocks) => blocks.iter().map(words_of).collect(),
        Block::List { items, .. } => items.iter().flatten().map(words_of).collect(),
        Block::Definitions(definitions) => definitions
            .iter()
            .map(|(term, bodies)| {
                plain(term) + &bodies.iter().flatten().map(words_of).collect::<String>()
            })
            .collect(),
        Block::Code { text, .. } => text.clone(),
        Block::Figure(figure) => figure.caption.clone() + &figure.source,
        Block::Table(table) => {
            let cells = table.rows.iter().flatten();
            plain(&table.caption)
                + &table.source
                + &cells.map(|cell| plain(cell)).collect::<String>()
        }
        Block::Divider => String::new(),
        Block::Markdown(stretches) => {
            let texts = stretches.iter().filter_map(|stretch| match stretch {
                Stretch::Text(text) => Some(text.as_str()),
                Stretch::Opening(_)
                | Stretch::Closing { .. }
                | Stretch::Link(_)
                | Stretch::Picture(_) => None,
            });
            super::mdbook::words(&texts.collect::<String>())
        }
    }
}

/// Whether an item needs no empty lines: a paragraph, and below it a list of such items at most.
fn is_short(item: &[Block]) -> bool {
    match item {
        [] | [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List { items, .. }] => items.iter().all(|item| is_short(item)),
        _ => false,
    }
}

/// Whether Markdown would read two blocks as one.
fn would_join(first: &Block, second: &Block) -> bool {
    let kind = |block: &Block| match block {
        Block::List { start: None, .. } => 1,
        Block::List { start: Some(_), .. } => 2,
        Block::Quote(_) => 3,
        Block::Definitions(_) => 4,
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Code { .. }
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Divider
        | Block::Markdown(_) => 0,
    };
    kind(first) != 0 && kind(first) == kind(second)
}

/// ` name="value"`; nothing where the value is empty.
fn attribute(name: &str, value: &str) -> String {
    match value {
        "" => String::new(),
        value => format!(" {name}=\"{}\"", escape::value(value)),
    }
}

/// A text with `first` before its first line and `others` before the others, which stay empty where
/// they are; without the empty lines at its end.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut prefixed = String::new();
    for (number, line) in text.trim_end().split('\n').enumerate() {
        let prefix = if number == 0 { first } else { others };
        if number > 0 {
            prefixed.push('\n');
        }
        prefixed.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        prefixed.push_str(line);
    }
    prefixed
}
