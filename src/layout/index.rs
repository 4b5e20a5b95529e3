//! The index: entries with the pages that they tell, in two columns.

use super::axis::Spot;
use super::blocks::{Builder, Grid, Keep, Strip};
use super::flow::{Flow, Leads};
use super::page::Folio;
use super::structure::{Labels, Role};
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{AnchorId, CrossEntry, Index, IndexEntry, IndexPlace};
use crate::font::{Family, Style, Weight};
use crate::script::Numerals;
use crate::units::Length;

/// Between two pages, and between the ends of a longer place.
const BETWEEN: &str = ", ";
const RANGE: &str = "–";
/// How many columns stand side by side.
const COLUMNS: usize = 2;
/// The lines that a column must have at the foot of a page that has other things on it.
const LEAST_LINES: i32 = 4;

/// What an entry tells of its places: each page once, whatever stands on it twice, with the anchor that
/// it leads to. Places whose pages are not known are counted.
pub fn locators(
    places: &[IndexPlace],
    folio: &dyn Fn(AnchorId) -> Option<Folio>,
) -> Vec<(AnchorId, String)> {
    let known = |place: &IndexPlace| {
        let from = folio(place.from)?;
        Some((*place, from, place.to.and_then(folio).unwrap_or(from)))
    };
    let known: Option<Vec<(IndexPlace, Folio, Folio)>> = places.iter().map(known).collect();
    let Some(mut known) = known else {
        let counted = places.iter().enumerate();
        return counted.map(|(count, place)| (place.from, (count + 1).to_string())).collect();
    };
    let order = |folio: Folio| (folio.numerals != Numerals::Roman, folio.number);
    known.sort_by_key(|(_, from, to)| (order(*from), std::cmp::Reverse(order(*to))));
    let mut told: Vec<(AnchorId, String)> = Vec::new();
    let mut reached = None;
    for (place, from, to) in known {
        if reached.is_some_and(|reached| order(to) <= reached) {
            continue;
        }
        reached = Some(order(to));
        let longer = order(to) > order(from);
        let end = if longer { format!("{RANGE}{}", to.printed()) } else { String::new() };
        told.push((place.from, from.printed() + &end));
    }
    told
}

/// Adds the strips of an index: its lines in columns, one strip a page.
pub fn build<'a>(builder: &mut Builder<'a>, index: &'a Index) {
    let line = builder.design.sheet.leading;
    builder.leave(line);
    let above = std::mem::take(&mut builder.column);
    let space = std::mem::take(&mut builder.space);
    builder.within(Role::Index, |builder| {
        for group in &index.groups {
            builder.leave(line);
            title(builder, &group.title);
            list(builder, &group.entries, 0);
        }
    });
    let lines = std::mem::replace(&mut builder.column, above);
    builder.space = space;
    place(builder, lines);
}

/// The setting of entries `depth` below the first: turned lines hang two ems behind their first.
fn setting(builder: &Builder<'_>, depth: u8) -> (Setting, Length) {
    let sheet = &builder.design.sheet;
    let size = sheet.body.fraction(85, 100);
    let (width, _) = columns(builder);
    let hang = size * 2;
    let inline = size * i32::from(depth) + hang;
    let text = TextStyle { size, ..builder.design.body.text };
    let leading = sheet.leading.fraction(5, 6);
    let measure = width - inline;
    (Setting { text, measure, indent: -hang, leading, adjust: Adjust::Start }, inline)
}

/// The width of a column, and how far the next one begins from it.
fn columns(builder: &Builder<'_>) -> (Length, Length) {
    let gap = builder.design.sheet.body * 2;
    let width = (builder.design.sheet.line_length() - gap) / COLUMNS as i32;
    (width, width + gap)
}

/// The title of a group.
fn title(builder: &mut Builder<'_>, words: &str) {
    let (setting, _) = setting(builder, 0);
    let (measure, _) = columns(builder);
    let font = Style::new(Family::Sans, Weight::Bold);
    let text = TextStyle { font, ..setting.text };
    let setting = Setting { text, measure, indent: Length::ZERO, ..setting };
    let flow = Flow::text(words, text);
    let tags = builder.tags(&flow, Role::Paragraph);
    let first = builder.column.len();
    builder.paragraph(&flow, tags, setting, Length::ZERO);
    builder.column[first..].iter_mut().for_each(|strip| strip.keep = Keep::WithNext);
}

/// Entries of one level, each with those below it.
fn list(builder: &mut Builder<'_>, entries: &[IndexEntry], depth: u8) {
    builder.within(Role::List(Labels::Words), |builder| {
        for entry in entries {
            builder.within(Role::Item, |builder| {
                builder.within(Role::Body, |builder| {
                    self::entry(builder, entry, depth);
                    if !entry.entries.is_empty() {
                        list(builder, &entry.entries, depth + 1);
                    }
                });
            });
        }
    });
}

/// The lines of one entry.
fn entry(builder: &mut Builder<'_>, entry: &IndexEntry, depth: u8) {
    let (setting, inline) = setting(builder, depth);
    let style = setting.text;
    let labels = &builder.shapers.rules().labels.index;
    let mut flow = Flow::text(entry.words.as_str(), style);
    let folios = builder.folios;
    let told = locators(&entry.places, &|anchor| Some(folios.of(anchor)));
    for (count, (anchor, words)) in told.into_iter().enumerate() {
        flow.push_text(if count == 0 { " " } else { BETWEEN }, style);
        flow.push_link(words, Leads::To(anchor), style);
    }
    cross(&mut flow, labels.see, entry.see.as_slice(), style);
    cross(&mut flow, labels.see_also, &entry.also, style);
    let tags = builder.tags(&flow, Role::Paragraph);
    let first = builder.column.len();
    builder.paragraph(&flow, tags, setting, inline);
    let opens = !entry.entries.is_empty();
    let strips = &mut builder.column[first..];
    if let (true, Some(last)) = (opens, strips.last_mut()) {
        last.keep = Keep::WithNext;
    }
    if let Some(strip) = strips.first_mut() {
        strip.anchors.extend(entry.anchor);
    }
}

/// Other entries that the reader is sent to.
fn cross(flow: &mut Flow<'_>, label: &'static str, entries: &[CrossEntry], style: TextStyle) {
    if entries.is_empty() {
        return;
    }
    flow.push_text(" ", style);
    flow.push_text(label, style);
    for (count, entry) in entries.iter().enumerate() {
        flow.push_text(if count == 0 { " " } else { BETWEEN }, style);
        flow.push_link(entry.words.clone(), Leads::To(entry.anchor), style);
    }
}

/// Puts lines into columns side by side: what a page holds is one strip, whose columns are equally
/// long on the last page.
fn place(builder: &mut Builder<'_>, lines: Vec<Strip>) {
    let depth = builder.design.sheet.depth();
    let mut room = depth - foot(builder);
    if room < builder.design.sheet.leading * LEAST_LINES {
        room = depth;
    }
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let mut page = filled(rest, room);
        let held: usize = page.iter().sum();
        if held == rest.len() {
            page = balanced(rest, room);
        }
        let (now, later) = rest.split_at(held);
        side_by_side(builder, now, &page);
        rest = later;
        room = depth;
    }
}

/// How far the column is filled on the page that it ends on.
fn foot(builder: &Builder<'_>) -> Length {
    let depth = builder.design.sheet.depth();
    let mut block = Length::ZERO;
    for strip in &builder.column {
        let below = block + strip.space + strip.height;
        block = if below > depth { strip.height } else { below } + strip.after;
    }
    block + builder.space
}

/// How many of the lines stand in each column of a page with so much room.
fn filled(lines: &[Strip], room: Length) -> Vec<usize> {
    let mut rest = lines;
    let mut counts = Vec::new();
    while counts.len() < COLUMNS && !rest.is_empty() {
        let count = held(rest, room);
        counts.push(count);
        rest = &rest[count..];
    }
    counts
}

/// The same where all lines have room: the least depth that holds them.
fn balanced(lines: &[Strip], room: Length) -> Vec<usize> {
    let tallest = lines.iter().map(|strip| strip.height).max().unwrap_or(room);
    let step = tallest.fraction(1, 2).max(Length::from_raw(1));
    let whole: Length = lines.iter().map(|strip| strip.space + strip.height).sum();
    let mut depth = (whole / COLUMNS as i32).min(room);
    loop {
        let page = filled(lines, depth);
        if page.iter().sum::<usize>() == lines.len() || depth >= room {
            return page;
        }
        depth = (depth + step).min(room);
    }
}

/// How many of the lines a column of a depth holds: one at least, and no title without its entries.
fn held(lines: &[Strip], depth: Length) -> usize {
    let mut block = Length::ZERO;
    let fits = |(index, strip): &(usize, &Strip)| {
        let space = if *index == 0 { Length::ZERO } else { strip.space };
        block += space + strip.height;
        block <= depth
    };
    let most = lines.iter().enumerate().take_while(fits).count();
    if most == lines.len() {
        return most;
    }
    let ends = |count: &usize| lines[count - 1].keep == Keep::Free;
    (1..=most).rev().find(ends).unwrap_or(most.max(1))
}

/// Draws columns side by side as one strip.
fn side_by_side(builder: &mut Builder<'_>, lines: &[Strip], counts: &[usize]) {
    let (_, step) = columns(builder);
    let mut pieces = Vec::with_capacity(lines.len());
    let mut anchors = Vec::new();
    let (mut inline, mut depth) = (Length::ZERO, Length::ZERO);
    let mut rest = lines;
    for &count in counts {
        let (column, later) = rest.split_at(count.min(rest.len()));
        let mut block = Length::ZERO;
        for (index, strip) in column.iter().enumerate() {
            block += if index == 0 { Length::ZERO } else { strip.space };
            pieces.push((&strip.drawn, Spot { inline, block }));
            anchors.extend(strip.anchors.iter().copied());
            block += strip.height;
        }
        depth = depth.max(block);
        inline += step;
        rest = later;
    }
    let drawn = builder.made.galley.gather(pieces.into_iter());
    let space = std::mem::take(&mut builder.space);
    anchors.append(&mut builder.waiting);
    let grid = Grid::Off;
    builder.column.push(Strip { space, height: depth, drawn, grid, anchors, ..Strip::default() });
}
