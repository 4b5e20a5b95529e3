//! Tables, and such as only put boxes beside each other.

use scraper::ElementRef;

use super::Reader;
use super::lines::{in_line, inlines_of};
use super::styles::{Around, plainly, style, value};
use crate::import::article::{Alignment, Block, Fate, Inline, Remark, Table};
use crate::import::captions;
use crate::message;

impl Reader<'_> {
    /// A table; one that only puts boxes beside each other is read as these.
    pub(super) fn table(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let rows: Vec<Vec<ElementRef<'_>>> = rows(element);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let has_head = element.descendants().filter_map(ElementRef::wrap).any(is_head);
        if (width < 2 || rows.len() < 2) && !self.is_own() && !has_head {
            for cell in caption(element).into_iter().chain(rows.into_iter().flatten()) {
                let blocks = self.apart(cell, &plainly(around));
                self.blocks.extend(blocks);
            }
            return;
        }
        let mut table = Table { anchors: self.take_anchors(), ..Table::default() };
        let mut figures = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for cell in row {
                let blocks = self.apart(cell, &Around::default());
                let mut content: Vec<Inline> = Vec::new();
                for block in blocks {
                    if matches!(block, Block::Figure(_)) {
                        figures.push(block);
                        continue;
                    }
                    if !content.is_empty() {
                        content.push(Inline::Break);
                    }
                    content.extend(inlines_of(block));
                }
                if table.rows.is_empty() || table.columns.len() <= cells.len() {
                    table.columns.resize(cells.len(), Alignment::Start);
                    table.columns.push(alignment(cell));
                }
                cells.push(content);
                let span = cell
                    .value()
                    .attr("colspan")
                    .and_then(|span| span.parse::<usize>().ok())
                    .unwrap_or(1);
                if span > 1 || cell.value().attr("rowspan").is_some_and(|span| span.trim() != "1") {
                    let words: String = cell.text().collect();
                    let what = message!(
                        "a cell over several was put into the first of them: “{words}”",
                        words = words.trim()
                    );
                    self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                }
                cells.resize(cells.len() + span.clamp(1, 50) - 1, Vec::new());
            }
            table.rows.push(cells);
        }
        if self.is_own() && !has_head {
            table.rows.insert(0, Vec::new());
        }
        if let Some(caption) = caption(element) {
            if self.caption_parts(caption).0 {
                // A number without words is one that an id asks for.
                self.linked.extend(table.anchors.iter().cloned());
            }
            let words = in_line(self.apart(caption, &Around::default()));
            if !words.is_empty() {
                captions::caption_table(&mut table, words.into(), &mut self.remarks);
            }
        }
        self.said = [self.said[0] + 1; 2];
        self.blocks.push(Block::Table(Box::new(table)));
        self.blocks.append(&mut figures);
    }
}

/// What stands over a table.
fn caption(table: ElementRef<'_>) -> Option<ElementRef<'_>> {
    table.child_elements().find(|child| child.value().name() == "caption")
}

/// The cells of a table, row by row, without those of tables in it.
fn rows(table: ElementRef<'_>) -> Vec<Vec<ElementRef<'_>>> {
    let is_row = |element: &ElementRef<'_>| element.value().name() == "tr";
    let is_cell = |element: &ElementRef<'_>| matches!(element.value().name(), "td" | "th");
    let groups = table.child_elements().flat_map(|child| match child.value().name() {
        "tr" => vec![child],
        "thead" | "tbody" | "tfoot" => child.child_elements().filter(is_row).collect(),
        _ => Vec::new(),
    });
    groups.map(|row| row.child_elements().filter(is_cell).collect()).collect()
}

/// How the column of a cell stands.
fn alignment(cell: ElementRef<'_>) -> Alignment {
    let style = style(cell);
    let named = cell.value().classes().find(|it| ["centre", "center", "right", "end"].contains(it));
    match value(&style, "text-align").or(cell.value().attr("align")).or(named) {
        Some("center" | "centre") => Alignment::Centre,
        Some("right" | "end") => Alignment::End,
        Some(_) | None => Alignment::Start,
    }
}

/// Whether an element is the head of a column.
fn is_head(element: ElementRef<'_>) -> bool {
    element.value().name() == "th"
}
