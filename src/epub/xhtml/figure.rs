//! Figures and tables with what they say around themselves.

use super::chapter::Renderer;
use super::{Fact, prose};
use crate::book::{Alignment, Caption, Figure, Inline, PictureId, Table};

impl Renderer<'_> {
    /// A picture; label, title and source below it.
    pub fn figure(&mut self, figure: &Figure) {
        let class = if self.is_wide(figure.picture) { "wide" } else { "narrow" };
        let Some(caption) = &figure.caption else {
            return self.holder("figure", &[], |r| {
                r.begin(Some(figure.span.start));
                r.image(figure.picture, &figure.alt, class);
                r.xml.line();
            });
        };
        let id = self.book.anchor(caption.anchor).name.clone();
        self.holder("figure", &[("id", &id)], |r| {
            r.begin(Some(figure.span.start));
            r.image(figure.picture, &figure.alt, class);
            r.xml.line();
            r.element("figcaption", &[], |r| {
                r.caption_title(caption);
                r.source(caption);
            });
            r.xml.line();
        });
    }

    /// Whether a picture takes more than half of the measure on paper: it is then worth the whole
    /// width of a small screen.
    fn is_wide(&self, picture: PictureId) -> bool {
        let measure = self.book.trim.body * i32::from(self.book.trim.measure);
        self.book.picture(picture).size.width > measure / 2
    }

    /// Label and title.
    fn caption_title(&mut self, caption: &Caption) {
        self.xml.leaf("span", &[("class", "label")], &caption.label);
        if !caption.title.is_empty() {
            self.xml.text(" ");
            self.inlines(&caption.title);
        }
    }

    /// Where a picture or the data come from, on a line of its own.
    fn source(&mut self, caption: &Caption) {
        let Some(source) = &caption.source else { return };
        let labels = &self.book.metadata.rules.labels;
        let said = format!("{}{}{}", labels.source, labels.colon, source.text);
        self.xml.leaf("p", &[("class", "source")], &prose(&said));
    }

    /// A table: label and title above, source below.
    pub fn table(&mut self, table: &Table) {
        let id = table.caption.as_ref().map(|it| self.book.anchor(it.anchor).name.clone());
        let mut attributes = vec![("class", "table")];
        attributes.extend(id.as_deref().map(|id| ("id", id)));
        self.holder("div", &attributes, |r| {
            r.begin(Some(table.span.start));
            r.holder("table", &[], |r| {
                if let Some(caption) = &table.caption {
                    r.element("caption", &[], |r| r.caption_title(caption));
                    r.xml.line();
                }
                r.head(table);
                r.holder("tbody", &[], |r| {
                    for row in &table.rows {
                        r.row(&table.columns, row, "td");
                    }
                });
            });
            if let Some(caption) = &table.caption {
                r.source(caption);
                r.xml.line();
            }
        });
    }

    /// The head row; none when it says nothing.
    fn head(&mut self, table: &Table) {
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.holder("thead", &[], |r| r.row(&table.columns, &table.head, "th"));
        } else {
            self.told.facts.insert(Fact::Headless);
        }
    }

    /// A row on a line. An empty head cell heads nothing and is no head.
    fn row(&mut self, columns: &[Alignment], cells: &[Vec<Inline>], name: &str) {
        self.element("tr", &[], |r| {
            for (place, cell) in cells.iter().enumerate() {
                let name = if cell.is_empty() { "td" } else { name };
                let mut attributes = Vec::new();
                if name == "th" {
                    attributes.push(("scope", "col"));
                }
                match columns.get(place) {
                    Some(Alignment::Centre) => attributes.push(("class", "centre")),
                    Some(Alignment::End) => attributes.push(("class", "end")),
                    Some(Alignment::Start) | None => {}
                }
                r.element(name, &attributes, |r| r.inlines(cell));
            }
        });
        self.xml.line();
    }
}
