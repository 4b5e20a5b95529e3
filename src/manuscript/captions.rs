//! Figures and tables, with what stands around them.

use std::ops::Range;

use pulldown_cmark::{Alignment as Column, Event, Tag};

use super::parse::Parser;
use super::{Alignment, Attributes, Figure, Inline, Name, Table, Text, attributes};

/// What a table's caption starts with.
const TABLE_WORDS: [&str; 4] = ["表：", "表:", "표:", "Table:"];

impl Parser<'_> {
    /// Reads the paragraph at `range` as a figure, if it holds an image and nothing else:
    /// `![alt](path "caption"){#id source="…"}`.
    pub(super) fn figure(&mut self, range: &Range<usize>) -> Option<Figure> {
        let (Event::Start(Tag::Image { .. }), image) = self.ahead().first()? else { return None };
        let image = image.clone();
        let rest = self.trimmed(image.end..range.end);
        if !rest.is_empty() && attributes::trailing(&self.text[rest.clone()]) != Some(0) {
            return None;
        }
        let (path, title, alt) = self.image()?;
        self.close();
        let attributes = match rest.is_empty() {
            true => Attributes::default(),
            false => self.attributes(rest),
        };
        Some(Figure { path, alt, caption: title.into_iter().collect(), attributes })
    }

    /// Reads the image that begins here: path, title, alternative text.
    pub(super) fn image(&mut self) -> Option<(Name, Option<Inline>, String)> {
        let (Event::Start(Tag::Image { dest_url, title, .. }), range) = self.next()? else {
            return None;
        };
        let title = self.clean(&title, &range).replace(['\n', '\r'], " ");
        let title_place = self.locate_last(&title, &range);
        let written = self.clean(&dest_url, &range);
        let before_title =
            range.start..if title.is_empty() { range.end } else { title_place.start };
        let span = self.span(self.locate_last(&written, &before_title));
        let path = Name { text: super::links::decode(&written), span };
        let title_span = self.span(title_place);
        self.uncited(&title, title_span);
        let title =
            (!title.is_empty()).then_some(Inline::Text(Text { text: title, span: title_span }));
        Some((path, title, self.alternative()))
    }

    /// The characters up to the end of the image that is open.
    fn alternative(&mut self) -> String {
        let mut text = String::new();
        let mut open = 1_usize;
        while open > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some((Event::Text(piece) | Event::Code(piece), range)) => {
                    text.push_str(&self.clean(&piece, &range));
                }
                Some((Event::HardBreak, _)) => text.push(' '),
                Some(_) => {}
                None => break,
            }
        }
        text
    }

    /// Reads the paragraph at `range` and the table after it, if it is the table's caption.
    pub(super) fn captioned_table(&mut self, range: &Range<usize>) -> Option<Table> {
        let place = self.trimmed(range.clone());
        let raw = &self.text[place.clone()];
        let words = TABLE_WORDS.iter().find_map(|word| raw.strip_prefix(word))?;
        if !self.table_follows() {
            return None;
        }
        let words_start = place.end - words.trim_start().len();
        let block = attributes::trailing(words.trim_start()).map(|at| words_start + at);
        let words_end = self.trimmed(words_start..block.unwrap_or(place.end)).end;
        let whole = std::mem::replace(&mut self.clip, words_start..words_end);
        let caption = self.inlines();
        self.clip = whole;
        self.close();
        let attributes = block.map(|at| self.attributes(at..place.end)).unwrap_or_default();
        self.without_picture(&attributes);
        let (Event::Start(Tag::Table(columns)), range) = self.next()? else { return None };
        Some(Table { caption, attributes, ..self.table(&columns, range) })
    }

    /// Whether a table stands right after the paragraph that is open.
    fn table_follows(&self) -> bool {
        let mut open = 1_usize;
        let mut ahead = self.ahead().iter();
        while open > 0 {
            match ahead.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => return false,
            }
        }
        matches!(ahead.next(), Some((Event::Start(Tag::Table(_)), _)))
    }

    /// Reads the table that was opened at `range`.
    pub(super) fn table(&mut self, columns: &[Column], range: Range<usize>) -> Table {
        let columns: Vec<Alignment> = columns.iter().copied().map(alignment).collect();
        let mut rows = Vec::new();
        while let Some(Event::Start(Tag::TableHead | Tag::TableRow)) = self.peek() {
            self.next();
            let mut row = self.row();
            row.resize(columns.len(), Vec::new());
            rows.push(row);
        }
        self.close();
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Table {
            caption: Vec::new(),
            attributes: Attributes::default(),
            columns,
            head,
            rows,
            span: self.span(self.trimmed(range)),
        }
    }

    /// Reads the cells of a row.
    fn row(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some(Event::Start(Tag::TableCell)) = self.peek() {
            self.next();
            cells.push(self.inlines());
            self.close();
        }
        self.close();
        cells
    }
}

/// How a column stands.
fn alignment(column: Column) -> Alignment {
    match column {
        Column::None | Column::Left => Alignment::Start,
        Column::Center => Alignment::Centre,
        Column::Right => Alignment::End,
    }
}
