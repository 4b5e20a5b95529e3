//! Lists and definitions: labels hung before what they stand for (R11).

use super::axis::Spot;
use super::blocks::{Builder, Frame, Keep, Kind};
use super::flow::Flow;
use super::set::{Mark, Paragraph};
use super::structure::{Labels, Role, Tag, Tags};
use super::style::{Adjust, Setting};
use crate::book::{Definition, List, ListItem, Reference};
use crate::font::{Family, Style, Weight};
use crate::units::Length;

/// The label of an item without a number.
const BULLET: &str = "•";

impl<'a> Builder<'a> {
    /// A list: labels hung in two ems (R11).
    pub fn list(&mut self, list: &'a List, frame: Frame) {
        let last = list.items.len() as u64 + list.start.unwrap_or(1);
        let digits = last.to_string().len() as i32;
        let em = frame.setting.text.size;
        let hang = frame.setting.inset(em.fraction(4 + (digits - 1).max(0), 2));
        let labels = if list.start.is_some() { Labels::Numbers } else { Labels::Signs };
        self.within(Role::List(labels), |builder| builder.items(list, hang, frame));
    }

    fn items(&mut self, list: &'a List, hang: Length, frame: Frame) {
        for (index, item) in list.items.iter().enumerate() {
            let label = match (item.task, list.start) {
                (Some(true), _) => "✓".to_owned(),
                (Some(false), _) => "□".to_owned(),
                (None, Some(start)) => format!("{}.", start.saturating_add(index as u64)),
                (None, None) => BULLET.to_owned(),
            };
            self.within(Role::Item, |builder| builder.item(item, &label, hang, frame));
            if !list.tight && index + 1 < list.items.len() && frame.depth == 0 {
                self.leave(frame.setting.leading.fraction(1, 2));
            }
        }
    }

    fn item(&mut self, item: &'a ListItem, label: &str, hang: Length, frame: Frame) {
        let setting = frame.setting.narrowed(hang).flush();
        let first = self.column.len();
        let inner = Frame { inline: frame.inline + hang, setting, depth: frame.depth + 1 };
        let tag = Tag::Element(self.element(Role::Label));
        self.within(Role::Body, |builder| builder.blocks(&item.blocks, inner));
        if self.column.len() == first {
            self.strip(setting.leading, |_| {});
        }
        let mut style = setting.text;
        if label == BULLET {
            // The serif's bullet is hardly more than a dot.
            style.font = Style::new(Family::Sans, Weight::Bold);
        }
        self.label(first, &Flow::text(label, style), Tags::plain(tag), frame.inline, setting);
    }

    /// Cited works: numbers hung like those of lists; an entry without one has its further lines hung
    /// in two ems, so that names stand out.
    pub fn references(&mut self, references: &'a [Reference], frame: Frame) {
        let em = frame.setting.text.size;
        let digits = references.len().to_string().len() as i32;
        let numbered = references.iter().any(|reference| !reference.label.is_empty());
        let (labels, hang) = match numbered {
            true => (Labels::Numbers, em.fraction(5 + digits, 3)),
            false => (Labels::None, em * 2),
        };
        let hang = frame.setting.inset(hang);
        self.within(Role::List(labels), |builder| {
            for reference in references {
                builder.within(Role::Item, |builder| builder.reference(reference, hang, frame));
            }
        });
    }

    fn reference(&mut self, reference: &'a Reference, hang: Length, frame: Frame) {
        let setting = frame.setting.narrowed(hang).flush();
        let inline = frame.inline + hang;
        let first = self.column.len();
        if reference.label.is_empty() {
            let setting = Setting { indent: Length::ZERO - hang, ..setting };
            let flow = Flow::new(&reference.content, setting.text, self.folios);
            self.within(Role::Body, |builder| {
                let tags = builder.tags(&flow, Role::Paragraph);
                builder.paragraph(&flow, tags, setting, inline);
            });
        } else {
            let label = Flow::new(&reference.label, setting.text, self.folios);
            let tags = self.tags(&label, Role::Label);
            let inner = Frame { inline, setting, depth: frame.depth + 1 };
            self.within(Role::Body, |builder| builder.text(&reference.content, inner));
            self.label(first, &label, tags, frame.inline, setting);
        }
        if let Some(strip) = self.column.get_mut(first) {
            strip.anchors.push(reference.anchor);
        }
    }

    /// Draws a label on the first line of the strip at `index`, before what it holds.
    fn label(
        &mut self,
        index: usize,
        label: &Flow<'_>,
        tags: Tags,
        inline: Length,
        setting: Setting,
    ) {
        let paragraph = Paragraph::new(label, setting, self.shapers).tagged(tags);
        if paragraph.lines() == 0 {
            return;
        }
        if let Kind::Line(origin) = self.column[index].kind {
            self.made.origins[origin].fixed = 1;
        }
        // The strip draws a contiguous stretch: drawn again at the end, label first.
        let drawn = self.column[index].drawn.clone();
        let shapers = self.shapers;
        self.column[index].drawn = self.made.galley.stretch(|galley| {
            paragraph.draw(0, Spot { inline, block: setting.baseline() }, shapers, galley);
            let items = drawn.items.start as usize..drawn.items.end as usize;
            let moved = galley.items.len() as u32 - drawn.items.start;
            galley.items.extend_from_within(items);
            for mark in drawn.marks {
                let mark = galley.marks[mark as usize];
                galley.marks.push(Mark { before: mark.before + moved, ..mark });
            }
        });
    }

    /// Terms, each with its explanation hung under it.
    pub fn definitions(&mut self, definitions: &'a [Definition], frame: Frame) {
        self.within(Role::List(Labels::Words), |builder| {
            for definition in definitions {
                builder.within(Role::Item, |builder| builder.definition(definition, frame));
            }
        });
    }

    fn definition(&mut self, definition: &'a Definition, frame: Frame) {
        let hang = frame.setting.inset(frame.setting.text.size * 2);
        let first = self.column.len();
        let mut term = frame.setting.flush().adjusted(Adjust::Start);
        term.text.font.weight = Weight::Bold;
        let flow = Flow::new(&definition.term, term.text, self.folios);
        let tags = self.tags(&flow, Role::Label);
        self.paragraph(&flow, tags, term, frame.inline);
        for strip in &mut self.column[first..] {
            strip.keep = Keep::WithNext;
        }
        match self.column[first..].first_mut() {
            Some(strip) => strip.anchors.extend(definition.anchor),
            None => self.waiting.extend(definition.anchor),
        }
        let setting = frame.setting.narrowed(hang).flush();
        let inner = Frame { inline: frame.inline + hang, setting, depth: frame.depth + 1 };
        self.within(Role::Body, |builder| {
            definition.bodies.iter().for_each(|body| builder.blocks(body, inner));
        });
    }
}
