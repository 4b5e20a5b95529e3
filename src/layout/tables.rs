//! Tables in three lines: column widths from the content, rows sliced by lines so that only a row
//! that no page holds is ever divided (R52).

use super::blocks::{Builder, Grid, Keep, Kind, Strip};
use super::flow::Flow;
use super::page::{Ink, Item};
use super::set::Paragraph;
use super::style::{Adjust, Setting};
use crate::book::{Alignment, Inline, Table};
use crate::diag::{Code, Diagnostic};
use crate::font::{Family, Weight};
use crate::units::{Length, Point, Rect};

/// The rules above and below a table.
const HEAVY: Length = Length::pt(1.0);
/// The rule under the head row.
const LIGHT: Length = Length::pt(0.5);
/// A row of more lines than this may be divided.
const MOST_KEPT: usize = 14;

/// One column.
#[derive(Clone, Copy)]
struct Column {
    x: Length,
    width: Length,
    adjust: Adjust,
}

/// Which row of a table is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Head,
    Body,
    Last,
}

/// Adds the strips of a table.
pub fn build<'a>(builder: &mut Builder<'a>, table: &'a Table) {
    let design = builder.design;
    builder.leave(design.sheet.leading.fraction(1, 2));
    let first = builder.column.len();
    caption(builder, table);
    let columns = columns(builder, table);
    let head_start = builder.column.len();
    row(builder, &table.head, &columns, Row::Head);
    let number = builder.made.heads.len();
    builder.column[head_start..].iter_mut().for_each(|strip| strip.kind = Kind::Head(number));
    let head = builder.column[head_start..].to_vec();
    let heads = continued(builder, table, head);
    builder.made.heads.push(heads);
    for (index, cells) in table.rows.iter().enumerate() {
        let kind = if index + 1 == table.rows.len() { Row::Last } else { Row::Body };
        let start = builder.column.len();
        row(builder, cells, &columns, kind);
        if index > 0 {
            builder.column[start].kind = Kind::Row(number);
        }
    }
    source(builder, table);
    if let (Some(strip), Some(caption)) = (builder.column.get_mut(first), &table.caption) {
        strip.anchors.push(caption.anchor);
    }
    if !gather(builder, first) {
        builder.leave(design.sheet.leading.fraction(1, 2));
    }
}

/// Makes one piece of the strips from `first` on where they take no more than three fifths of a page:
/// a small table is not divided, and like a figure it may wait for the next page. Says whether it did.
fn gather(builder: &mut Builder<'_>, first: usize) -> bool {
    let strips = &builder.column[first..];
    let height: Length = strips.iter().map(|strip| strip.space + strip.height).sum();
    if height > builder.design.sheet.depth().fraction(3, 5) {
        return false;
    }
    let strips = builder.column.split_off(first);
    let Some(top) = strips.first() else { return false };
    let mut y = -top.space;
    let mut pieces = Vec::with_capacity(strips.len());
    for strip in &strips {
        y += strip.space;
        pieces.push((&strip.drawn, y));
        y += strip.height;
    }
    let drawn = builder.made.galley.gather(pieces.into_iter());
    let anchors = strips.iter().flat_map(|strip| strip.anchors.iter().copied()).collect();
    let after = builder.design.sheet.leading.fraction(1, 2);
    let (grid, kind, keep) = (Grid::Off, Kind::Float, Keep::Free);
    builder.column.push(Strip {
        space: top.space,
        height: y,
        after,
        drawn,
        grid,
        keep,
        kind,
        anchors,
    });
    true
}

/// Label and title above the table.
fn caption<'a>(builder: &mut Builder<'a>, table: &'a Table) {
    let Some(caption) = &table.caption else { return };
    let flow = builder.caption(caption);
    let start = builder.column.len();
    builder.paragraph(&flow, builder.design.caption, Length::ZERO);
    for strip in &mut builder.column[start..] {
        strip.keep = Keep::WithNext;
        strip.grid = Grid::Off;
    }
    builder.leave(Length::pt(3.0));
}

/// `续表1-1` and the head row, for the further pages of a table.
fn continued(builder: &mut Builder<'_>, table: &Table, head: Vec<Strip>) -> Vec<Strip> {
    let labels = &builder.shapers.rules().labels;
    let number = table
        .caption
        .as_ref()
        .map_or("", |caption| caption.label.strip_prefix(labels.table).unwrap_or(&caption.label));
    let setting = builder.design.caption.adjusted(Adjust::End);
    let flow = Flow::text(labels.continued.replace("{}", number), setting.text);
    let body = std::mem::take(&mut builder.column);
    builder.paragraph(&flow, setting, Length::ZERO);
    let mut strips = std::mem::replace(&mut builder.column, body);
    strips.extend(head);
    strips
}

/// Where the data come from, under the table.
fn source<'a>(builder: &mut Builder<'a>, table: &'a Table) {
    let flow = table.caption.as_ref().and_then(|caption| builder.source(caption));
    let Some(flow) = flow else { return };
    if let Some(last) = builder.column.last_mut() {
        last.keep = Keep::WithNext;
    }
    let setting = builder.design.caption.adjusted(Adjust::Start);
    builder.leave(Length::pt(3.0));
    builder.paragraph(&flow, setting, Length::ZERO);
}

/// The setting of a cell.
fn cell_setting(builder: &Builder<'_>, column: Column, row: Row) -> Setting {
    let mut setting = builder.design.cell;
    if row == Row::Head {
        setting.text.font.family = Family::Sans;
        setting.text.font.weight = Weight::Bold;
        setting.text.size = Length::pt(8.5).min(setting.text.size);
    }
    Setting { measure: column.width, adjust: column.adjust, ..setting }
}

/// The strips of one row: its n-th lines of all cells side by side.
fn row<'a>(builder: &mut Builder<'a>, cells: &'a [Vec<Inline>], columns: &[Column], kind: Row) {
    let shapers = builder.shapers;
    let measure = builder.design.sheet.line_length();
    let settings: Vec<Setting> =
        columns.iter().map(|&column| cell_setting(builder, column, kind)).collect();
    let flows: Vec<Flow<'a>> =
        cells.iter().zip(&settings).map(|(cell, setting)| Flow::new(cell, setting.text)).collect();
    let paragraphs: Vec<Paragraph<'_>> = flows
        .iter()
        .zip(&settings)
        .map(|(flow, setting)| Paragraph::new(flow, *setting, shapers))
        .collect();
    let lines = paragraphs.iter().map(Paragraph::lines).max().unwrap_or(0).max(1);
    let leading = builder.design.cell.leading;
    let padding = leading.fraction(1, 5);
    for line in 0..lines {
        let above = if line == 0 { padding } else { Length::ZERO };
        let below = if line + 1 == lines { padding } else { Length::ZERO };
        let height = above + leading + below;
        let strip = builder.strip(height, |galley| {
            if kind == Row::Head && line == 0 {
                rule(galley, measure, Length::ZERO, HEAVY);
            }
            for ((paragraph, setting), column) in paragraphs.iter().zip(&settings).zip(columns) {
                if line < paragraph.lines() {
                    let at = Point { x: column.x, y: above + setting.baseline() };
                    paragraph.draw(line, at, shapers, galley);
                }
            }
            if line + 1 == lines {
                match kind {
                    Row::Head => rule(galley, measure, height - LIGHT, LIGHT),
                    Row::Last => rule(galley, measure, height - HEAVY, HEAVY),
                    Row::Body => {}
                }
            }
        });
        strip.grid = Grid::Off;
        let whole = lines <= MOST_KEPT && line + 1 < lines;
        if whole || kind == Row::Head {
            strip.keep = Keep::WithNext;
        }
    }
}

fn rule(galley: &mut super::set::Galley, width: Length, y: Length, thickness: Length) {
    let rect = Rect::new(Length::ZERO, y, width, thickness);
    galley.items.push(Item::Rule { rect, ink: Ink::Text });
}

/// Column widths: each its longest line where all fit, else what its words need plus a share of the
/// rest by how much more it could use.
fn columns<'a>(builder: &mut Builder<'a>, table: &'a Table) -> Vec<Column> {
    let count = table.columns.len();
    let measure = builder.design.sheet.line_length();
    // Many columns stand closer.
    let gap = builder.design.cell.text.size.min(measure / (count as i32 * 3).max(1));
    let room = measure - gap * (count as i32 - 1).max(0);
    let wishes: Vec<(Length, Length)> =
        (0..count).map(|index| wish(builder, table, index)).collect();
    let most: Length = wishes.iter().map(|&(_, most)| most).sum();
    let least: Length = wishes.iter().map(|&(least, _)| least).sum();
    let widths: Vec<Length> = if most <= room {
        let share = (room - most) / (count as i32).max(1);
        wishes.iter().map(|&(_, most)| most + share).collect()
    } else if least < room {
        let (spare, wanted) = (room - least, most - least);
        wishes
            .iter()
            .map(|&(least, most)| least + spare.fraction((most - least).raw(), wanted.raw()))
            .collect()
    } else {
        let message = format!("this table of {count} columns is wider than the measure");
        let finding = Diagnostic::new(Code::WideTable, table.span, message)
            .hint("divide it, or turn its rows into columns");
        builder.made.galley.findings.push(finding);
        let width = room / (count as i32).max(1);
        vec![width; count]
    };
    let mut x = Length::ZERO;
    let place = |(width, alignment): (&Length, &Alignment)| {
        let adjust = match alignment {
            Alignment::Start => Adjust::Start,
            Alignment::Centre => Adjust::Centre,
            Alignment::End => Adjust::End,
        };
        let column = Column { x, width: *width, adjust };
        x += *width + gap;
        column
    };
    widths.iter().zip(&table.columns).map(place).collect()
}

/// The least and the most width that a column has use for.
fn wish<'a>(builder: &Builder<'a>, table: &'a Table, index: usize) -> (Length, Length) {
    let measure = builder.design.sheet.line_length();
    let column = Column { x: Length::ZERO, width: measure, adjust: Adjust::Start };
    let em = builder.design.cell.text.size;
    let cells = std::iter::once((&table.head, Row::Head))
        .chain(table.rows.iter().map(|row| (row, Row::Body)));
    let mut wish = (em * 2, em * 2);
    for (row, kind) in cells {
        let Some(cell) = row.get(index) else { continue };
        let setting = cell_setting(builder, column, kind);
        let flow = Flow::new(cell, setting.text);
        let paragraph = Paragraph::new(&flow, setting, builder.shapers);
        wish.0 = wish.0.max(paragraph.least_width());
        wish.1 = wish.1.max(paragraph.natural_width());
    }
    // A short column keeps to itself; a long one gives way.
    (wish.0.max(wish.1.min(em * 4)), wish.1)
}
