//! Figures, and the captions and sources of figures and tables (R53).

use super::axis::{Area, Drawn};
use super::blocks::{Builder, Grid, Kind, draw_lines};
use super::flow::Flow;
use super::page::Ink;
use super::set::Paragraph;
use super::starts::TextPlace;
use super::structure::{Role, Tag};
use super::style::TextStyle;
use crate::book::{Caption, Figure};
use crate::diag::{Code, Diagnostic, Measure};
use crate::font::{Family, Style, Weight};
use crate::message;
use crate::units::Length;

impl<'a> Builder<'a> {
    /// A picture with its caption, never apart (R53).
    pub fn figure(&mut self, figure: &'a Figure) {
        let design = self.design;
        let shapers = self.shapers;
        let measure = design.sheet.line_length();
        let caption = figure.caption.as_ref().map(|caption| self.caption(caption));
        let source = figure.caption.as_ref().and_then(|caption| self.source(caption));
        let ornament = figure.alt.is_empty() && caption.is_none();
        let element = (!ornament).then(|| self.element(Role::Figure { alt: figure.alt.clone() }));
        if let Some(element) = element {
            self.made.galley.place(element, Some(figure.span));
        }
        let tag = element.map_or(Tag::LAYOUT, Tag::Element);
        let caption = caption.as_ref().zip(element).map(|(flow, figure)| {
            let caption = self.made.galley.element(Role::Caption, Some(figure));
            let tags = self.made.galley.adopt(flow, caption);
            Paragraph::new(flow, design.caption, shapers).tagged(tags)
        });
        let source = source.as_ref().map(|flow| {
            let tags = self.tags(flow, Role::Paragraph);
            Paragraph::new(flow, design.caption, shapers).tagged(tags)
        });
        let lines = caption.as_ref().map_or(0, Paragraph::lines)
            + source.as_ref().map_or(0, Paragraph::lines);
        let depth = design.caption.leading * lines as i32;
        // Words that fill half a page go on after the picture, line by line.
        let long = depth > design.sheet.depth() / 2;
        let below = if long { Length::ZERO } else { depth };
        let gap = design.sheet.leading.fraction(1, 3);

        let natural = self.book.picture(figure.picture).size;
        let most = design.sheet.depth() - below - gap - design.sheet.leading;
        let (width, height) = self.scaled(figure, natural.width, natural.height, most);
        let inline = (measure - width).fraction(1, 2);
        self.leave(design.sheet.leading.fraction(1, 2));
        let picture = figure.picture;
        let words: Vec<Paragraph<'_>> = [caption, source].into_iter().flatten().collect();
        let strip = self.strip(height + gap + below, |galley| {
            let rect = Area::new(inline, Length::ZERO, width, height);
            galley.tag(tag);
            galley.items.push(Drawn::Picture { picture, rect, alt: figure.alt.clone() });
            let mut block = height + gap;
            for paragraph in words.iter().filter(|_| !long) {
                draw_lines(paragraph, design.caption, block, shapers, galley);
                block += design.caption.leading * paragraph.lines() as i32;
            }
        });
        strip.grid = Grid::Off;
        strip.begins = Some(TextPlace { start: figure.span.start, characters: 0 });
        strip.anchors.extend(figure.caption.iter().map(|caption| caption.anchor));
        if long {
            words.iter().for_each(|paragraph| self.lines(paragraph, design.caption, Length::ZERO));
            self.leave(design.sheet.leading.fraction(1, 2));
        } else {
            strip.kind = Kind::Float;
            strip.after = design.sheet.leading.fraction(1, 2);
        }
    }

    /// The size of a picture: its own, no wider than the measure and no higher than `most`.
    fn scaled(
        &mut self,
        figure: &Figure,
        width: Length,
        height: Length,
        most: Length,
    ) -> (Length, Length) {
        let measure = self.design.sheet.line_length();
        let (mut width, mut height) =
            (width.max(Length::from_raw(1)), height.max(Length::from_raw(1)));
        if width > measure {
            (width, height) = (measure, height.fraction(measure.raw(), width.raw()));
        }
        if height > most {
            let message = message!(
                "this figure is {height} high, the page has room for {most}",
                height,
                most
            );
            let finding = Diagnostic::new(Code::TallFigure, figure.span, message)
                .measure(Measure::lengths(height, most))
                .hint("it was made smaller; a wider shape keeps its size");
            self.made.galley.findings.push(finding);
            (width, height) = (width.fraction(most.raw(), height.raw()), most);
        }
        (width, height)
    }

    /// Label in bold, one em, title.
    pub fn caption(&self, caption: &'a Caption) -> Flow<'a> {
        let style = self.design.caption.text;
        let bold = TextStyle { font: Style::new(Family::Sans, Weight::Bold), ..style };
        let mut flow = Flow::text(caption.label.as_str(), bold);
        if !caption.title.is_empty() {
            flow.push_text("\u{3000}", style);
            flow.push(&caption.title, style, self.folios);
        }
        flow
    }

    /// `资料来源：…`
    pub fn source(&self, caption: &'a Caption) -> Option<Flow<'a>> {
        let source = caption.source.as_ref()?;
        let labels = &self.shapers.rules().labels;
        let text = format!("{}{}{}", labels.source, labels.colon, source.text);
        Some(Flow::text(text, self.design.caption.text.inked(Ink::Quiet)))
    }
}
