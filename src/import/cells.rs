//! Tables of word processors: every cell becomes one paragraph.

use super::article::{Alignment, Block, Fate, Inline, Remark, Style, Table, plain};
use super::pieces::Piece;
use crate::message;

/// The most columns of a table, and the most of its cells that are empty because others lie over
/// them.
const WIDEST: usize = 60;
const MOST_SKIPPED: usize = 200_000;

/// How many cells of the grid one cell lies over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    One,
    Several,
}

/// The cells of a table, row by row.
#[derive(Debug, Default)]
pub(super) struct Cells {
    rows: Vec<Vec<Vec<Inline>>>,
    /// Pictures, which cannot stand in a cell.
    figures: Vec<Block>,
    skipped: usize,
    /// By which names links lead to the table.
    pub anchors: Vec<String>,
}

impl Cells {
    /// Begins a row.
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the last row.
    pub fn cell(&mut self, blocks: Vec<Block>, reach: Reach, remarks: &mut Vec<Remark>) {
        let content = in_cell(blocks, &mut self.figures);
        if reach == Reach::Several && !content.is_empty() {
            let words = plain(&content);
            let what =
                message!("a cell over several was put into the first of them: “{words}”", words);
            remarks.push(Remark::new(Fate::Guessed, what, ""));
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(content);
        }
    }

    /// Adds empty cells to the last row.
    pub fn skip(&mut self, count: usize) {
        let Some(row) = self.rows.last_mut() else { return };
        let room = WIDEST.saturating_sub(row.len()).min(MOST_SKIPPED - self.skipped);
        self.skipped += count.min(room);
        row.resize(row.len() + count.min(room), Vec::new());
    }

    /// The table, and its pictures below it. One cell is a frame around words.
    pub fn pieces(mut self) -> Vec<Piece> {
        let is_frame = matches!(self.rows.as_slice(), [row] if row.len() == 1);
        let content = if is_frame {
            let cells = self.rows.pop().unwrap_or_default().into_iter();
            cells.filter(|it| !it.is_empty()).map(Block::Paragraph).collect()
        } else {
            let (columns, anchors) = (vec![Alignment::Start], self.anchors);
            let table = Table { columns, anchors, rows: self.rows, ..Table::default() };
            vec![Block::Table(Box::new(table))]
        };
        content.into_iter().chain(self.figures).map(Piece::Block).collect()
    }
}

/// Blocks as one paragraph; pictures go below the table.
fn in_cell(blocks: Vec<Block>, figures: &mut Vec<Block>) -> Vec<Inline> {
    let mut content = Vec::new();
    for block in blocks {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        match block {
            Block::Paragraph(mut inside) => content.append(&mut inside),
            Block::Heading(heading) => {
                content.push(Inline::Styled(Style::Strong, heading.content));
            }
            Block::Figure(_) => figures.push(block),
            Block::Quote(inside) => content.extend(in_cell(inside, figures)),
            Block::List { items, .. } => {
                content.extend(in_cell(items.into_iter().flatten().collect(), figures));
            }
            Block::Table(table) => {
                for cell in table.rows.into_iter().flatten() {
                    content.extend(cell);
                    content.push(Inline::Text(" ".to_owned()));
                }
            }
            Block::Code { text, .. } => content.push(Inline::Code(text)),
            Block::Definitions(_) | Block::Divider | Block::Markdown(_) => {}
        }
    }
    while content.last() == Some(&Inline::Break) {
        content.pop();
    }
    content
}
