//! Tables in three lines: column widths from the content, rows sliced by lines so that only a row
//! that no page holds is ever divided (R52).

use super::atoms::Atoms;
use super::atoms::advance;
use super::axis::{Area, Drawn, Spot};
use super::blocks::{Builder, Grid, Keep, Kind, Strip};
use super::flow::Flow;
use super::page::Ink;
use super::set::Paragraph;
use super::shape::Shapers;
use super::starts::TextPlace;
use super::structure::{Role, Tag, Tags};
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{Alignment, Inline, Table};
use crate::diag::{Code, Diagnostic, Measure};
use crate::font::{Family, Weight};
use crate::message;
use crate::units::Length;

/// The rules above and below a table.
const HEAVY: Length = Length::pt(1.0);
/// The rule under the head row.
const LIGHT: Length = Length::pt(0.5);
/// A cell of no more ems than this is set on one line where it can be.
const MOST_SHORT: i32 = 9;
/// A row of more lines than this may be divided.
const MOST_KEPT: usize = 14;

/// The second and the last row have the one before them on their page where they have no more lines
/// than this.
const FEW_LINES: usize = 3;
/// The sizes that the cells of a wide table may have, the largest first.
const SIZES: [Length; 3] = [Length::pt(9.0), Length::pt(8.0), Length::pt(7.0)];

/// One column.
#[derive(Clone, Copy)]
struct Column {
    /// Which of a row's cells stand in it.
    index: usize,
    inline: Length,
    width: Length,
    adjust: Adjust,
    /// Where its cells are numbers, what they need before and after their points.
    numbers: Option<Sides>,
}

/// What numbers need on either side of their decimal points.
#[derive(Clone, Copy, Default)]
struct Sides {
    before: Length,
    after: Length,
}

/// Which row of a table is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Head,
    Body,
    Last,
}

/// Adds the strips of a table, in parts one under the other where it is wider than the measure.
pub fn build<'a>(builder: &mut Builder<'a>, table: &'a Table) {
    let (cell, parts) = parts(builder, table);
    for (index, columns) in parts.iter().enumerate() {
        builder.leave(builder.design.sheet.leading.fraction(1, 2));
        let first = builder.column.len();
        builder.within(Role::Table, |builder| {
            if index == 0 {
                caption(builder, table);
            } else {
                let tag = Tag::Element(builder.element(Role::Caption));
                continued_caption(builder, table, tag);
            }
            rows(builder, table, columns, cell);
        });
        if index + 1 == parts.len() {
            source(builder, table);
        }
        begin(&mut builder.column[first..], table, index);
        if let (0, Some(strip), Some(caption)) =
            (index, builder.column.get_mut(first), &table.caption)
        {
            strip.anchors.push(caption.anchor);
        }
        if !gather(builder, first) {
            builder.leave(builder.design.sheet.leading.fraction(1, 2));
        }
    }
}

/// Has the first strip of a table begin with the whole of it. The strips of its further parts begin
/// nowhere, for what they show stands beside what was shown before.
fn begin(strips: &mut [Strip], table: &Table, part: usize) {
    if part > 0 {
        strips.iter_mut().for_each(|strip| strip.begins = None);
    } else if let Some(strip) = strips.first_mut() {
        strip.begins = Some(TextPlace { start: table.span.start, characters: 0 });
    }
}

/// The rows of a table, or of one part of its columns.
fn rows<'a>(builder: &mut Builder<'a>, table: &'a Table, columns: &[Column], cell: Setting) {
    let head_start = builder.column.len();
    row(builder, &table.head, columns, cell, Row::Head);
    let number = builder.made.heads.len();
    builder.column[head_start..].iter_mut().for_each(|strip| strip.kind = Kind::Head(number));
    let head = builder.column[head_start..].to_vec();
    let heads = continued(builder, table, head);
    builder.made.heads.push(heads);
    let body_start = builder.column.len();
    for (index, cells) in table.rows.iter().enumerate() {
        let kind = if index + 1 == table.rows.len() { Row::Last } else { Row::Body };
        let start = builder.column.len();
        row(builder, cells, columns, cell, kind);
        let short = builder.column.len() - start <= FEW_LINES;
        if (kind == Row::Last || index == 1) && index > 0 && short {
            // No row stands alone at the start of a table or on its last page.
            builder.column[start - 1].keep = Keep::WithNext;
        }
    }
    for strip in builder.column[body_start..].iter_mut().skip(1) {
        strip.kind = Kind::Row(number);
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
    let mut block = -top.space;
    let mut pieces = Vec::with_capacity(strips.len());
    for strip in &strips {
        block += strip.space;
        pieces.push((&strip.drawn, Spot { inline: Length::ZERO, block }));
        block += strip.height;
    }
    let drawn = builder.made.galley.gather(pieces.into_iter());
    let anchors = strips.iter().flat_map(|strip| strip.anchors.iter().copied()).collect();
    let begins = top.begins;
    let after = builder.design.sheet.leading.fraction(1, 2);
    let (grid, kind, keep) = (Grid::Off, Kind::Float, Keep::Free);
    builder.column.push(Strip {
        space: top.space,
        height: block,
        after,
        drawn,
        grid,
        keep,
        kind,
        anchors,
        begins,
    });
    true
}

/// Label and title above the table.
fn caption<'a>(builder: &mut Builder<'a>, table: &'a Table) {
    let Some(caption) = &table.caption else { return };
    let flow = builder.caption(caption);
    let start = builder.column.len();
    let tags = builder.tags(&flow, Role::Caption);
    builder.paragraph(&flow, tags, builder.design.caption, Length::ZERO);
    for strip in &mut builder.column[start..] {
        strip.keep = Keep::WithNext;
        strip.grid = Grid::Off;
    }
    builder.leave(Length::pt(3.0));
}

/// `续表1-1` and the head row, for the further pages of a table.
fn continued(builder: &mut Builder<'_>, table: &Table, head: Vec<Strip>) -> Vec<Strip> {
    let body = std::mem::take(&mut builder.column);
    continued_caption(builder, table, Tag::LAYOUT);
    let mut strips = std::mem::replace(&mut builder.column, body);
    let galley = &mut builder.made.galley;
    strips.extend(
        head.into_iter().map(|strip| Strip { drawn: galley.repeat(&strip.drawn), ..strip }),
    );
    strips
}

/// `续表1-1`
fn continued_caption(builder: &mut Builder<'_>, table: &Table, tag: Tag) {
    let labels = &builder.shapers.rules().labels;
    let number = table
        .caption
        .as_ref()
        .map_or("", |caption| caption.label.strip_prefix(labels.table).unwrap_or(&caption.label));
    let setting = builder.design.caption.adjusted(Adjust::End);
    let start = builder.column.len();
    let flow = Flow::text(labels.continued.replace("{}", number), setting.text);
    builder.paragraph(&flow, Tags::plain(tag), setting, Length::ZERO);
    for strip in &mut builder.column[start..] {
        strip.keep = Keep::WithNext;
        strip.grid = Grid::Off;
    }
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
    let tags = builder.tags(&flow, Role::Paragraph);
    builder.paragraph(&flow, tags, setting, Length::ZERO);
}

/// The setting of a cell.
fn cell_setting(cell: Setting, column: &Column, row: Row) -> Setting {
    let mut setting = cell;
    if row == Row::Head {
        setting.text.font.family = Family::Sans;
        setting.text.font.weight = Weight::Bold;
        setting.text.size = Length::pt(8.5).min(setting.text.size);
    }
    Setting { measure: column.width, adjust: column.adjust, ..setting }
}

/// A cell with its words in lines.
struct Cell<'f> {
    paragraph: Paragraph<'f>,
    setting: Setting,
    inline: Length,
}

/// The strips of one row: its n-th lines of all cells side by side.
fn row<'a>(
    builder: &mut Builder<'a>,
    cells: &'a [Vec<Inline>],
    columns: &[Column],
    cell: Setting,
    kind: Row,
) {
    let shapers = builder.shapers;
    let measure = builder.design.sheet.line_length();
    let places: Vec<(Setting, Length)> =
        columns.iter().map(|column| place(cells, column, cell, kind, shapers)).collect();
    let words = |column: &Column| cells.get(column.index).map_or(&[][..], Vec::as_slice);
    let folios = builder.folios;
    let flows: Vec<Flow<'a>> = columns
        .iter()
        .zip(&places)
        .map(|(column, (setting, _))| Flow::new(words(column), setting.text, folios))
        .collect();
    let role = match kind {
        Row::Head => Role::HeadCell,
        Row::Body | Row::Last => Role::Cell,
    };
    let tags: Vec<Tags> = builder.within(Role::Row, |builder| {
        flows.iter().map(|flow| builder.tags(flow, role.clone())).collect()
    });
    let set = |((flow, &(setting, inline)), tags): ((_, &(Setting, Length)), _)| Cell {
        paragraph: Paragraph::new(flow, setting, shapers).tagged(tags),
        setting,
        inline,
    };
    let cells: Vec<Cell<'_>> = flows.iter().zip(&places).zip(tags).map(set).collect();
    let lines = cells.iter().map(|cell| cell.paragraph.lines()).max().unwrap_or(0).max(1);
    let leading = cell.leading;
    let padding = leading.fraction(1, 5);
    for line in 0..lines {
        let above = if line == 0 { padding } else { Length::ZERO };
        let below = match kind {
            _ if line + 1 < lines => Length::ZERO,
            Row::Head | Row::Body => padding,
            // The heavy rule stands in it.
            Row::Last => padding * 2,
        };
        let height = above + leading + below;
        let strip = builder.strip(height, |galley| {
            if kind == Row::Head && line == 0 {
                rule(galley, measure, Length::ZERO, HEAVY);
            }
            for Cell { paragraph, setting, inline } in &cells {
                if line < paragraph.lines() {
                    let at = Spot { inline: *inline, block: above + setting.baseline() };
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
        strip.begins = cells.iter().find_map(|cell| cell.paragraph.begins(line));
        strip.anchors.extend(cells.iter().flat_map(|cell| cell.paragraph.anchors(line)));
        let whole = lines <= MOST_KEPT && line + 1 < lines;
        if whole || kind == Row::Head {
            strip.keep = Keep::WithNext;
        }
    }
}

/// How a cell is set, and where it begins: numbers have their points one under the other (R52).
fn place(
    cells: &[Vec<Inline>],
    column: &Column,
    cell: Setting,
    kind: Row,
    shapers: &Shapers<'_>,
) -> (Setting, Length) {
    let setting = cell_setting(cell, column, kind);
    let number = cells.get(column.index).and_then(|cell| number(cell));
    let (Some(sides), Some(number), false) = (column.numbers, number, kind == Row::Head) else {
        return (setting, column.inline);
    };
    let spare = column.width - sides.before - sides.after;
    let inset = match column.adjust {
        Adjust::Justify | Adjust::Start => Length::ZERO,
        Adjust::Centre => spare.fraction(1, 2),
        Adjust::End => spare,
    };
    let inline = column.inline + inset + sides.before - number.before(setting.text, shapers);
    (setting.adjusted(Adjust::Start), inline)
}

/// A cell that is a number, and the byte of its decimal point or of what follows its digits.
struct Number<'a> {
    text: &'a str,
    point: usize,
}

impl Number<'_> {
    /// The width of what stands before the point.
    fn before(&self, style: TextStyle, shapers: &Shapers<'_>) -> Length {
        self.text[..self.point].chars().map(|c| advance(shapers, style, c)).sum()
    }
}

/// The number that a cell holds: digits, with a sign before and a unit after them at most.
fn number(cell: &[Inline]) -> Option<Number<'_>> {
    let mut words = cell.iter().filter(|inline| inline.anchor().is_none());
    let (Some(Inline::Text(text)), None) = (words.next(), words.next()) else { return None };
    let text = text.text.trim();
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let signs = |c: char| "+-−–±<>≤≥≈~$¥￥€£".contains(c);
    if !text[..digits].chars().all(signs) {
        return None;
    }
    let whole = |c: char| !c.is_ascii_digit() && c != ',';
    let point = text[digits..].find(whole).map_or(text.len(), |at| digits + at);
    let fraction = text[point..].strip_prefix('.').unwrap_or(&text[point..]);
    let unit = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let plain = unit.chars().count() <= 2 && !unit.contains(|c: char| c.is_ascii_digit());
    plain.then_some(Number { text, point })
}

/// What the numbers of a column need on either side of their points; none where not all of its cells
/// are numbers, or where those are alike at their ends.
fn numbers(builder: &Builder<'_>, table: &Table, index: usize, cell: Setting) -> Option<Sides> {
    let mut sides = Sides::default();
    let mut tails = Vec::new();
    for row in &table.rows {
        let cell_words = row.get(index).map_or(&[][..], Vec::as_slice);
        let Some(number) = number(cell_words) else {
            if is_blank(cell_words) {
                continue;
            }
            return None;
        };
        let flow = Flow::text(number.text, cell.text);
        let width = Atoms::set(&flow, &cell, builder.shapers).natural_width();
        let before = number.before(cell.text, builder.shapers);
        sides.before = sides.before.max(before);
        sides.after = sides.after.max(width - before);
        tails.push(number.text.len() - number.point);
    }
    tails.dedup();
    (tails.len() > 1).then_some(sides)
}

/// Whether a cell says that there is no number.
fn is_blank(cell: &[Inline]) -> bool {
    match cell {
        [] => true,
        [Inline::Text(text)] => text.text.chars().all(|c| "—–-…/ ".contains(c)),
        _ => false,
    }
}

fn rule(galley: &mut super::set::Galley, width: Length, block: Length, thickness: Length) {
    let rect = Area::new(Length::ZERO, block, width, thickness);
    galley.tag(Tag::LAYOUT);
    galley.items.push(Drawn::Rule { rect, ink: Ink::Text });
}

/// The setting of the cells and the columns, in more than one part where no size lets all of them
/// stand side by side: then each part begins with the first column.
fn parts<'a>(builder: &mut Builder<'a>, table: &'a Table) -> (Setting, Vec<Vec<Column>>) {
    let count = table.columns.len();
    let cell = builder.design.cell;
    let wishes: Vec<Wish> = (0..count).map(|index| wish(builder, table, index)).collect();
    let measure = builder.design.sheet.line_length();
    let all: Vec<usize> = (0..count).collect();
    let mut narrowest = Length::ZERO;
    for size in SIZES {
        let cell = sized(cell, size);
        let wishes: Vec<Wish> = wishes.iter().map(|wish| wish.scaled(size)).collect();
        narrowest = least(&wishes, &all) + gap(cell, count, measure) * (count as i32 - 1).max(0);
        if narrowest <= measure {
            return (cell, vec![columns(builder, table, &all, &wishes, cell)]);
        }
    }
    let parts = divided(&wishes, cell.text.size, measure);
    let (message, hint) = match parts.len() {
        1 => (
            message!("this table of {count} columns is wider than the measure", count),
            "its words are divided; turn its rows into columns",
        ),
        parts => (
            message!(
                "this table of {count} columns is wider than the measure and stands in {parts} \
                 parts",
                count,
                parts
            ),
            "turn its rows into columns",
        ),
    };
    let finding = Diagnostic::new(Code::WideTable, table.span, message)
        .measure(Measure::lengths(narrowest, measure))
        .hint(hint);
    builder.made.galley.findings.push(finding);
    let parts = parts.iter().map(|part| columns(builder, table, part, &wishes, cell)).collect();
    (cell, parts)
}

/// The cells in another size, their leading in proportion.
fn sized(cell: Setting, size: Length) -> Setting {
    let leading = cell.leading.fraction(size.raw(), cell.text.size.raw());
    Setting { text: TextStyle { size, ..cell.text }, leading, ..cell }
}

/// The space between columns; many columns stand closer.
fn gap(cell: Setting, count: usize, measure: Length) -> Length {
    cell.text.size.min(measure / (count as i32 * 3).max(1))
}

/// The least width of columns without the gaps between them.
fn least(wishes: &[Wish], columns: &[usize]) -> Length {
    columns.iter().map(|&index| wishes[index].least).sum()
}

/// Columns in as few parts as the measure holds, each with the first column before one other at least;
/// of as many columns each, where that has room too.
fn divided(wishes: &[Wish], gap: Length, measure: Length) -> Vec<Vec<usize>> {
    let needed = |part: &[usize]| least(wishes, part) + gap * (part.len() as i32 - 1);
    let mut parts = vec![vec![0]];
    for index in 1..wishes.len() {
        let last = parts.len() - 1;
        let part = &mut parts[last];
        if part.len() > 1 && needed(&[&part[..], &[index]].concat()) > measure {
            parts.push(vec![0, index]);
        } else {
            part.push(index);
        }
    }
    let others: Vec<usize> = (1..wishes.len()).collect();
    let share = others.len().div_ceil(parts.len()).max(1);
    let even: Vec<Vec<usize>> = others.chunks(share).map(|part| [&[0], part].concat()).collect();
    let fits = !even.is_empty() && even.iter().all(|part| needed(part) <= measure);
    if fits { even } else { parts }
}

/// Column widths: each its longest line where all fit, else what its words need plus a share of the
/// rest by how much more it could use.
fn columns(
    builder: &Builder<'_>,
    table: &Table,
    indices: &[usize],
    wishes: &[Wish],
    cell: Setting,
) -> Vec<Column> {
    let count = indices.len();
    let measure = builder.design.sheet.line_length();
    let gap = gap(cell, count, measure);
    let room = measure - gap * (count as i32 - 1).max(0);
    let most: Length = indices.iter().map(|&index| wishes[index].most).sum();
    let least = least(wishes, indices);
    // A date or a name stays whole where the long columns can give way.
    let short = |wish: Wish| wish.least.max(wish.most.min(wish.size * MOST_SHORT));
    let whole: Length = indices.iter().map(|&index| short(wishes[index])).sum();
    let shared = |wish: Wish, own: Length, all: Length| {
        let wanted = (most - all).max(Length::from_raw(1));
        own + (room - all).fraction((wish.most - own).raw(), wanted.raw())
    };
    let width = |wish: Wish| {
        if most <= room {
            wish.most + (room - most) / (count as i32).max(1)
        } else if whole <= room {
            shared(wish, short(wish), whole)
        } else if least <= room {
            shared(wish, wish.least, least)
        } else {
            room / (count as i32).max(1)
        }
    };
    let mut inline = Length::ZERO;
    let column = |&index: &usize| {
        let adjust = match table.columns[index] {
            Alignment::Start => Adjust::Start,
            Alignment::Centre => Adjust::Centre,
            Alignment::End => Adjust::End,
        };
        let width = width(wishes[index]);
        let numbers = numbers(builder, table, index, cell)
            .filter(|sides| sides.before + sides.after <= width);
        let column = Column { index, inline, width, adjust, numbers };
        inline += width + gap;
        column
    };
    indices.iter().map(column).collect()
}

/// The least and the most width that a column has use for.
#[derive(Clone, Copy)]
struct Wish {
    least: Length,
    most: Length,
    /// The size of the cells that it was taken from.
    size: Length,
}

impl Wish {
    /// The same for cells of another size.
    fn scaled(self, size: Length) -> Self {
        let scaled = |width: Length| width.fraction(size.raw(), self.size.raw());
        Self { least: scaled(self.least), most: scaled(self.most), size }
    }
}

fn wish<'a>(builder: &Builder<'a>, table: &'a Table, index: usize) -> Wish {
    let measure = builder.design.sheet.line_length();
    let (inline, adjust) = (Length::ZERO, Adjust::Start);
    let column = Column { index, inline, width: measure, adjust, numbers: None };
    let cell = builder.design.cell;
    let size = cell.text.size;
    let cells = std::iter::once((&table.head, Row::Head))
        .chain(table.rows.iter().map(|row| (row, Row::Body)));
    let mut wish = Wish { least: size * 2, most: size * 2, size };
    for (row, kind) in cells {
        let Some(words) = row.get(index) else { continue };
        let setting = cell_setting(cell, &column, kind);
        let flow = Flow::new(words, setting.text, builder.folios);
        let atoms = Atoms::set(&flow, &setting, builder.shapers);
        wish.least = wish.least.max(atoms.least_width());
        wish.most = wish.most.max(atoms.natural_width());
    }
    let numbers = numbers(builder, table, index, cell).unwrap_or_default();
    wish.most = wish.most.max(numbers.before + numbers.after);
    // A short column keeps to itself; a long one gives way.
    wish.least = wish.least.max(wish.most.min(size * 4));
    wish
}
