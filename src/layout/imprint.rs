//! What the book says of itself around the title page: half title, copyright page, dedication; and at
//! its end where the pictures come from.

use super::axis::{Area, Drawn, Spot};
use super::blocks::{Builder, Grid, Strip, draw_lines_at};
use super::flow::{Flow, Leads};
use super::front;
use super::page::{Destination, Ink};
use super::records::records;
use super::set::Paragraph;
use super::structure::{Labels, Role, Tag, Tags};
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{CipBlock, CopyrightPage, Extent, Licence, Origin};
use crate::font::{Family, Style, Weight};
use crate::units::Length;

/// The title alone, above the middle of the page.
pub fn half_title(builder: &mut Builder<'_>) {
    let design = builder.design;
    let setting = Setting {
        text: TextStyle::new(Family::Serif, Weight::Regular, Length::pt(16.0), design.language),
        leading: Length::pt(27.0),
        ..design.title()
    };
    let words = builder.book.metadata.title.clone();
    centred(builder, &[words], setting, design.sheet.leading * 7);
}

/// To whom the book is dedicated.
pub fn dedication(builder: &mut Builder<'_>) {
    let design = builder.design;
    let setting = Setting {
        text: TextStyle::new(Family::Kai, Weight::Regular, Length::pt(12.0), design.language),
        leading: design.sheet.leading.fraction(3, 2),
        ..design.title()
    };
    let lines: Vec<String> = builder.book.dedication.lines().map(str::to_owned).collect();
    centred(builder, &lines, setting, design.sheet.leading * 8);
}

/// Lines in the middle of the measure, the first of them `top` below the head.
fn centred(builder: &mut Builder<'_>, lines: &[String], setting: Setting, top: Length) {
    let setting = setting.adjusted(Adjust::Centre);
    let first = builder.column.len();
    builder.strip(top, |_| {}).grid = Grid::Off;
    for line in lines {
        let flow = Flow::text(line.as_str(), setting.text);
        let tags = builder.tags(&flow, Role::Paragraph);
        builder.paragraph(&flow, tags, setting, Length::ZERO);
    }
    builder.column[first..].iter_mut().for_each(|strip| strip.grid = Grid::Off);
}

/// The copyright page (版权页): at its head what libraries and lawyers look for, at its foot the
/// version record. `extent` says what the pages tell, once they are set.
pub fn copyright(builder: &mut Builder<'_>, page: &CopyrightPage, extent: Option<Extent>) {
    let setting = Setting { leading: Length::pt(14.5), ..builder.design.label(8.5) };
    let line = setting.leading;
    if let Some(cip) = &page.cip {
        cip_block(builder, cip, setting);
    }
    if let Some(words) = page.internal {
        builder.leave(line);
        let bold = TextStyle { font: Style::new(Family::Sans, Weight::Bold), ..setting.text };
        small(builder, words, Setting { text: bold, ..setting });
    }
    for words in &page.rights {
        builder.leave(line);
        small(builder, words, setting);
    }
    if let Some(licence) = &page.licence {
        builder.leave(line);
        self::licence(builder, licence, setting);
    }
    let first = builder.column.len();
    builder.leave(line * 2);
    let drawn = builder.made.galley.stretch(|galley| {
        let rect = Area::new(Length::ZERO, line / 2, setting.measure, Length::pt(0.4));
        galley.tag(Tag::LAYOUT);
        galley.items.push(Drawn::Rule { rect, ink: Ink::Text });
    });
    let space = std::mem::take(&mut builder.space);
    let rule = Strip { space, height: line, drawn, grid: Grid::Off, ..Strip::default() };
    builder.column.push(rule);
    records(builder, &page.record(extent), setting);
    lower(builder, first);
}

/// Moves the strips from `first` on to the foot of the page, if all have room on one.
fn lower(builder: &mut Builder<'_>, first: usize) {
    let used: Length =
        builder.column.iter().map(|strip| strip.space + strip.height + strip.after).sum();
    let free = builder.design.sheet.depth() - used;
    if free > Length::ZERO {
        let blank = Strip { height: free, grid: Grid::Off, ..Strip::default() };
        builder.column.insert(first, blank);
    }
}

/// A paragraph of small type.
fn small(builder: &mut Builder<'_>, words: &str, setting: Setting) {
    let flow = Flow::text(words, setting.text);
    let tags = builder.tags(&flow, Role::Paragraph);
    builder.paragraph(&flow, tags, setting.adjusted(Adjust::Justify), Length::ZERO);
}

/// Data of cataloguing in publication: every part begins flush with the title, its further lines two
/// hanzi further in (GB/T 12451—2023, 8.3).
fn cip_block(builder: &mut Builder<'_>, cip: &CipBlock, setting: Setting) {
    let bold = TextStyle { font: Style::new(Family::Sans, Weight::Bold), ..setting.text };
    small(builder, cip.title, Setting { text: bold, ..setting });
    let hang = setting.text.size * 2;
    let hung = Setting { indent: -hang, ..setting.narrowed(hang) }.adjusted(Adjust::Justify);
    for part in &cip.parts {
        builder.leave(setting.leading / 2);
        let flow = Flow::text(part.as_str(), hung.text);
        let tags = builder.tags(&flow, Role::Paragraph);
        builder.paragraph(&flow, tags, hung, hang);
    }
}

/// The signs of a licence, and in words which it is; both lead there.
fn licence(builder: &mut Builder<'_>, licence: &Licence, setting: Setting) {
    let link = builder.within(Role::Paragraph, |builder| builder.element(Role::Link));
    let tag = Tag::Element(link);
    if let Some(id) = licence.badge {
        let size = builder.book.picture(id).size;
        let height = size.height + Length::pt(4.0);
        let strip = builder.strip(height, |galley| {
            // The words below say the same.
            let rect = Area::new(Length::ZERO, Length::ZERO, size.width, size.height);
            galley.tag(Tag::LAYOUT);
            galley.items.push(Drawn::Picture { picture: id, rect, alt: String::new() });
        });
        strip.grid = Grid::Off;
    }
    let shapers = builder.shapers;
    let words = Setting { text: setting.text.inked(Ink::Link), ..setting };
    let flow = Flow::text(licence.words.as_str(), words.text);
    let paragraph = Paragraph::new(&flow, words, shapers).tagged(Tags::plain(tag));
    let depth = setting.leading * paragraph.lines() as i32;
    let url = licence.url.clone();
    let strip = builder.strip(depth, |galley| {
        draw_lines_at(&paragraph, words, Spot::default(), shapers, galley);
        let width = (0..paragraph.lines()).map(|line| paragraph.line_width(line)).max();
        let rect = Area::new(Length::ZERO, Length::ZERO, width.unwrap_or_default(), depth);
        galley.tag(tag);
        galley.items.push(Drawn::Link { rect, target: Destination::Url(url) });
    });
    strip.grid = Grid::Off;
}

/// Where the pictures come from: label, words and address of each.
pub fn origins(builder: &mut Builder<'_>) {
    let book = builder.book;
    if book.origins.is_empty() {
        return;
    }
    front::heading(builder, builder.shapers.rules().labels.pictures.title);
    let setting = Setting { leading: Length::pt(16.0), ..builder.design.label(9.0) };
    builder.within(Role::List(Labels::Words), |builder| {
        for origin in &book.origins {
            builder.within(Role::Item, |builder| self::origin(builder, origin, setting));
        }
    });
}

/// One picture: its label leads to it; its address stands on a line of its own.
fn origin(builder: &mut Builder<'_>, origin: &Origin, setting: Setting) {
    let shapers = builder.shapers;
    builder.leave(setting.leading / 2);
    let bold = TextStyle { font: Style::new(Family::Sans, Weight::Bold), ..setting.text };
    let label = builder.within(Role::Label, |builder| match origin.anchor {
        Some(_) => builder.element(Role::Link),
        None => builder.inside(),
    });
    let hang = setting.text.size * 4;
    let of_label = Setting { text: bold, ..setting };
    let flow = Flow::text(origin.label.as_str(), bold);
    let label_tag = Tag::Element(label);
    let drawn = Paragraph::new(&flow, of_label, shapers).tagged(Tags::plain(label_tag));
    let wide = drawn.lines() > 1 || drawn.line_width(0) + setting.text.size > hang;
    let narrow = setting.narrowed(hang);
    builder.within(Role::Body, |builder| {
        let words = Flow::text(origin.words.as_str(), narrow.text);
        let tags = builder.tags(&words, Role::Paragraph);
        let words = Paragraph::new(&words, narrow, shapers).tagged(tags);
        let above = if wide { setting.leading * drawn.lines() as i32 } else { Length::ZERO };
        let depth = above + setting.leading * words.lines().max(usize::from(!wide)) as i32;
        let strip = builder.strip(depth, |galley| {
            draw_lines_at(&drawn, of_label, Spot::default(), shapers, galley);
            if let Some(anchor) = origin.anchor {
                let rect = Area::new(Length::ZERO, Length::ZERO, hang, setting.leading);
                galley.tag(label_tag);
                let target = Destination::Anchor(anchor);
                galley.items.push(Drawn::Link { rect, target });
            }
            let at = Spot { inline: hang, block: above };
            draw_lines_at(&words, narrow, at, shapers, galley);
        });
        strip.grid = Grid::Off;
        if let Some(url) = &origin.url {
            let mut flow = Flow::default();
            flow.push_link(url.clone(), Leads::Out(url), narrow.text);
            let tags = builder.tags(&flow, Role::Paragraph);
            builder.paragraph(&flow, tags, narrow, hang);
        }
    });
}
