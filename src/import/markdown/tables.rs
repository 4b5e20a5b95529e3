//! Tables as Markdown.

use super::{Writer, attribute};
use crate::import::article::{Alignment, Table};

impl Writer<'_> {
    /// A table with its caption, if it has one.
    pub(super) fn table(&mut self, table: &Table) -> String {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if width == 0 {
            return String::new();
        }
        self.tables += 1;
        let id = self.id(&table.anchors);
        let id = id.unwrap_or_else(|| format!("#tbl-{}-{}", self.stem, self.tables));
        let caption = self.line(&table.caption);
        let mut text = String::new();
        if !caption.is_empty() || !table.source.is_empty() || !table.anchors.is_empty() {
            text += &format!("表：{caption} {{{id}{}}}\n\n", attribute("source", &table.source));
        }
        for (number, row) in table.rows.iter().enumerate() {
            let cells = row.iter().map(|cell| self.line(cell));
            let mut cells: Vec<String> = cells.collect();
            cells.resize(width, String::new());
            text += &format!("| {} |\n", cells.join(" | "));
            if number == 0 {
                text += &self.rule(table, width);
            }
        }
        text
    }

    /// The line below the head, which says how columns stand.
    fn rule(&self, table: &Table, width: usize) -> String {
        let last = table.columns.last().copied().unwrap_or_default();
        let columns = (0..width).map(|column| table.columns.get(column).copied().unwrap_or(last));
        let rules = columns.map(|alignment| match alignment {
            Alignment::Start => "---",
            Alignment::Centre => ":-:",
            Alignment::End => "--:",
        });
        format!("|{}|\n", rules.collect::<Vec<_>>().join("|"))
    }
}
