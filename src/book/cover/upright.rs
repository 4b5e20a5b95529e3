//! A few words that stand upright: hanzi one under the other, Latin words and brackets turned, short
//! numbers side by side (clreq 3.3).

use super::canvas::{Anchor, Canvas, Colour};
use crate::font::Style;
use crate::script::Class;

/// From one character to the next, in ems.
const PITCH: f64 = 1.06;
/// From one column to the next, in ems.
const COLUMN: f64 = 1.25;
/// The most columns.
const MOST_COLUMNS: usize = 3;
/// How much larger type must become for one more column, and how much where it is too small to be
/// read from afar.
const WORTH_A_COLUMN: (f64, f64) = (1.6, 1.1);
/// The size, in points, below which it is.
const SMALL: f64 = 8.0;

/// The room for words.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Across all columns.
    pub across: f64,
    /// From the top of the first character to the foot of the last.
    pub depth: f64,
    /// The largest size.
    pub largest: f64,
}

/// What stands as one in a column.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// A character, upright.
    Upright(char),
    /// A pause or a stop, which keeps to the upper right of its square.
    Cornered(char),
    /// A short number, its digits side by side.
    Abreast(String),
    /// Turned, so that it is read downwards.
    Turned(String),
}

/// A form, the space before it and its length, both in ems.
#[derive(Clone, Debug, PartialEq)]
struct Cell {
    form: Form,
    space: f64,
    length: f64,
}

/// Words as they fit their frame.
#[derive(Clone, Debug)]
pub struct Columns {
    style: Style,
    size: f64,
    /// From right to left.
    columns: Vec<Vec<Cell>>,
}

/// Sets words as large as they go.
pub fn fit(canvas: &Canvas<'_>, words: &str, style: Style, frame: &Frame) -> Columns {
    let cells = cells(canvas, words, style);
    let mut best = Columns { style, size: 0.0, columns: Vec::new() };
    for most in 1..=MOST_COLUMNS.min(cells.len()) {
        let columns = divide(&cells, most);
        let longest = columns.iter().map(|column| length(column)).fold(0.0, f64::max);
        let across = 1.0 + (columns.len().saturating_sub(1)) as f64 * COLUMN;
        let size = (frame.depth / longest.max(1e-3)).min(frame.across / across).min(frame.largest);
        let worth = if best.size < SMALL { WORTH_A_COLUMN.1 } else { WORTH_A_COLUMN.0 };
        if size > best.size * worth {
            best = Columns { style, size, columns };
        }
    }
    best
}

impl Columns {
    /// From the top of the first character to the foot of the last.
    pub fn depth(&self) -> f64 {
        self.columns.iter().map(|column| length(column)).fold(0.0, f64::max) * self.size
    }

    /// Draws the columns about a line, from its upper end.
    pub fn draw(&self, canvas: &mut Canvas<'_>, (middle, top): (f64, f64), colour: &Colour) {
        let shift = (self.columns.len().saturating_sub(1)) as f64 / 2.0;
        for (place, column) in self.columns.iter().enumerate() {
            let middle = middle + (shift - place as f64) * COLUMN * self.size;
            let mut y = top;
            for (index, cell) in column.iter().enumerate() {
                y += if index == 0 { 0.0 } else { cell.space * self.size };
                self.cell(canvas, cell, (middle, y), colour);
                y += cell.length * self.size;
            }
        }
    }

    fn cell(&self, canvas: &mut Canvas<'_>, cell: &Cell, (x, y): (f64, f64), colour: &Colour) {
        let Self { style, size, .. } = *self;
        // A hanzi's box reaches 0.88 em above its baseline.
        let baseline = y + size * (0.88 + (PITCH - 1.0) / 2.0);
        let mut upright = |text: &str, at| {
            canvas.text(text, style, size, at, Anchor::Middle, colour);
        };
        match &cell.form {
            Form::Upright(c) => upright(&c.to_string(), (x, baseline)),
            Form::Abreast(digits) => upright(digits, (x, baseline)),
            Form::Cornered(c) => {
                upright(&c.to_string(), (x + size * 0.55, baseline - size * 0.55));
            }
            // The middle of a line lies 0.38 em above its baseline.
            Form::Turned(text) => canvas.turned(text, style, size, (x - size * 0.38, y), colour),
        }
    }
}

/// The length of a column; a space at its head is none.
fn length(column: &[Cell]) -> f64 {
    let all: f64 = column.iter().map(|cell| cell.space + cell.length).sum();
    all - column.first().map_or(0.0, |cell| cell.space)
}

/// The cells in at most `most` columns of nearly one length.
fn divide(cells: &[Cell], most: usize) -> Vec<Vec<Cell>> {
    let longest = cells.iter().map(|cell| cell.length).fold(0.0, f64::max);
    let mut limit = (length(cells) / most as f64).max(longest);
    loop {
        let mut columns: Vec<Vec<Cell>> = Vec::new();
        for cell in cells {
            match columns.last_mut() {
                Some(column) if length(column) + cell.space + cell.length <= limit + 1e-6 => {
                    column.push(cell.clone());
                }
                Some(_) | None => columns.push(vec![cell.clone()]),
            }
        }
        if columns.len() <= most {
            return columns;
        }
        // A twentieth longer each time ends at the latest where all stands in one column.
        limit *= 1.05;
    }
}

/// Cuts words into cells.
fn cells(canvas: &Canvas<'_>, words: &str, style: Style) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut run = String::new();
    let mut space = 0.0;
    let ems = |text: &str| text.chars().map(|c| canvas.advance(style, c)).sum::<f64>();
    let flush = |run: &mut String, space: &mut f64, cells: &mut Vec<Cell>| {
        if run.is_empty() {
            return;
        }
        let text = std::mem::take(run);
        let space = std::mem::take(space);
        let short = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let after_latin = matches!(cells.last(), Some(Cell { form: Form::Turned(_), .. }));
        cells.push(if short && !after_latin {
            Cell { form: Form::Abreast(text), space, length: PITCH }
        } else {
            Cell { length: ems(&text), form: Form::Turned(text), space }
        });
    };
    for c in words.trim().chars() {
        let mut add = |form: Form, length: f64, run: &mut String, cells: &mut Vec<Cell>| {
            flush(run, &mut space, cells);
            cells.push(Cell { form, space: std::mem::take(&mut space), length });
        };
        match canvas.rules.class(c) {
            Class::Space | Class::FixedSpace => {
                flush(&mut run, &mut space, &mut cells);
                space = ems(" ");
            }
            Class::ZeroSpace | Class::SoftHyphen | Class::Joiner => {}
            // A colon pauses, and so does a gap.
            _ if matches!(c, '：' | '︰') => {
                flush(&mut run, &mut space, &mut cells);
                space = PITCH * 0.6;
            }
            Class::Pause | Class::Stop if matches!(c, '，' | '、' | '。' | '．') => {
                add(Form::Cornered(c), PITCH, &mut run, &mut cells);
            }
            Class::Open | Class::Close | Class::Dash | Class::Ellipsis | Class::Connector => {
                let length = canvas.advance(style, c);
                add(Form::Turned(c.into()), length, &mut run, &mut cells);
            }
            Class::QuoteOpen | Class::QuoteClose if run.is_empty() || !c.is_ascii() && c != '’' =>
            {
                let length = canvas.advance(style, c);
                add(Form::Turned(c.into()), length, &mut run, &mut cells);
            }
            Class::Han
            | Class::Small
            | Class::Pause
            | Class::Stop
            | Class::Centred
            | Class::MiddleDot
            | Class::NoteMark
            | Class::Other => add(Form::Upright(c), PITCH, &mut run, &mut cells),
            Class::QuoteOpen
            | Class::QuoteClose
            | Class::Slash
            | Class::Suffix
            | Class::Prefix
            | Class::Digit
            | Class::Letter
            | Class::Hyphen
            | Class::LatinOpen
            | Class::LatinClose
            | Class::Combining => run.push(c),
        }
    }
    flush(&mut run, &mut space, &mut cells);
    cells
}
