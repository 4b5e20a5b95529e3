//! Blocks as strips: pieces of a column, one under the other, that a page break may part.

use std::ops::RangeInclusive;

use super::axis::{Area, Drawn, Spot};
use super::code;
use super::flow::Flow;
use super::folios::Folios;
use super::index;
use super::order::in_order;
use super::page::Ink;
use super::set::{Galley, Mark, NoteElements, Paragraph, Stands, Stretch};
use super::shape::Shapers;
use super::starts::TextPlace;
use super::structure::{ElementId, Role, Tag, Tags};
use super::style::{Adjust, Design, Setting, TextStyle};
use super::tables;
use crate::book::{AnchorId, Block, Book, Chapter, Heading, Inline, NoteId};
use crate::diag::{Code, Diagnostic, Place};
use crate::script::gap_after;
use crate::units::Length;

/// A piece of a column that no page break divides.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    /// Space before it, which is dropped at the head of a page.
    pub space: Length,
    /// Its own height, in the block direction.
    pub height: Length,
    /// Space after it, wherever it stands.
    pub after: Length,
    /// What it draws, in places from where it begins.
    pub drawn: Stretch,
    /// Whether it stands on the grid of the body lines.
    pub grid: Grid,
    /// Whether the page may end after it.
    pub keep: Keep,
    /// What it is to the page.
    pub kind: Kind,
    /// The anchors that stand at its head.
    pub anchors: Vec<AnchorId>,
    /// Where in the source it begins, where it is part of a chapter's text.
    pub begins: Option<TextPlace>,
}

/// Whether a strip stands on the grid of the body lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grid {
    /// It begins at the next line of the grid.
    #[default]
    On,
    /// It begins where the strip before it ends.
    Off,
}

/// Whether the page may end after a strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// It may.
    #[default]
    Free,
    /// The next strip stands on the same page.
    WithNext,
}

impl Keep {
    /// Line `index` of a paragraph of `count`: two at least stand on either side of a page break.
    pub const fn of_line(index: usize, count: usize) -> Self {
        let edge = index == 0 || index + 2 == count;
        if edge && count > 1 { Self::WithNext } else { Self::Free }
    }
}

/// What a strip is to the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// It stays where it is.
    #[default]
    Plain,
    /// It may move to the head of the next page while the text goes on.
    Float,
    /// The head of a table.
    Head(usize),
    /// A later row of a table, which has the table's head above it on the same page.
    Row(usize),
    /// A heading.
    Heading,
    /// A line of the text; its paragraph is one of [`Strips::origins`].
    Line(usize),
}

/// A paragraph of the text, which can be set anew in another number of lines.
#[derive(Clone, Debug)]
pub struct Origin<'a> {
    /// Its words.
    pub inlines: &'a [Inline],
    /// The pages that they tell.
    pub folios: &'a Folios,
    /// How it is set, and where.
    pub frame: Frame,
    /// The numbers of lines that it may have by its width.
    pub range: RangeInclusive<usize>,
    /// The lines that it has.
    pub lines: usize,
    /// How many of them stay as they are: the first one beside a label.
    pub fixed: usize,
    /// What its words belong to.
    pub tags: Tags,
}

/// The strips of a chapter.
#[derive(Debug, Default)]
pub struct Strips<'a> {
    /// What they draw from.
    pub galley: Galley,
    /// The text, from top to bottom.
    pub body: Vec<Strip>,
    /// The notes, by their place in the chapter.
    pub notes: Vec<Vec<Strip>>,
    /// What stands above the further rows of each table on a new page.
    pub heads: Vec<Vec<Strip>>,
    /// The paragraphs of the text that can be set anew.
    pub origins: Vec<Origin<'a>>,
}

/// Where a block stands, and how plain paragraphs are set there.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Where its lines begin, from the edge of the column.
    pub inline: Length,
    /// How paragraphs are set.
    pub setting: Setting,
    /// Whether paragraphs are followed by no space, as in notes and the items of lists.
    pub depth: u8,
}

/// What every part of a book is set with.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    /// The book.
    pub book: &'a Book,
    /// The glyphs' source.
    pub shapers: &'a Shapers<'a>,
    /// The design.
    pub design: &'a Design,
    /// The pages that are known.
    pub folios: &'a Folios,
}

/// Turns blocks into strips.
pub struct Builder<'a> {
    pub(super) book: &'a Book,
    pub(super) shapers: &'a Shapers<'a>,
    pub(super) design: &'a Design,
    /// The pages that its words tell.
    pub(super) folios: &'a Folios,
    pub(super) made: Strips<'a>,
    /// Where strips go now: the body or a note.
    pub(super) column: Vec<Strip>,
    /// Space that the next strip gets before it.
    pub(super) space: Length,
    /// Anchors that stood where nothing is drawn; the next strip gets them.
    pub(super) waiting: Vec<AnchorId>,
    /// The element that blocks go into.
    inside: ElementId,
    /// The sections that are open, by the level of their headings, and what each is part of.
    sections: Vec<(u8, ElementId)>,
}

impl<'a> Builder<'a> {
    /// A builder of strips for a book; they belong to an element of `role`.
    pub fn new(workshop: Workshop<'a>, role: Role) -> Self {
        let Workshop { book, shapers, design, folios } = workshop;
        let mut made = Strips::default();
        let inside = made.galley.element(role, None);
        let (column, sections, waiting) = (Vec::new(), Vec::new(), Vec::new());
        let space = Length::ZERO;
        Self { book, shapers, design, folios, made, column, space, waiting, inside, sections }
    }

    /// Adds an element to the one that is open.
    pub(super) fn element(&mut self, role: Role) -> ElementId {
        self.made.galley.element(role, Some(self.inside))
    }

    /// The element that is open.
    pub(super) fn inside(&self) -> ElementId {
        self.inside
    }

    /// Opens an element for what `build` adds.
    pub(super) fn within<T>(&mut self, role: Role, build: impl FnOnce(&mut Self) -> T) -> T {
        let inside = self.element(role);
        let around = std::mem::replace(&mut self.inside, inside);
        let built = build(self);
        self.inside = around;
        built
    }

    /// The tags of words in an element of their own.
    pub(super) fn tags(&mut self, flow: &Flow<'_>, role: Role) -> Tags {
        let element = self.element(role);
        self.made.galley.adopt(flow, element)
    }

    /// The strips of a chapter: opening, text, notes.
    pub fn chapter(mut self, chapter: &'a Chapter) -> Strips<'a> {
        for _ in &chapter.notes {
            let element = self.element(Role::Note);
            self.made.galley.notes.push(NoteElements { element, reference: None });
        }
        self.opening(chapter);
        let frame = self.frame(self.design.body);
        for block in in_order(&chapter.blocks) {
            self.blocks(std::slice::from_ref(block), frame);
        }
        self.report_end(chapter);
        keep_lines_together(&mut self.column);
        self.made.body = std::mem::take(&mut self.column);
        for (index, note) in chapter.notes.iter().enumerate() {
            self.note(NoteId(index as u32), &note.blocks);
        }
        self.made
    }

    /// Reports a chapter without text, and a heading that nothing follows.
    fn report_end(&mut self, chapter: &'a Chapter) {
        let (what, words) = match chapter.blocks.last() {
            None => ("this chapter holds no text", &chapter.title),
            Some(Block::Heading(heading)) => ("nothing follows this heading", &heading.content),
            Some(_) => return,
        };
        let place = Flow::new(words, self.design.body.text, self.folios)
            .place
            .map_or(Place::Book, Place::Span);
        let finding = Diagnostic::new(Code::NothingFollows, place, what)
            .hint("write what stands under it, or take it out");
        self.made.galley.findings.push(finding);
    }

    /// The strips made so far without a chapter around them.
    pub fn finish(mut self) -> Strips<'a> {
        self.made.body = std::mem::take(&mut self.column);
        self.made
    }

    pub(super) fn frame(&self, setting: Setting) -> Frame {
        Frame { inline: Length::ZERO, setting, depth: 0 }
    }

    /// The strips of blocks one under the other.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: Frame) {
        for block in blocks {
            match block {
                Block::Heading(heading) => self.heading(heading, frame),
                Block::Paragraph(inlines) => self.text(inlines, frame),
                Block::Quote(blocks) => self.quote(blocks, frame),
                Block::List(list) => self.list(list, frame),
                Block::Definitions(definitions) => self.definitions(definitions, frame),
                Block::Code { text, tokens, .. } => code::build(self, text, tokens, frame),
                Block::Figure(figure) => self.figure(figure),
                Block::Table(table) => tables::build(self, table),
                Block::Index(index) => index::build(self, index),
                Block::Divider => self.divider(frame),
                Block::References(references) => self.references(references, frame),
            }
        }
        if let (false, Some(last)) = (self.waiting.is_empty(), self.column.last_mut()) {
            last.anchors.append(&mut self.waiting);
        }
    }

    /// Adds a strip `height` high, drawn by `draw`.
    pub(super) fn strip(&mut self, height: Length, draw: impl FnOnce(&mut Galley)) -> &mut Strip {
        let drawn = self.made.galley.stretch(draw);
        let space = std::mem::take(&mut self.space);
        let anchors = std::mem::take(&mut self.waiting);
        self.column.push(Strip { space, height, drawn, anchors, ..Strip::default() });
        let last = self.column.len() - 1;
        &mut self.column[last]
    }

    /// A paragraph of the text. Where it stands on the grid, a page may ask for it in another number
    /// of lines.
    pub(super) fn text(&mut self, inlines: &'a [Inline], frame: Frame) {
        let setting = frame.setting;
        let flow = Flow::new(inlines, setting.text, self.folios);
        let tags = self.tags(&flow, Role::Paragraph);
        let paragraph = Paragraph::new(&flow, setting, self.shapers).tagged(tags);
        let first = self.column.len();
        self.lines(&paragraph, setting, frame.inline);
        let (range, lines) = (paragraph.line_range(), paragraph.lines());
        let on_grid = setting.leading == self.design.sheet.leading;
        if on_grid && setting.adjust == Adjust::Justify && range != (lines..=lines) {
            let kind = Kind::Line(self.made.origins.len());
            self.column[first..].iter_mut().for_each(|strip| strip.kind = kind);
            let (fixed, folios) = (0, self.folios);
            let origin = Origin { inlines, folios, frame, range, lines, fixed, tags };
            self.made.origins.push(origin);
        }
    }

    /// The lines of a paragraph, at least two of them on either side of a page break (R50).
    pub(super) fn paragraph(
        &mut self,
        flow: &Flow<'_>,
        tags: Tags,
        setting: Setting,
        inline: Length,
    ) {
        self.lines(&Paragraph::new(flow, setting, self.shapers).tagged(tags), setting, inline);
    }

    /// The lines of a paragraph that is broken already.
    pub(super) fn lines(&mut self, paragraph: &Paragraph<'_>, setting: Setting, inline: Length) {
        let first = self.column.len();
        let shapers = self.shapers;
        let at = Spot { inline, block: setting.baseline() };
        for line in 0..paragraph.lines() {
            let strip =
                self.strip(setting.leading, |galley| paragraph.draw(line, at, shapers, galley));
            strip.begins = paragraph.begins(line);
            strip.anchors.extend(paragraph.anchors(line));
        }
        if paragraph.lines() == 0 {
            self.waiting.extend(paragraph.all_anchors());
        }
        let grid = if setting.leading == self.design.sheet.leading { Grid::On } else { Grid::Off };
        let lines = &mut self.column[first..];
        let count = lines.len();
        for (index, strip) in lines.iter_mut().enumerate() {
            strip.grid = grid;
            strip.keep = Keep::of_line(index, count);
        }
    }

    /// Leaves at least `space` before the next strip.
    pub(super) fn leave(&mut self, space: Length) {
        if !self.column.is_empty() {
            self.space = self.space.max(space);
        }
    }

    /// The opening of a chapter: number, title and source in eight lines of the grid.
    fn opening(&mut self, chapter: &'a Chapter) {
        let design = self.design;
        let shapers = self.shapers;
        let line = design.sheet.leading;
        let label = design.label(10.5);
        let number = Flow::text(
            chapter.number.as_deref().unwrap_or_default(),
            label.text.inked(Ink::Accent),
        );
        let setting = design.title();
        let flow = Flow::new(&chapter.title, setting.text, self.folios);
        let source_setting = design.label(8.5);
        let source = self.source_lines(chapter, source_setting.text.inked(Ink::Quiet));
        let heading = self.element(Role::Heading(1));
        let [of_number, of_title] =
            [&number, &flow].map(|flow| self.made.galley.adopt(flow, heading));
        let of_source = self.tags(&source, Role::Paragraph);
        let number = Paragraph::new(&number, label, shapers).tagged(of_number);
        let title = Paragraph::new(&flow, setting, shapers).tagged(of_title);
        let source = Paragraph::new(&source, source_setting, shapers).tagged(of_source);

        let title_depth = setting.leading * title.lines() as i32;
        let source_depth = source_setting.leading * source.lines() as i32;
        let needed = line * 3 + title_depth + source_depth + line.fraction(3, 2);
        if needed + line > design.sheet.depth() {
            // An opening that no page holds is divided like paragraphs.
            let first = self.column.len();
            let parts = [(&number, label), (&title, setting), (&source, source_setting)];
            for (paragraph, setting) in parts {
                self.lines(paragraph, setting, Length::ZERO);
            }
            self.leave(line);
            self.column[first].anchors.push(chapter.anchor);
            return;
        }
        let lines = (needed.whole(line) + 1).max(8);
        let strip = self.strip(line * lines, |galley| {
            let mut block = line + line.fraction(1, 2);
            draw_lines(&number, label, block, shapers, galley);
            block += label.leading + line.fraction(1, 4);
            draw_lines(&title, setting, block, shapers, galley);
            block += title_depth + line.fraction(1, 2);
            draw_lines(&source, source_setting, block, shapers, galley);
            block += source_depth + line.fraction(1, 2);
            let rect = Area::new(Length::ZERO, block, setting.measure, Length::pt(0.5));
            galley.tag(Tag::LAYOUT);
            galley.items.push(Drawn::Rule { rect, ink: Ink::Accent });
        });
        strip.keep = Keep::WithNext;
        strip.anchors.push(chapter.anchor);
        strip.anchors.extend(title.all_anchors());
    }

    /// Institution and date of the piece that a chapter digests, and its title as cited on a line of
    /// its own.
    fn source_lines(&self, chapter: &Chapter, style: TextStyle) -> Flow<'static> {
        let mut flow = Flow::default();
        let Some(source) = &chapter.source else { return flow };
        let day = self.shapers.rules().day(&source.date);
        let language = self.shapers.rules().language(&source.language);
        let parts = [source.institution.as_str(), &day, language];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        flow.push_text(parts.join("\u{3000}"), style);
        if !source.title.is_empty() {
            flow.push_break(style);
            flow.push_text(source.title.clone(), style);
        }
        for further in [&source.note, &source.url].into_iter().filter(|it| !it.is_empty()) {
            flow.push_break(style);
            flow.push_text(further.clone(), style);
        }
        flow
    }

    /// Begins a section, which ends those of its level and below.
    fn section(&mut self, level: u8) {
        while let Some((_, around)) = self.sections.pop_if(|(open, _)| *open >= level) {
            self.inside = around;
        }
        self.sections.push((level, self.inside));
        self.inside = self.element(Role::Section);
    }

    /// A heading in whole lines of the grid, kept with the text after it.
    fn heading(&mut self, heading: &'a Heading, frame: Frame) {
        let (setting, lines) = self.design.heading(heading.level);
        let setting = Setting { measure: frame.setting.measure, ..setting };
        let mut flow = Flow::default();
        if let Some(number) = &heading.number {
            flow.push_text(number.as_str(), setting.text);
            flow.push_text(gap_after(number), setting.text);
        }
        flow.push(&heading.content, setting.text, self.folios);
        let shapers = self.shapers;
        if frame.depth == 0 {
            self.section(heading.level);
        }
        let tags = self.tags(&flow, Role::Heading(heading.level));
        let paragraph = Paragraph::new(&flow, setting, shapers).tagged(tags);
        let line = self.design.sheet.leading;
        let depth = setting.leading * paragraph.lines() as i32;
        // A third of the lead stands below the heading, which belongs to what follows.
        let total = line * (lines + paragraph.lines() as i32 - 1);
        let below = (total - depth).fraction(1, 3);
        let space = total - depth - below;
        if self.column.last().is_some_and(|strip| strip.kind == Kind::Heading) {
            // Of two headings one under the other, the second gives back a line (R49).
            self.space = space - line;
        } else {
            self.leave(space);
        }
        if depth > self.design.sheet.depth() / 2 {
            // A heading this long is divided like a paragraph.
            let first = self.column.len();
            self.lines(&paragraph, setting, frame.inline);
            self.column[first].anchors.push(heading.anchor);
            return;
        }
        let strip = self.strip(depth + below, |galley| {
            draw_lines_at(
                &paragraph,
                setting,
                Spot { inline: frame.inline, block: Length::ZERO },
                shapers,
                galley,
            );
        });
        strip.grid = Grid::Off;
        strip.keep = Keep::WithNext;
        strip.kind = Kind::Heading;
        strip.anchors.push(heading.anchor);
        strip.anchors.extend(paragraph.all_anchors());
        strip.begins = paragraph.begins(0);
    }

    /// A quotation: two ems in, in Kai, a blank line before and after.
    fn quote(&mut self, blocks: &'a [Block], frame: Frame) {
        let design = self.design;
        let inset = frame.setting.inset(frame.setting.text.size * 2);
        let setting = Setting {
            text: TextStyle { font: design.quote.text.font, ..frame.setting.text },
            indent: frame.setting.indent,
            ..frame.setting.narrowed(inset)
        };
        self.leave(frame.setting.leading);
        let inner = Frame { inline: frame.inline + inset, setting, depth: frame.depth + 1 };
        self.within(Role::Quote, |builder| builder.blocks(blocks, inner));
        self.leave(frame.setting.leading);
    }

    /// A short centred rule between two scenes.
    fn divider(&mut self, frame: Frame) {
        let line = frame.setting.leading;
        let width = frame.setting.text.size * 4;
        let inline = frame.inline + (frame.setting.measure - width).fraction(1, 2);
        self.strip(line, |galley| {
            let rect = Area::new(inline, line.fraction(1, 2), width, Length::pt(0.5));
            galley.tag(Tag::LAYOUT);
            galley.items.push(Drawn::Rule { rect, ink: Ink::Text });
        });
    }

    /// A note: its mark hung before its lines.
    fn note(&mut self, note: NoteId, blocks: &'a [Block]) {
        let setting = self.design.note;
        let hang = setting.text.size.fraction(3, 2);
        let frame = Frame { inline: hang, setting: setting.narrowed(hang), depth: 1 };
        self.inside = self.made.galley.notes[note.0 as usize].element;
        let label = self.element(Role::Label);
        let tag = Tag::Element(self.made.galley.element(Role::Link, Some(label)));
        self.blocks(blocks, frame);
        self.space = Length::ZERO;
        let mut strips = std::mem::take(&mut self.column);
        if let Some(first) = strips.first_mut() {
            let mark = Mark {
                note,
                stands: Stands::BeforeNote,
                tag,
                before: first.drawn.items.start,
                at: Spot { inline: Length::ZERO, block: setting.baseline() },
                style: setting.text,
            };
            let items = first.drawn.items.clone();
            let start = self.made.galley.marks.len() as u32;
            self.made.galley.marks.push(mark);
            first.drawn = Stretch { items, marks: start..start + 1 };
        }
        self.made.notes.push(strips);
    }
}

/// Keeps two lines of text under a heading and on the last page of a chapter (R50), also where they
/// are paragraphs of their own.
fn keep_lines_together(column: &mut [Strip]) {
    for index in 1..column.len().saturating_sub(1) {
        let under_heading = column[index - 1].kind == Kind::Heading;
        if under_heading && column[index].kind != Kind::Float {
            column[index].keep = Keep::WithNext;
        }
    }
    if let [.., before, last] = column
        && last.kind != Kind::Float
        && before.kind != Kind::Float
    {
        before.keep = Keep::WithNext;
    }
}

/// Draws every line of a paragraph from `block` on, at the edge where lines begin.
pub(super) fn draw_lines(
    paragraph: &Paragraph<'_>,
    setting: Setting,
    block: Length,
    shapers: &Shapers<'_>,
    galley: &mut Galley,
) {
    draw_lines_at(paragraph, setting, Spot { inline: Length::ZERO, block }, shapers, galley);
}

/// Draws every line of a paragraph from `at` on.
pub(super) fn draw_lines_at(
    paragraph: &Paragraph<'_>,
    setting: Setting,
    at: Spot,
    shapers: &Shapers<'_>,
    galley: &mut Galley,
) {
    for line in 0..paragraph.lines() {
        let block = at.block + setting.leading * line as i32 + setting.baseline();
        paragraph.draw(line, Spot { inline: at.inline, block }, shapers, galley);
    }
}
