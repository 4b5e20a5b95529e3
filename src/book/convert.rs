//! Blocks and inlines with their references, notes and pictures resolved.

use super::cited::Works;
use super::notes::Marked;
use super::outline::{Entry, Outline};
use super::pictures::Gallery;
use super::{
    AnchorId, Block, Caption, Definition, Emphasis, Figure, Heading, Inline, List, ListItem, Table,
    Target, Text, code, plain, ruby,
};
use crate::diag::{Code, Diagnostic, Span};
use crate::files::BookPath;
use crate::manuscript as written;
use crate::message;
use crate::script::{self, Rules};

/// What a chapter's text is resolved against.
pub(super) struct Resolver<'a> {
    /// Where references lead.
    pub outline: &'a Outline,
    /// The pictures.
    pub gallery: &'a Gallery,
    /// The chapter's notes.
    pub notes: &'a Marked,
    /// The works that the book cites.
    pub works: &'a Works,
    /// The chapter's file.
    pub path: &'a BookPath,
    /// What `*…*` becomes.
    pub emphasis: Emphasis,
    /// The rules of the book's language.
    pub rules: &'static Rules,
    /// The anchors whose pages were told so far, and where.
    pub pages_told: Vec<(AnchorId, Span)>,
    /// What was found so far.
    pub findings: Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// Resolves blocks. A figure whose picture could not be read is left out: that was reported.
    pub fn blocks(&mut self, blocks: Vec<written::Block>) -> Vec<Block> {
        blocks.into_iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: written::Block) -> Option<Block> {
        Some(match block {
            written::Block::Heading(heading) => Block::Heading(self.heading(heading)?),
            written::Block::Paragraph(content) => Block::Paragraph(self.inlines(content)),
            written::Block::Quote(blocks) => Block::Quote(self.blocks(blocks)),
            written::Block::List(list) => Block::List(self.list(list)),
            written::Block::Definitions(definitions) => Block::Definitions(
                definitions.into_iter().map(|definition| self.definition(definition)).collect(),
            ),
            written::Block::Code { language, text } => {
                let tokens = code::tokens(&language, &text.text);
                Block::Code { language, text, tokens }
            }
            written::Block::Figure(figure) => Block::Figure(Box::new(self.figure(*figure)?)),
            written::Block::Table(table) => Block::Table(Box::new(self.table(*table))),
            written::Block::Divider => Block::Divider,
        })
    }

    /// The list of cited works under a heading.
    pub fn references(&self, heading: Span) -> Option<Block> {
        self.works.list(heading, self.rules).map(Block::References)
    }

    fn heading(&mut self, heading: written::Heading) -> Option<Heading> {
        let Entry { anchor, number } = self.outline.at(heading.span)?.clone();
        let content = self.inlines(heading.content);
        let plain = plain::resolved(&content);
        Some(Heading { level: heading.level, anchor, number, content, plain })
    }

    fn list(&mut self, list: written::List) -> List {
        let item = |item: written::ListItem| ListItem {
            task: item.task,
            blocks: self.blocks(item.blocks),
        };
        let items = list.items.into_iter().map(item).collect();
        List { start: list.start, tight: list.tight, items }
    }

    fn definition(&mut self, definition: written::Definition) -> Definition {
        Definition {
            term: self.inlines(definition.term),
            bodies: definition.bodies.into_iter().map(|body| self.blocks(body)).collect(),
            anchor: self.outline.at(definition.span).map(|entry| entry.anchor),
        }
    }

    fn figure(&mut self, figure: written::Figure) -> Option<Figure> {
        let span = figure.path.span;
        let credit = figure.attributes.credit.clone();
        let caption = self.caption(span, figure.caption, figure.attributes);
        let picture = self.gallery.find(self.path, &figure.path.text)?;
        Some(Figure { picture, alt: figure.alt, caption, credit, span })
    }

    fn table(&mut self, table: written::Table) -> Table {
        let mut row = |cells: Vec<Vec<written::Inline>>| {
            cells.into_iter().map(|cell| self.inlines(cell)).collect()
        };
        let head = row(table.head);
        let rows = table.rows.into_iter().map(&mut row).collect();
        let caption = self.caption(table.span, table.caption, table.attributes);
        Table { caption, columns: table.columns, head, rows, span: table.span }
    }

    /// The caption of what stands at `span`, if it has one.
    fn caption(
        &mut self,
        span: Span,
        title: Vec<written::Inline>,
        attributes: written::Attributes,
    ) -> Option<Caption> {
        let Entry { anchor, number } = self.outline.at(span)?.clone();
        let title = self.inlines(title);
        let source = attributes.source;
        Some(Caption { anchor, label: number.unwrap_or_default(), title, source })
    }

    /// Resolves inlines.
    pub fn inlines(&mut self, inlines: Vec<written::Inline>) -> Vec<Inline> {
        let mut resolved = Vec::with_capacity(inlines.len());
        inlines.into_iter().for_each(|inline| self.inline(inline, &mut resolved));
        resolved
    }

    /// Adds an inline, resolved. What cannot be is left out: that is or was reported as an error.
    fn inline(&mut self, inline: written::Inline, resolved: &mut Vec<Inline>) {
        let inline = match inline {
            written::Inline::Text(text) => Some(Inline::Text(text)),
            written::Inline::Emphasis(content) => {
                Some(Inline::Emphasis(self.emphasis, self.inlines(content)))
            }
            written::Inline::Strong(content) => Some(Inline::Strong(self.inlines(content))),
            written::Inline::Strike(content) => Some(Inline::Strike(self.inlines(content))),
            written::Inline::Subscript(content) => Some(Inline::Subscript(self.inlines(content))),
            written::Inline::Superscript(content) => {
                Some(Inline::Superscript(self.inlines(content)))
            }
            written::Inline::Name(content) => Some(Inline::Name(self.inlines(content))),
            written::Inline::Title(content) => Some(Inline::Title(self.inlines(content))),
            written::Inline::Dotted(content) => {
                Some(Inline::Emphasis(Emphasis::Dots, self.inlines(content)))
            }
            written::Inline::Gloss(content) => Some(Inline::Gloss(self.inlines(content))),
            written::Inline::Foreign { language, content } => {
                let content = self.inlines(content);
                Some(self.foreign(language, content))
            }
            written::Inline::Abbreviation { expansion, content } => {
                let content = self.inlines(content);
                Some(Inline::Abbreviation { expansion: expansion.text, content })
            }
            written::Inline::Indexed { mark, content } => {
                let entry = self.outline.at(mark.span);
                resolved.extend(entry.map(|entry| Inline::Anchor(entry.anchor)));
                return resolved.extend(self.inlines(content));
            }
            written::Inline::Ruby { base, reading } => {
                return resolved.extend(ruby::spread(self.inlines(base), &reading));
            }
            written::Inline::Code(text) => Some(Inline::Code(text)),
            written::Inline::Link { target, span, content } => {
                let content = self.inlines(content);
                self.link(&target, span, content)
            }
            written::Inline::PageOf { target, span } => self.page_of(&target, span),
            written::Inline::Image { path, alt } => {
                let picture = self.gallery.find(self.path, &path.text);
                picture.map(|picture| Inline::Image { picture, alt })
            }
            written::Inline::NoteMark(name) => self.notes.note(&name).map(Inline::NoteMark),
            written::Inline::Citation(citation) => {
                let words = match self.notes.citation(citation.span) {
                    Some(note) => vec![Inline::NoteMark(note)],
                    None => self.works.words(citation.span, self.rules),
                };
                if words.first().is_some_and(is_above) {
                    close_up(resolved);
                }
                return resolved.extend(words);
            }
            written::Inline::Break => Some(Inline::Break),
        };
        resolved.extend(inline);
    }

    /// Words of another language; where that has no rules, they are set by the book's.
    fn foreign(&mut self, language: written::Name, content: Vec<Inline>) -> Inline {
        let rules = script::rules(&language.text).unwrap_or_else(|| {
            let message = message!(
                "there are no rules for the language `{language}`",
                language = language.text
            );
            let hint = message!("the words are set by those of `{tag}`", tag = self.rules.tag);
            let finding = Diagnostic::new(Code::UnknownLanguage, language.span, message).hint(hint);
            self.findings.push(finding);
            self.rules
        });
        Inline::Foreign { language: language.text, rules, content }
    }

    /// Resolves a link; one without words gets the label of what it leads to.
    fn link(
        &mut self,
        target: &written::Target,
        span: Span,
        content: Vec<Inline>,
    ) -> Option<Inline> {
        let (target, label) = self.target(target, span)?;
        if !content.is_empty() {
            return Some(Inline::Link { target, content });
        }
        if label.is_empty() {
            let message = "the link has no words, and what it leads to has no label";
            let finding = Diagnostic::new(Code::NoLabel, span, message)
                .hint("write the words between the brackets: `[words](…)`");
            self.findings.push(finding);
            return None;
        }
        // The label stands nowhere in the source: its place is a point.
        let span = Span { end: span.start, ..span };
        let content = vec![Inline::Text(Text { text: label, span })];
        Some(Inline::Link { target, content })
    }

    /// Resolves the page of what a link would lead to.
    fn page_of(&mut self, target: &written::Target, span: Span) -> Option<Inline> {
        match self.target(target, span)? {
            (
                Target::Anchor(anchor)
                | Target::Entry { entry: anchor, .. }
                | Target::Citation(anchor),
                _,
            ) => {
                self.pages_told.push((anchor, span));
                Some(Inline::PageOf { anchor, span })
            }
            (Target::Url(url), _) => {
                let message = message!("`{url}` is on no page of this book", url);
                let finding = Diagnostic::new(Code::UnknownReference, span, message)
                    .hint("write `#id` or the name of a chapter's file");
                self.findings.push(finding);
                None
            }
        }
    }

    /// Where a link leads, and the label of what is there.
    fn target(&mut self, target: &written::Target, span: Span) -> Option<(Target, String)> {
        match target {
            written::Target::Url(url) => Some((Target::Url(url.clone()), String::new())),
            written::Target::Id(id) => match self.outline.id(id) {
                Some(anchor) => Some(self.inside(anchor)),
                None => self.unknown_id(id, span),
            },
            written::Target::Chapter(path) => match self.outline.chapter(path) {
                Some(entry) => Some(self.inside(entry.anchor)),
                None => self.unknown_chapter(path, span),
            },
            written::Target::Nothing(path) => {
                let message = message!("the link to `{path}` leads nowhere", path);
                let finding = Diagnostic::new(Code::UnknownReference, span, message).hint(
                    "write `#id`, the name of a chapter's file, or an address with `https://`",
                );
                self.findings.push(finding);
                None
            }
        }
    }

    /// The target and the label of an anchor.
    fn inside(&self, anchor: AnchorId) -> (Target, String) {
        (Target::Anchor(anchor), self.outline.anchors[anchor.0 as usize].label.clone())
    }

    /// Reports that nothing has the id `id`.
    fn unknown_id<T>(&mut self, id: &str, span: Span) -> Option<T> {
        let finding = Diagnostic::new(
            Code::UnknownReference,
            span,
            message!("nothing in the book has the id `{id}`", id),
        );
        let finding = match self.outline.nearest_id(id) {
            _ if self.outline.leaves_out(id) => finding.hint(
                "this edition does not have it: let `<!-- only: … -->` hold the reference too",
            ),
            Some(near) => finding.hint(message!("did you mean `#{near}`?", near)),
            None => finding.hint(message!("give what is meant the id: `{{#{id}}}`", id)),
        };
        self.findings.push(finding);
        None
    }

    /// Reports that no chapter has the file `path`.
    fn unknown_chapter<T>(&mut self, path: &BookPath, span: Span) -> Option<T> {
        let message = message!("no chapter of the book has the file `{path}`", path);
        let finding = Diagnostic::new(Code::UnknownReference, span, message);
        let finding = match self.outline.nearest_chapter(path.as_str()) {
            Some(near) => finding.hint(message!("did you mean `{near}`?", near)),
            None => finding.hint("list it in `book.toml`, or link to a chapter that is"),
        };
        self.findings.push(finding);
        None
    }
}

/// Whether an inline stands above the line, close to the word before it.
fn is_above(inline: &Inline) -> bool {
    if let Inline::Link { content, .. } = inline {
        return content.first().is_some_and(is_above);
    }
    matches!(inline, Inline::NoteMark(_) | Inline::Superscript(_))
}

/// Takes away the space that an author has written before a citation.
fn close_up(resolved: &mut [Inline]) {
    if let Some(Inline::Text(text)) = resolved.last_mut() {
        let exact = text.text.len() == text.span.range().len();
        while text.text.ends_with(' ') {
            text.text.pop();
            text.span.end -= u32::from(exact);
        }
    }
}
