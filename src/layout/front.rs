//! The pages that the book says about itself: title page, contents, part titles.

use super::atoms::advance;
use super::axis::{Area, Drawn, Spot};
use super::blocks::{Builder, Grid, Keep, draw_lines_at};
use super::flow::Flow;
use super::page::{Destination, Folio, Ink};
use super::set::{Galley, Paragraph};
use super::structure::{Role, Tag, Tags};
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{AnchorId, Book, Caption, Chapter, Listing, Part};
use crate::font::{Family, Style, Weight};
use crate::manifest::Matter;
use crate::units::Length;

/// A line of the contents.
struct Entry {
    words: String,
    anchor: AnchorId,
    /// 0 for parts, 1 for chapters, 2 for sections, 3 for figures and tables.
    level: i32,
    style: TextStyle,
    /// Small words under the line.
    under: String,
}

/// Title, subtitle, who made it, publisher and date.
pub fn title_page(builder: &mut Builder<'_>) {
    let design = builder.design;
    let shapers = builder.shapers;
    let metadata = &builder.book.metadata;
    let depth = design.sheet.depth();
    let line = design.sheet.leading;
    let title = Setting {
        text: TextStyle::new(Family::Serif, Weight::Bold, Length::pt(26.0), design.language),
        leading: Length::pt(39.0),
        ..design.title()
    }
    .adjusted(Adjust::Centre);
    let subtitle = Setting {
        text: TextStyle::new(Family::Serif, Weight::Regular, Length::pt(14.0), design.language),
        leading: Length::pt(24.0),
        ..title
    };
    let foot = design.label(10.5).adjusted(Adjust::Centre);
    let lines = [
        (metadata.title.as_str(), title, line * 5),
        (metadata.subtitle.as_str(), subtitle, Length::pt(12.0)),
    ];
    let imprint = [metadata.publisher.as_str(), metadata.date.get(..4).unwrap_or_default()];
    let credits = title_credits(builder.book, shapers.rules().labels.name_separator);
    let small = design.label(10.0).adjusted(Adjust::Centre);
    let all = || {
        let credits = credits.iter().map(|words| (words.as_str(), small, Length::pt(3.0)));
        let imprint = imprint.map(|words| (words, foot, Length::ZERO));
        lines.into_iter().chain(credits).chain(imprint)
    };
    let needed = |(words, setting, space): (&str, Setting, Length)| {
        let flow = Flow::text(words, setting.text);
        space + setting.leading * Paragraph::new(&flow, setting, shapers).lines() as i32
    };
    if line * 3 + all().map(needed).sum() > depth {
        // Words that no page holds are divided like paragraphs.
        for (words, setting, space) in all() {
            builder.leave(space);
            let flow = Flow::text(words, setting.text);
            let tags = builder.tags(&flow, Role::Paragraph);
            builder.paragraph(&flow, tags, setting, Length::ZERO);
        }
        return;
    }
    let page = builder.inside();
    builder.strip(depth, |galley| {
        let mut add = |words, setting, block| {
            let tag = Tag::Element(galley.element(Role::Paragraph, Some(page)));
            words_at(words, setting, block, tag, shapers, galley)
        };
        let mut block = Length::ZERO;
        for (words, setting, space) in lines {
            block = add(words, setting, block + space);
        }
        block += line * 3;
        for words in &credits {
            block = add(words, small, block + Length::pt(3.0));
        }
        let mut block = depth - foot.leading * imprint.len() as i32;
        for words in imprint {
            block = add(words, foot, block);
        }
    });
}

/// The credits that the title page shows, a line each.
fn title_credits(book: &Book, separator: &str) -> Vec<String> {
    let shown = book.title_credits().into_iter();
    shown.map(|credit| format!("{}\u{3000}{}", credit.names.join(separator), credit.role)).collect()
}

/// Draws words from `block` on; gives their foot.
fn words_at(
    words: &str,
    setting: Setting,
    block: Length,
    tag: Tag,
    shapers: &super::shape::Shapers<'_>,
    galley: &mut Galley,
) -> Length {
    let flow = Flow::text(words, setting.text);
    let paragraph = Paragraph::new(&flow, setting, shapers).tagged(Tags::plain(tag));
    draw_lines_at(&paragraph, setting, Spot { inline: Length::ZERO, block }, shapers, galley);
    block + setting.leading * paragraph.lines() as i32
}

/// A part's number and title on a page of their own.
pub fn part_page(builder: &mut Builder<'_>, part: &Part) {
    let design = builder.design;
    let shapers = builder.shapers;
    let title = Setting { leading: Length::pt(36.0), ..design.title() }.adjusted(Adjust::Centre);
    let number = design.label(12.0).adjusted(Adjust::Centre);
    let top = design.sheet.leading * 8;
    let words = part.number.as_deref().unwrap_or_default();
    let flow = Flow::text(part.title.as_str(), title.text);
    let tag = Tag::Element(builder.element(Role::Heading(1)));
    let long = Paragraph::new(&flow, title, shapers).tagged(Tags::plain(tag));
    if top * 2 + title.leading * long.lines() as i32 > design.sheet.depth() {
        // A title that no page holds is divided like a paragraph.
        let flow = Flow::text(words, number.text);
        builder.paragraph(&flow, Tags::plain(tag), number, Length::ZERO);
        builder.lines(&long, title, Length::ZERO);
        builder.column[0].anchors.push(part.anchor);
        return;
    }
    let strip = builder.strip(design.sheet.depth(), |galley| {
        let block = words_at(words, number, top, tag, shapers, galley);
        words_at(&part.title, title, block + Length::pt(12.0), tag, shapers, galley);
    });
    strip.anchors.push(part.anchor);
}

/// A title over a page of the book's own: contents, credits.
pub fn heading(builder: &mut Builder<'_>, words: &str) {
    let design = builder.design;
    let shapers = builder.shapers;
    let setting = design.title();
    let line = design.sheet.leading;
    let tag = Tag::Element(builder.element(Role::Heading(1)));
    let strip = builder.strip(line * 5, |galley| {
        words_at(words, setting, line + line.fraction(1, 2), tag, shapers, galley);
    });
    strip.keep = Keep::WithNext;
}

/// The contents: a line for every part, chapter and section, with leaders and page numbers (R56).
pub fn contents(builder: &mut Builder<'_>, folio: &dyn Fn(AnchorId) -> Option<Folio>) {
    let words = builder.shapers.rules().labels.contents;
    heading(builder, words);
    let entries = entries(builder);
    builder.within(Role::Contents, |builder| {
        for (index, entry) in entries.iter().enumerate() {
            builder.within(Role::ContentsItem, |builder| {
                contents_line(builder, entry, folio(entry.anchor));
            });
            let opens = entries.get(index + 1).is_some_and(|next| next.level > entry.level);
            if let Some(strip) = builder.column.last_mut().filter(|_| opens) {
                strip.keep = Keep::WithNext;
            }
        }
    });
}

/// A list of figures or tables with leaders and page numbers.
pub fn listing(
    builder: &mut Builder<'_>,
    listing: Listing,
    folio: &dyn Fn(AnchorId) -> Option<Folio>,
) {
    heading(builder, builder.book.listing_title(listing));
    let size = builder.design.sheet.body.fraction(95, 100);
    let style = TextStyle::new(Family::Serif, Weight::Regular, size, builder.design.language);
    let entry = |caption: &Caption| {
        let words = format!("{}\u{3000}{}", caption.label, caption.plain_title());
        let (anchor, words) = (caption.anchor, words.trim_end().to_owned());
        Entry { words, anchor, level: 3, style, under: String::new() }
    };
    let entries: Vec<Entry> = builder.book.listed(listing).into_iter().map(entry).collect();
    builder.within(Role::Contents, |builder| {
        for entry in &entries {
            builder.within(Role::ContentsItem, |builder| {
                contents_line(builder, entry, folio(entry.anchor));
            });
        }
    });
}

/// What the contents list, in order.
fn entries(builder: &Builder<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let size = builder.design.sheet.body;
    let language = builder.design.language;
    let bold = TextStyle::new(Family::Serif, Weight::Bold, size, language);
    let plain = TextStyle::new(Family::Serif, Weight::Regular, size.fraction(95, 100), language);
    for chapter in &builder.book.chapters {
        if let Some(part) = &chapter.part {
            let words = part.full_title();
            let style = TextStyle::new(Family::Sans, Weight::Bold, size, language);
            let anchor = part.anchor;
            entries.push(Entry { words, anchor, level: 0, style, under: String::new() });
        }
        entries.push(chapter_entry(chapter, bold));
        if matches!(chapter.matter, Matter::Body | Matter::Appendix) {
            entries.extend(section_entries(chapter, plain));
        }
    }
    entries
}

fn chapter_entry(chapter: &Chapter, style: TextStyle) -> Entry {
    Entry {
        words: chapter.full_title(),
        anchor: chapter.anchor,
        level: 1,
        style,
        under: chapter.source.as_ref().map(|source| source.institution.clone()).unwrap_or_default(),
    }
}

/// The sections of a chapter.
fn section_entries(chapter: &Chapter, style: TextStyle) -> Vec<Entry> {
    let headings = chapter.headings().filter(|heading| heading.level == 2);
    headings
        .map(|heading| Entry {
            words: heading.full_title(),
            anchor: heading.anchor,
            level: 2,
            style,
            under: String::new(),
        })
        .collect()
}

/// One line of the contents: words, leader, page number; the whole line is a link.
fn contents_line(builder: &mut Builder<'_>, entry: &Entry, folio: Option<Folio>) {
    let design = builder.design;
    let shapers = builder.shapers;
    // A little closer than the text: a list is read by its numbers.
    let line = design.sheet.leading.fraction(15, 16);
    let measure = design.sheet.line_length();
    let em = design.sheet.body;
    let indent = if entry.level == 2 { em * 2 } else { Length::ZERO };
    // Further lines of a title stand under its first word, not under its number.
    let number = entry.words.split_once('\u{3000}').map_or("", |(number, _)| number);
    let widths = number.chars().map(|c| advance(shapers, entry.style, c));
    let hang = if number.is_empty() { Length::ZERO } else { widths.sum::<Length>() + em };
    let setting = Setting {
        text: entry.style,
        measure: measure - indent - hang - em * 4,
        indent: -hang,
        leading: line,
        adjust: Adjust::Start,
    };
    let flow = Flow::text(entry.words.as_str(), entry.style);
    let link = builder.within(Role::Reference, |builder| builder.element(Role::Link));
    let tag = Tag::Element(link);
    let words = Paragraph::new(&flow, setting, shapers).tagged(Tags::plain(tag));
    let number = folio.map(|folio| folio.numerals.write(folio.number)).unwrap_or_default();
    let number_style =
        TextStyle { font: Style::new(Family::Serif, Weight::Regular), ..entry.style };
    let number_width: Length = number.chars().map(|c| advance(shapers, number_style, c)).sum();
    let number_flow = Flow::text(number, number_style);
    let small = Setting { indent: Length::ZERO, ..design.label(8.5) };
    let lines = words.lines().max(1) as i32;
    if entry.level < 2 {
        builder.leave(line.fraction(1, 2));
    }
    let under_depth = if entry.under.is_empty() { Length::ZERO } else { small.leading };
    let strip = builder.strip(line * lines + under_depth, |galley| {
        draw_lines_at(
            &words,
            setting,
            Spot { inline: indent + hang, block: Length::ZERO },
            shapers,
            galley,
        );
        let baseline = line * (lines - 1) + setting.baseline();
        let begin = if lines > 1 { indent + hang } else { indent };
        let used = words.lines().checked_sub(1).map_or(Length::ZERO, |last| words.line_width(last));
        let from = begin + used + em.fraction(1, 2);
        galley.tag(Tag::LAYOUT);
        leader(galley, from, measure - number_width - em.fraction(1, 2), baseline, em);
        let paragraph = Paragraph::new(
            &number_flow,
            Setting { measure, indent: Length::ZERO, adjust: Adjust::End, ..setting },
            shapers,
        )
        .tagged(Tags::plain(tag));
        if paragraph.lines() > 0 {
            paragraph.draw(0, Spot { inline: Length::ZERO, block: baseline }, shapers, galley);
        }
        if !entry.under.is_empty() {
            let style = small.text.inked(Ink::Quiet);
            let small = Setting { text: style, ..small };
            words_at(&entry.under, small, line * lines, tag, shapers, galley);
        }
        let rect = Area::new(Length::ZERO, Length::ZERO, measure, line * lines + under_depth);
        galley.tag(tag);
        galley.items.push(Drawn::Link { rect, target: Destination::Anchor(entry.anchor) });
    });
    strip.grid = Grid::Off;
}

/// Small dots half an em apart, on one grid for all lines, from the far end on.
fn leader(galley: &mut Galley, from: Length, to: Length, baseline: Length, em: Length) {
    let step = em.fraction(1, 2);
    let dot = Length::pt(0.8);
    let mut inline = step * to.whole(step);
    while inline >= from {
        let rect = Area::new(inline, baseline - Length::pt(2.2), dot, dot);
        galley.items.push(Drawn::Rule { rect, ink: Ink::Quiet });
        inline -= step;
    }
}
