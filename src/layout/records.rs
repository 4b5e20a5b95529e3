//! Labels in a column of one width, and what they say beside them: credits, the version record, the
//! origins of pictures.

use super::atoms::advance;
use super::axis::Spot;
use super::blocks::{Builder, Grid, draw_lines_at};
use super::flow::Flow;
use super::front;
use super::page::Ink;
use super::set::{Galley, Paragraph};
use super::shape::Shapers;
use super::structure::{Labels, Role, Tag, Tags};
use super::style::Setting;
use crate::script::Class;
use crate::units::Length;

/// The hanzi that a label has room for: shorter ones are spread over it (R11).
const COLUMN: usize = 4;

/// A label and what it says, a line each.
pub type Record<'a> = (&'a str, Vec<String>);

/// The credits: a role, and the names of those who had it.
pub fn credits(builder: &mut Builder<'_>) {
    if builder.book.credits.is_empty() {
        return;
    }
    let rules = builder.shapers.rules();
    front::heading(builder, rules.labels.credits);
    let setting = Setting { leading: Length::pt(17.5), ..builder.design.label(9.5) };
    let book = builder.book;
    let rows: Vec<Record<'_>> =
        book.credits.iter().map(|credit| (credit.role.as_str(), credit.rows(rules))).collect();
    records(builder, &rows, setting);
}

/// Records one below the other, their labels in a column as wide as the widest.
pub fn records(builder: &mut Builder<'_>, rows: &[Record<'_>], setting: Setting) {
    let shapers = builder.shapers;
    let em = setting.text.size;
    let width = |words: &str| words.chars().map(|c| advance(shapers, setting.text, c)).sum();
    let widest: Length = rows.iter().map(|(label, _)| width(label)).max().unwrap_or_default();
    let column = widest.max(em * COLUMN as i32).min(setting.measure.fraction(2, 5));
    let hang = column + em.fraction(3, 2);
    builder.within(Role::List(Labels::Words), |builder| {
        for row in rows {
            builder.within(Role::Item, |builder| record(builder, row, setting, column, hang));
        }
    });
}

/// One record: the label, and its lines hung beside it.
fn record(
    builder: &mut Builder<'_>,
    (label, says): &Record<'_>,
    setting: Setting,
    column: Length,
    hang: Length,
) {
    let shapers = builder.shapers;
    let tag = Tag::Element(builder.element(Role::Label));
    let quiet = Setting { text: setting.text.inked(Ink::Quiet), measure: column, ..setting };
    let label = Label::new(label, quiet, shapers);
    builder.within(Role::Body, |builder| {
        for (index, words) in says.iter().enumerate() {
            let narrow = setting.narrowed(hang);
            let flow = Flow::text(words.as_str(), narrow.text);
            let tags = builder.tags(&flow, Role::Paragraph);
            let paragraph = Paragraph::new(&flow, narrow, shapers).tagged(tags);
            let beside = if index == 0 { label.lines() } else { 1 };
            let lines = paragraph.lines().max(beside) as i32;
            let strip = builder.strip(setting.leading * lines, |galley| {
                if index == 0 {
                    label.draw(tag, shapers, galley);
                }
                let at = Spot { inline: hang, block: Length::ZERO };
                draw_lines_at(&paragraph, narrow, at, shapers, galley);
            });
            strip.grid = Grid::Off;
        }
    });
}

/// A label as it is drawn.
struct Label {
    setting: Setting,
    /// Its pieces, with how far in they stand.
    pieces: Vec<(Flow<'static>, Length)>,
    lines: usize,
}

impl Label {
    /// A label of two or three hanzi is spread over the column, one hanzi a piece.
    fn new(words: &str, setting: Setting, shapers: &Shapers<'_>) -> Self {
        let rules = shapers.rules();
        let chars: Vec<char> = words.chars().collect();
        let spread = (2..COLUMN).contains(&chars.len())
            && chars.iter().all(|&c| rules.class(c) == Class::Han);
        if !spread {
            let flow = Flow::text(words.to_owned(), setting.text);
            let lines = Paragraph::new(&flow, setting, shapers).lines().max(1);
            return Self { setting, pieces: vec![(flow, Length::ZERO)], lines };
        }
        let room = setting.text.size * (COLUMN as i32 - 1);
        let last = chars.len() as i32 - 1;
        let pieces = chars.iter().enumerate().map(|(index, c)| {
            (Flow::text(c.to_string(), setting.text), room.fraction(index as i32, last))
        });
        Self { setting, pieces: pieces.collect(), lines: 1 }
    }

    fn lines(&self) -> usize {
        self.lines
    }

    fn draw(&self, tag: Tag, shapers: &Shapers<'_>, galley: &mut Galley) {
        for (flow, inline) in &self.pieces {
            let paragraph = Paragraph::new(flow, self.setting, shapers).tagged(Tags::plain(tag));
            let at = Spot { inline: *inline, block: Length::ZERO };
            draw_lines_at(&paragraph, self.setting, at, shapers, galley);
        }
    }
}
