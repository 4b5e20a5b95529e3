//! Lines with their ends known: every gap gets its width, every glyph its place.

mod marks;

use std::ops::{Range, RangeInclusive};

use super::atoms::{Atom, Atoms, Body, End, Gap, SHRINKS, STRETCHES, advance, mark_size};
use super::axis::{Area, Drawn, Spot};
use super::breaks::{Breaker, Line, Measure, Variants};
use super::flow::{Content, Flow, Leads, Piece};
use super::page::{Glyph, GlyphRun};
use super::shape::Shapers;
use super::starts::TextPlace;
use super::structure::{Element, ElementId, Role, Tag, Tags};
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{AnchorId, NoteId};
use crate::diag::{Code, Diagnostic, Place};
use crate::font::{FaceId, Family, Style, Weight};
use crate::script::{Class, Dots};
use crate::units::Length;

/// Everything that a chapter draws, before it is divided into pages; lines and other pieces refer
/// into it.
#[derive(Debug, Default)]
pub struct Galley {
    /// Items, in places of the piece they belong to.
    pub items: Vec<Drawn>,
    /// The glyphs of their runs.
    pub glyphs: Vec<Glyph>,
    /// The characters of those.
    pub text: String,
    /// The marks of notes.
    pub marks: Vec<Mark>,
    /// What the items are, each element after the one that it is part of, but for notes.
    pub elements: Vec<Element>,
    /// The elements of the notes, by their place in the chapter.
    pub notes: Vec<NoteElements>,
    /// What was noticed on the way.
    pub findings: Vec<Diagnostic>,
}

/// The elements of a note.
#[derive(Clone, Copy, Debug)]
pub struct NoteElements {
    /// The note's own.
    pub element: ElementId,
    /// That of its mark, once that is set.
    pub reference: Option<ElementId>,
}

/// The mark of a note, drawn when the page gives it a number.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The note.
    pub note: NoteId,
    /// Where it stands.
    pub stands: Stands,
    /// What it belongs to.
    pub tag: Tag,
    /// The item that it stands before.
    pub before: u32,
    /// Where it begins: its baseline.
    pub at: Spot,
    /// How it looks.
    pub style: TextStyle,
}

/// Where a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the text.
    InText,
    /// Before its note.
    BeforeNote,
}

/// A stretch of a [`Galley`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Which items.
    pub items: Range<u32>,
    /// Which marks.
    pub marks: Range<u32>,
}

impl Galley {
    /// What `draw` adds.
    pub fn stretch(&mut self, draw: impl FnOnce(&mut Self)) -> Stretch {
        let (items, marks) = (self.items.len(), self.marks.len());
        draw(self);
        // A chapter has fewer than 4 G items.
        Stretch {
            items: items as u32..self.items.len() as u32,
            marks: marks as u32..self.marks.len() as u32,
        }
    }
}

impl Galley {
    /// Draws again what pieces drew, each `by` so much further on, as one piece.
    pub fn gather<'p>(&mut self, pieces: impl Iterator<Item = (&'p Stretch, Spot)>) -> Stretch {
        self.stretch(|galley| pieces.for_each(|(piece, by)| galley.again(piece, by)))
    }

    /// Draws a piece again that says nothing new: as an artifact.
    pub fn repeat(&mut self, piece: &Stretch) -> Stretch {
        let again = self.stretch(|galley| galley.again(piece, Spot::default()));
        let items = again.items.start as usize..again.items.end as usize;
        for item in &mut self.items[items] {
            if let Drawn::Tag(tag) = item {
                *tag = Tag::LAYOUT;
            }
        }
        let marks = again.marks.start as usize..again.marks.end as usize;
        self.marks[marks].iter_mut().for_each(|mark| mark.tag = Tag::LAYOUT);
        again
    }

    /// Adds what a piece drew, `by` further on.
    fn again(&mut self, piece: &Stretch, by: Spot) {
        let moved = self.items.len() as u32;
        for index in piece.items.clone() {
            let item = self.items[index as usize].moved(by);
            self.items.push(item);
        }
        for index in piece.marks.clone() {
            let mark = self.marks[index as usize];
            let before = moved + (mark.before - piece.items.start);
            let at = by + mark.at;
            self.marks.push(Mark { before, at, ..mark });
        }
    }
}

/// A paragraph with its line ends.
pub struct Paragraph<'f> {
    flow: &'f Flow<'f>,
    setting: Setting,
    atoms: Atoms,
    /// The end of every line, and what its gaps add up to.
    lines: Vec<(usize, Line)>,
    tags: Tags,
}

impl<'f> Paragraph<'f> {
    /// Breaks `flow` into lines by `setting`.
    pub fn new(flow: &'f Flow<'f>, setting: Setting, shapers: &Shapers<'_>) -> Self {
        let atoms = Atoms::set(flow, &setting, shapers);
        let lines = Breaker::new(&atoms).lines(&Measure::new(&setting));
        Self { flow, setting, atoms, lines, tags: Tags::plain(Tag::LAYOUT) }
    }

    /// The same, drawn with `tags`. Without, it is an artifact.
    pub fn tagged(self, tags: Tags) -> Self {
        Self { tags, ..self }
    }

    /// The ways to set the lines from `line` on in another number of lines.
    pub fn variants(&self, line: usize) -> Variants {
        let start = self.start(line);
        Breaker::new(&self.atoms).variants(start, &Measure::new(&self.setting))
    }

    /// Takes other ends for the lines from `line` on.
    pub fn end_otherwise(&mut self, line: usize, ends: &[usize]) {
        let measure = Measure::new(&self.setting);
        let lines = Breaker::new(&self.atoms).lines_of(ends, self.start(line), &measure);
        self.lines.truncate(line);
        self.lines.extend(lines);
    }

    /// The numbers of lines that its words could fill, one less or more than they do, by their width
    /// alone: with all gaps shrunk, or with a few ems more between hanzi.
    pub fn line_range(&self) -> RangeInclusive<usize> {
        let em = i64::from(self.setting.text.size.raw());
        let full = i64::from(self.setting.measure.raw());
        let room = |lines: usize| full * lines as i64 - i64::from(self.setting.indent.raw());
        let sum = |width: &dyn Fn(&Line) -> i64| -> i64 {
            self.lines.iter().map(|(_, line)| width(line)).sum()
        };
        let lines = self.lines.len();
        let least = sum(&|line| i64::from(line.natural - line.shrink.iter().sum::<i32>()));
        let most = sum(&|line| i64::from(line.natural + line.stretch.iter().sum::<i32>()))
            + em * MOST_GIVEN;
        let fewer = lines > 1 && least <= room(lines - 1);
        // A last line of one character is none.
        let more = most >= room(lines) + em * 2;
        lines - usize::from(fewer)..=lines + usize::from(more)
    }

    /// The width of line `index` without any change.
    pub fn line_width(&self, index: usize) -> Length {
        Length::from_raw(self.lines.get(index).map_or(0, |(_, line)| line.natural))
    }

    /// The first atom of a line.
    fn start(&self, line: usize) -> usize {
        line.checked_sub(1).map_or(0, |before| self.lines[before].0)
    }

    /// Where in the source line `index` begins; none where it shows nothing of it.
    pub fn begins(&self, index: usize) -> Option<TextPlace> {
        let end = self.lines.get(index)?.0;
        self.atoms.atoms[self.start(index)..end].iter().find_map(|atom| {
            let piece = &self.flow.pieces[atom.piece as usize];
            let before = atom.from - self.atoms.firsts[atom.piece as usize];
            let characters = match piece.content {
                // A cell holds two.
                Content::Gloss(_) => before * 2,
                Content::Text(_)
                | Content::Code(_)
                | Content::Mark(_)
                | Content::Picture(..)
                | Content::Break => before,
            };
            Some(TextPlace { start: piece.start?, characters })
        })
    }

    /// The places in line `index` that the index tells; without lines, all stand in the first.
    pub fn anchors(&self, index: usize) -> impl Iterator<Item = AnchorId> {
        let anchors = self.flow.anchors.iter();
        anchors.filter(move |(_, piece)| self.line_of(*piece) == index).map(|(anchor, _)| *anchor)
    }

    /// All places that the index tells.
    pub fn all_anchors(&self) -> impl Iterator<Item = AnchorId> {
        self.flow.anchors.iter().map(|(anchor, _)| *anchor)
    }

    /// The line in which a piece begins; the last one for what stands behind all.
    fn line_of(&self, piece: u32) -> usize {
        let atoms = &self.atoms.atoms;
        let first = self.atoms.firsts.get(piece as usize).copied();
        let end = first.map_or(atoms.len(), |first| atoms.partition_point(|it| it.from <= first));
        let atom = end.saturating_sub(1);
        let line = self.lines.partition_point(|(end, _)| *end <= atom);
        line.min(self.lines.len().saturating_sub(1))
    }

    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Draws line `index`, its baseline starting at `at`.
    pub fn draw(&self, index: usize, at: Spot, shapers: &Shapers<'_>, galley: &mut Galley) {
        let start = self.start(index);
        let (end, line) = self.lines[index];
        let indent = if index == 0 { self.setting.indent } else { Length::ZERO };
        let room = (self.setting.measure - indent).raw().saturating_sub(line.natural);
        let kind = self.atoms.gaps[end - 1].end;
        let fills = self.setting.adjust == Adjust::Justify && kind != End::Forced;
        let share = Share::new(&line, room, fills.then(|| Measure::new(&self.setting)));
        let finding = self.finding(&line, &share, kind);
        // Once is enough for a paragraph.
        galley.findings.extend(finding.filter(|one| galley.findings.last() != Some(one)));
        let room = Length::from_raw(room.max(0));
        let inline = at.inline
            + indent
            + match self.setting.adjust {
                Adjust::Justify | Adjust::Start => Length::ZERO,
                Adjust::Centre => room.fraction(1, 2),
                Adjust::End => room,
            };
        let mut pen = Pen::new(self, shapers, galley, Spot { inline, block: at.block });
        pen.line(start..end, &share);
    }

    /// What the author is told of a line.
    fn finding(&self, line: &Line, share: &Share, end: End) -> Option<Diagnostic> {
        let (code, message) = match share.fit {
            Fit::Overfull => {
                (Code::OverfullLine, "a line of this paragraph is wider than the measure")
            }
            // Only an address leaves no gap to stretch, and may end where it allows.
            Fit::Short if line.elastic > 0 => (
                Code::ShortLine,
                "a line of this paragraph stands short of the edge, for what follows has no room \
                 on it",
            ),
            _ if end == End::LetGo => {
                (Code::LetGo, "a line of this paragraph is divided where no line should end")
            }
            Fit::Short | Fit::Full => return None,
        };
        let place = self.flow.place.map_or(Place::Book, Place::Span);
        Some(Diagnostic::new(code, place, message).hint("allow a break with U+200B or reword"))
    }
}

/// The ems between hanzi that a paragraph gives for a line more: beyond, too many lines leave the grid.
const MOST_GIVEN: i64 = 3;
/// What the hyphen of a divided word stands for.
const SOFT_HYPHEN: char = '\u{AD}';
/// The sign whose ink is a dot.
const DOT: char = '•';
/// The sign whose ink is a sesame.
const SESAME: char = '﹅';

/// How much every gap of a line gives or takes.
#[derive(Clone, Copy, Debug)]
struct Share {
    /// What is taken of each tier: part of whole.
    shrink: [(i32, i32); SHRINKS],
    /// What is given to each tier: part of whole.
    stretch: [(i32, i32); STRETCHES],
    /// What every elastic gap gets at last.
    spread: i32,
    /// What came of it.
    fit: Fit,
}

/// Whether a line fills the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// It does, or need not.
    Full,
    /// It would have to be stretched more than any line may be.
    Short,
    /// Nothing made it fit.
    Overfull,
}

impl Share {
    /// Shares `room` among the gaps of a line; what is short (`room` below zero) is always taken,
    /// what is left over is given where the line is to fill `measure`.
    fn new(line: &Line, room: i32, measure: Option<Measure>) -> Self {
        let mut share = Self {
            shrink: line.shrink.map(|whole| (0, whole)),
            stretch: line.stretch.map(|whole| (0, whole)),
            spread: 0,
            fit: Fit::Full,
        };
        if room < 0 {
            let mut rest = -room;
            for (part, whole) in &mut share.shrink {
                *part = rest.min(*whole).max(0);
                rest -= *part;
            }
            // A scaled point or two is rounding.
            share.fit = if rest > 64 { Fit::Overfull } else { Fit::Full };
        } else if let Some(measure) = measure {
            let mut rest = room;
            for (part, whole) in &mut share.stretch {
                *part = rest.min(*whole).max(0);
                rest -= *part;
            }
            match measure.spread(line.elastic, rest) {
                Some(spread) => share.spread = spread,
                None => share.fit = Fit::Short,
            }
        }
        share
    }

    /// The width of a gap.
    fn width(&self, gap: &Gap) -> Length {
        let portion = |(part, whole), by: Length| {
            if part > 0 { by.fraction(part, whole) } else { Length::ZERO }
        };
        let mut width = gap.natural;
        if let Some((tier, by)) = gap.shrink {
            width -= portion(self.shrink[tier as usize], by);
        }
        if let Some((tier, by)) = gap.stretch {
            width += portion(self.stretch[tier as usize], by);
        }
        if gap.elastic {
            width += Length::from_raw(self.spread);
        }
        width
    }
}

/// What an item is drawn with: while it stays the same, glyphs go into one run.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    face: FaceId,
    style: TextStyle,
}

/// Draws the atoms of one line.
struct Pen<'a> {
    paragraph: &'a Paragraph<'a>,
    shapers: &'a Shapers<'a>,
    galley: &'a mut Galley,
    at: Spot,
    run: Option<(Look, GlyphRun<Spot>)>,
    /// What the last item belongs to; not known before the first.
    tag: Option<Tag>,
    link: Option<(Leads<'a>, Length, &'a Piece<'a>)>,
    strike: Option<(Length, TextStyle)>,
    /// Marks that have begun.
    open: marks::Open,
    /// Where dots of emphasis stand: the middle of each hanzi, how much lower, and its style.
    dots: Vec<(Length, Length, TextStyle)>,
}

impl<'a> Pen<'a> {
    fn new(
        paragraph: &'a Paragraph<'a>,
        shapers: &'a Shapers<'a>,
        galley: &'a mut Galley,
        at: Spot,
    ) -> Self {
        Self {
            paragraph,
            shapers,
            galley,
            at,
            run: None,
            tag: None,
            link: None,
            strike: None,
            open: marks::Open::default(),
            dots: Vec::new(),
        }
    }

    fn line(&mut self, range: Range<usize>, share: &Share) {
        let atoms = &self.paragraph.atoms;
        let last = range.end - 1;
        for index in range.clone() {
            let atom = &atoms.atoms[index];
            self.atom(atom);
            let gap = &atoms.gaps[index];
            if index == last {
                if matches!(gap.end, End::Hyphen(_)) {
                    self.hyphen(atom);
                }
                break;
            }
            if gap.space.is_some() {
                self.space();
            }
            self.at.inline += share.width(gap);
        }
        self.end_link();
        self.end_strike();
        self.end_run();
        self.end_marks(&range);
        self.draw_dots();
    }

    fn atom(&mut self, atom: &Atom) {
        let piece = &self.paragraph.flow.pieces[atom.piece as usize];
        self.follow_link(piece);
        self.follow_strike(piece.style);
        self.follow_marks(atom, piece);
        self.follow(self.paragraph.tags.of(piece.element));
        match &atom.body {
            Body::Glyphs { face, glyphs, text, shift } => {
                let look = Look { face: *face, style: piece.style };
                if piece.style.dotted && matches!(atom.first, Class::Han | Class::Small) {
                    let centre = self.at.inline + atom.width.fraction(1, 2);
                    self.dots.push((centre, marks::dot_drop(piece), piece.style));
                }
                self.glyphs(look, glyphs.clone(), text.clone(), *shift);
            }
            Body::Mark(note) => {
                self.end_run();
                let size = mark_size(piece.style);
                let rise = piece.style.size.fraction(35, 100);
                let at = Spot { inline: self.at.inline, block: self.at.block - rise };
                let style = TextStyle { size, ..piece.style };
                let before = self.galley.items.len() as u32;
                let tag = self.paragraph.tags.of(piece.element);
                let (note, stands) = (*note, Stands::InText);
                self.galley.marks.push(Mark { note, stands, tag, before, at, style });
                // The page draws it among the items.
                self.tag = None;
            }
            Body::Picture(picture) => {
                self.end_run();
                let size = atom.width;
                let rect =
                    Area::new(self.at.inline, self.at.block - size.fraction(88, 100), size, size);
                let alt = match &piece.content {
                    Content::Picture(_, alt) => (*alt).to_owned(),
                    Content::Text(_)
                    | Content::Code(_)
                    | Content::Gloss(_)
                    | Content::Mark(_)
                    | Content::Break => String::new(),
                };
                if alt.is_empty() {
                    self.follow(Tag::LAYOUT);
                }
                self.galley.items.push(Drawn::Picture { picture: *picture, rect, alt });
            }
            // Drawn with the last of its cells in the line.
            Body::Cell(_) => {}
        }
        self.at.inline += atom.width;
    }

    /// Adds the glyphs of an atom to the run of its look.
    fn glyphs(&mut self, look: Look, glyphs: Range<u32>, text: Range<u32>, shift: Length) {
        let atoms = &self.paragraph.atoms;
        let offset = self.galley.text.len() as u32;
        self.galley.text.push_str(&atoms.text[text.start as usize..text.end as usize]);
        let shaped = &atoms.glyphs[glyphs.start as usize..glyphs.end as usize];
        let mut inline = self.at.inline + shift;
        for (index, glyph) in shaped.iter().enumerate() {
            let first = index == 0 || shaped[index - 1].cluster != glyph.cluster;
            let end = shaped[index..]
                .iter()
                .find(|next| next.cluster != glyph.cluster)
                .map_or(text.end, |next| next.cluster);
            // A cluster is a few characters.
            let text_length = if first { (end - glyph.cluster) as u16 } else { 0 };
            let text_start = offset + (glyph.cluster - text.start);
            self.put(look, glyph.id, inline + glyph.offset, text_start, text_length);
            inline += glyph.advance;
        }
    }

    /// Adds one glyph at `inline` of the line.
    fn put(&mut self, look: Look, id: u16, inline: Length, text_start: u32, text_length: u16) {
        if self.run.as_ref().is_none_or(|(current, _)| *current != look) {
            self.end_run();
            let origin = Spot { inline, block: self.at.block - look.style.rise };
            let start = self.galley.glyphs.len() as u32;
            let run = GlyphRun {
                face: look.face,
                size: look.style.size,
                origin,
                ink: look.style.ink,
                glyphs: start..start,
            };
            self.run = Some((look, run));
        }
        if let Some((_, run)) = &mut self.run {
            let x = inline - run.origin.inline;
            self.galley.glyphs.push(Glyph { id, text_length, text_start, x });
            run.glyphs.end += 1;
        }
    }

    /// A typed space, so that it can be found and copied.
    fn space(&mut self) {
        let Some((look, _)) = self.run else { return };
        if let Some(id) = self.shapers.fonts().face(look.face).glyph(' ') {
            let start = self.galley.text.len() as u32;
            self.galley.text.push(' ');
            self.put(look, id, self.at.inline, start, 1);
        }
    }

    /// The hyphen of a divided word: a soft one, which is no part of it (ISO 32000-1, 14.8.2.2.3).
    fn hyphen(&mut self, atom: &Atom) {
        let Body::Glyphs { face, .. } = &atom.body else { return };
        let style = self.paragraph.flow.pieces[atom.piece as usize].style;
        if let Some(id) = self.shapers.fonts().face(*face).glyph('-') {
            let start = self.galley.text.len() as u32;
            self.galley.text.push(SOFT_HYPHEN);
            let look = Look { face: *face, style };
            self.put(look, id, self.at.inline, start, SOFT_HYPHEN.len_utf8() as u16);
            self.at.inline += advance(self.shapers, style, '-');
        }
    }

    /// Dots under the hanzi of emphasis: below the em box, a fifth of an em across, centred (R36);
    /// in Japanese sesames above it. They stand for no characters.
    fn draw_dots(&mut self) {
        let dots = std::mem::take(&mut self.dots);
        if !dots.is_empty() {
            self.follow(Tag::LAYOUT);
        }
        for (centre, drop, style) in dots {
            let font = Style::new(Family::Sans, Weight::Regular);
            let fonts = self.shapers.fonts();
            let (sign, size, lower) = match style.language.dots {
                Dots::Under => (DOT, 90, style.size.fraction(62, 100) + drop),
                Dots::Over => (SESAME, 50, style.size.fraction(-92, 100)),
            };
            let Some(face) = fonts.pick(font, sign) else { continue };
            let Some(id) = fonts.face(face).glyph(sign) else { continue };
            let size = style.size.fraction(size, 100);
            let dot = TextStyle { font, size, rise: style.rise - lower, ..style };
            let inline = centre - advance(self.shapers, dot, sign).fraction(1, 2);
            let start = self.galley.text.len() as u32;
            self.put(Look { face, style: dot }, id, inline, start, 0);
        }
        self.end_run();
    }

    fn end_run(&mut self) {
        if let Some((_, run)) = self.run.take() {
            self.galley.items.push(Drawn::Glyphs(run));
        }
    }

    /// What comes next belongs to `tag`.
    #[inline]
    fn follow(&mut self, tag: Tag) {
        if self.tag != Some(tag) {
            self.change(tag);
        }
    }

    fn change(&mut self, tag: Tag) {
        self.end_run();
        self.galley.tag(tag);
        self.tag = Some(tag);
    }

    /// Draws something that only shows what the structure says.
    fn decorate(&mut self, item: Drawn) {
        self.follow(Tag::LAYOUT);
        self.galley.items.push(item);
    }

    fn follow_link(&mut self, piece: &'a Piece<'a>) {
        if self.link.map(|(target, ..)| target) != piece.link {
            self.end_link();
            self.link = piece.link.map(|target| (target, self.at.inline, piece));
        }
    }

    fn end_link(&mut self) {
        if let Some((target, start, piece)) = self.link.take() {
            let size = piece.style.size;
            let top = self.at.block - size.fraction(88, 100);
            let rect = Area::new(start, top, self.at.inline - start, size);
            let elements = &self.paragraph.flow.elements;
            let up = |&inside: &u32| elements[inside as usize].parent;
            let mut around = std::iter::successors(piece.element, up);
            let link = around.find(|&inside| elements[inside as usize].role == Role::Link);
            self.follow(self.paragraph.tags.of(link));
            self.galley.items.push(Drawn::Link { rect, target: target.into() });
        }
    }

    fn follow_strike(&mut self, style: TextStyle) {
        match (self.strike, style.struck) {
            (None, true) => self.strike = Some((self.at.inline, style)),
            (Some(_), false) => self.end_strike(),
            (None, false) | (Some(_), true) => {}
        }
    }

    fn end_strike(&mut self) {
        if let Some((start, style)) = self.strike.take() {
            let thickness = style.size.fraction(5, 100);
            let top = self.at.block - style.size.fraction(38, 100);
            let rect = Area::new(start, top, self.at.inline - start, thickness);
            self.decorate(Drawn::Rule { rect, ink: style.ink });
        }
    }
}
