//! Tables: cells may lie over others, which are there nevertheless, covered.

use super::places;
use super::text::{Reader, words};
use crate::import::article::{Fate, Remark};
use crate::import::cells::{Cells, Reach};
use crate::import::pieces::{self, Piece};
use crate::import::xml::Element;

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let nest = std::mem::take(&mut self.nest);
        let mut cells = Cells::default();
        cells.anchors.extend(places::place(element).filter(|it| self.targets.contains(it)));
        for row in rows(element) {
            cells.row();
            for cell in row.elements() {
                match cell.name.as_str() {
                    "table:table-cell" => self.cell(cell, &mut cells),
                    "table:covered-table-cell" => {
                        let words = words(cell);
                        if !words.trim().is_empty() {
                            let what = "words in a cell that another one covers";
                            self.remarks.push(Remark::new(Fate::Left, what, words));
                        }
                        cells.skip(count(cell, "table:number-columns-repeated"));
                    }
                    _ => {}
                }
            }
        }
        self.nest = nest;
        pieces.extend(cells.pieces());
    }

    fn cell(&mut self, cell: &Element, cells: &mut Cells) {
        let mut inside = Vec::new();
        self.blocks(cell, &mut inside);
        let blocks = pieces::joined(inside, &mut self.remarks);
        let repeated = count(cell, "table:number-columns-repeated");
        let spans = ["table:number-columns-spanned", "table:number-rows-spanned"];
        let is_one = repeated == 1 && spans.iter().all(|name| count(cell, name) == 1);
        let reach = if is_one { Reach::One } else { Reach::Several };
        cells.cell(blocks, reach, &mut self.remarks);
        cells.skip(repeated - 1);
    }
}

/// A number of cells; at least one.
fn count(cell: &Element, name: &str) -> usize {
    cell.attribute(name).and_then(|it| it.parse().ok()).unwrap_or(1).max(1)
}

/// The rows, also those of the head and of groups.
fn rows(around: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in around.elements() {
        match element.name.as_str() {
            "table:table-row" => found.push(element),
            "table:table-header-rows" | "table:table-rows" | "table:table-row-group" => {
                found.extend(rows(element));
            }
            _ => {}
        }
    }
    found
}
