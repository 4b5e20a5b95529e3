//! Blocks: paragraphs, headings, quotes, lists, definitions, code, notes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Tag};

use super::parse::{Parser, is_inline};
use super::{Block, Definition, Heading, List, ListItem, Name, Note, Purpose, Text};
use crate::diag::{Code, Diagnostic};
use crate::message;

impl Parser<'_> {
    /// Reads blocks up to the end of the element that is open. Inlines that stand among them, as in
    /// the items of a tight list, make paragraphs.
    pub(super) fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        loop {
            match self.peek() {
                None | Some(Event::End(_)) => return blocks,
                Some(Event::Start(tag)) if !is_inline(tag) => self.block(&mut blocks),
                Some(Event::Rule) => {
                    self.next();
                    blocks.push(Block::Divider);
                }
                Some(_) => self.push_paragraph(&mut blocks),
            }
        }
    }

    /// Reads the block that begins here.
    fn block(&mut self, blocks: &mut Vec<Block>) {
        let Some((Event::Start(tag), range)) = self.next() else { return };
        match tag {
            Tag::Paragraph => self.paragraph(&range, blocks),
            Tag::Heading { level, id, classes, attrs } => {
                let words = classes.iter().chain(attrs.iter().map(|(key, _)| key));
                let others = words.filter(|word| !is_known(word, level)).cloned().collect();
                let has = |name: &str| classes.iter().any(|class| &**class == name);
                let numbered = !has("unnumbered");
                let purpose = match level {
                    HeadingLevel::H1 if has("glossary") => Purpose::Glossary,
                    HeadingLevel::H1 if has("index") => Purpose::Index,
                    _ if has("references") => Purpose::References,
                    _ => Purpose::Text,
                };
                let heading = self.heading(level, id, range.clone());
                blocks.push(Block::Heading(Heading { numbered, purpose, ..heading }));
                self.unknown_attributes(others, level, &range);
            }
            Tag::BlockQuote(_) => {
                blocks.extend(self.nested(range, Self::blocks).map(Block::Quote));
            }
            Tag::CodeBlock(kind) => blocks.push(self.code_block(&kind, &range)),
            Tag::HtmlBlock => {
                self.close();
                self.html_block(range, blocks);
            }
            Tag::List(start) => {
                blocks.extend(self.nested(range, |parser| parser.list(start)).map(Block::List));
            }
            Tag::FootnoteDefinition(label) => self.note(&label, range),
            Tag::DefinitionList => {
                let definitions = self.nested(range, Self::definitions);
                blocks.extend(definitions.map(Block::Definitions));
            }
            Tag::Table(columns) => {
                let table = self.table(&columns, range);
                blocks.push(Block::Table(Box::new(table)));
            }
            // The first five begin inside others only, and are read there.
            Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => self.close(),
        }
    }

    /// Reads a paragraph, which may turn out to be a figure, or a table with its caption.
    fn paragraph(&mut self, range: &Range<usize>, blocks: &mut Vec<Block>) {
        if let Some(figure) = self.figure(range) {
            blocks.push(Block::Figure(Box::new(figure)));
        } else if let Some(table) = self.captioned_table(range) {
            blocks.push(Block::Table(Box::new(table)));
        } else {
            self.push_paragraph(blocks);
            self.close();
        }
    }

    /// Reads inlines as a paragraph, if there are any.
    fn push_paragraph(&mut self, blocks: &mut Vec<Block>) {
        let inlines = self.inlines();
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    /// Reads a heading.
    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        range: Range<usize>,
    ) -> Heading {
        let level = level as u8;
        if level == 1 {
            self.titles += 1;
            if self.titles > 1 {
                let message = "a second heading of the first level";
                let finding = Diagnostic::new(Code::SecondTitle, self.span(range.clone()), message)
                    .hint("make it `##`, or put it into a file of its own");
                self.findings.report(finding);
            }
        }
        let id = id.map(|id| {
            let text = self.clean(&id, &range);
            let span = self.span(self.locate_last(&text, &range));
            Name { text, span }
        });
        let content = self.inlines();
        self.close();
        let span = self.span(self.trimmed(range));
        Heading { level, id, numbered: true, purpose: Purpose::Text, content, span }
    }

    /// Reports attributes of a heading that mean nothing.
    fn unknown_attributes(
        &mut self,
        words: Vec<CowStr<'_>>,
        level: HeadingLevel,
        range: &Range<usize>,
    ) {
        let hint = match level {
            HeadingLevel::H1 => {
                "a chapter's title takes `#id`, `.unnumbered`, `.glossary`, `.index` and `.references`"
            }
            _ => "headings take `#id`, `.unnumbered` and `.references`",
        };
        for word in words {
            let word = self.clean(&word, range);
            let span = self.span(self.locate_last(&word, range));
            let message = message!("`{word}` means nothing on a heading", word);
            let finding = Diagnostic::new(Code::UnknownAttribute, span, message).hint(hint);
            self.findings.report(finding);
        }
    }

    /// Reads a code block.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> Block {
        let language = match kind {
            CodeBlockKind::Indented => String::new(),
            CodeBlockKind::Fenced(info) => {
                let word = info.split_whitespace().next().unwrap_or_default().to_owned();
                self.clean(&word, range)
            }
        };
        let mut text = String::new();
        let mut place: Option<Range<usize>> = None;
        while let Some(Event::Text(_)) = self.peek() {
            let Some((Event::Text(line), at)) = self.next() else { break };
            text.push_str(&self.clean(&line, &at));
            place = Some(place.map_or(at.clone(), |place| place.start..at.end));
        }
        self.close();
        let span = self.span(place.unwrap_or(range.clone()));
        Block::Code { language, text: Text { text, span } }
    }

    /// Reads the items of a list.
    fn list(&mut self, start: Option<u64>) -> List {
        let mut list = List { start, tight: true, items: Vec::new() };
        while let Some(Event::Start(Tag::Item)) = self.peek() {
            self.next();
            let task = self.task();
            if let Some(Event::TaskListMarker(_)) = self.peek() {
                self.next();
            }
            if let Some(Event::Start(Tag::Paragraph)) = self.peek() {
                list.tight = false;
            }
            let blocks = self.blocks();
            self.close();
            list.items.push(ListItem { task, blocks });
        }
        list
    }

    /// The task marker of the item that begins here: its first event, or in its first paragraph.
    fn task(&self) -> Option<bool> {
        match self.ahead() {
            [(Event::Start(Tag::Paragraph), _), (Event::TaskListMarker(done), _), ..]
            | [(Event::TaskListMarker(done), _), ..] => Some(*done),
            _ => None,
        }
    }

    /// Reads terms and their explanations.
    fn definitions(&mut self) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        while let Some(Event::Start(tag)) = self.peek() {
            let is_term = matches!(tag, Tag::DefinitionListTitle);
            let Some((_, range)) = self.next() else { break };
            if is_term {
                let term = self.inlines();
                let span = self.span(self.trimmed(range));
                definitions.push(Definition { term, bodies: Vec::new(), span });
            } else {
                let body = self.blocks();
                if let Some(definition) = definitions.last_mut() {
                    definition.bodies.push(body);
                }
            }
            self.close();
        }
        definitions
    }

    /// Reads the definition of a note, `[^label]: …`.
    fn note(&mut self, label: &str, range: Range<usize>) {
        let text = self.clean(label, &range);
        let span = self.span(self.locate_first(&text, &range));
        if let Some(blocks) = self.nested(range, Self::blocks) {
            self.notes.push(Note { name: Name { text, span }, blocks });
        }
    }
}

/// Whether an attribute means something on a heading of `level`.
fn is_known(word: &str, level: HeadingLevel) -> bool {
    matches!(word, "unnumbered" | "references")
        || (level == HeadingLevel::H1 && matches!(word, "glossary" | "index"))
}
