//! What lies over a side: for every block of the text a rectangle that says its words and leads to its
//! source, for the mouse, the keyboard and readers of the screen alike.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use quick_xml::escape::escape;

use crate::diag::{SourceId, Sources, Span};
use crate::font::Fonts;
use crate::layout::{Element, ElementId, GlyphRun, Item, Layout, Page, Role, Tag};
use crate::units::{Length, Point, Rect, Size};

/// A block as far as it stands on a side.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it begins in the source; none where its words stand in no text of the book.
    pub origin: Option<Origin>,
    /// The level of a heading.
    pub heading: Option<u8>,
    /// What it says.
    pub text: String,
    rect: Rect,
}

/// A place in a text of the book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The path of its file.
    pub path: Arc<str>,
    /// The byte in it.
    pub start: u32,
    /// The line, from 1.
    pub line: usize,
}

/// The ends of the lines of texts, each counted once.
#[derive(Default)]
pub struct Lines(BTreeMap<SourceId, Vec<u32>>);

impl Lines {
    /// Where a stretch begins.
    pub fn origin(&mut self, span: Span, sources: &Sources) -> Origin {
        let source = sources.get(span.source);
        let ends = self.0.entry(span.source).or_insert_with(|| {
            // Texts are shorter than 4 GiB, as spans are.
            memchr::memchr_iter(b'\n', source.text.as_bytes()).map(|end| end as u32).collect()
        });
        let line = ends.partition_point(|&end| end < span.start) + 1;
        Origin { path: Arc::clone(&source.path), start: span.start, line }
    }
}

/// The blocks of a side, in reading order.
pub fn of(
    page: &Page,
    layout: &Layout,
    fonts: &Fonts,
    sources: &Sources,
    lines: &mut Lines,
) -> Vec<Block> {
    let mut blocks: Vec<(ElementId, Block)> = Vec::new();
    let mut tag = Tag::LAYOUT;
    let mut last = ElementId(0);
    for item in &page.items {
        let (rect, text) = match item {
            Item::Tag(next) => {
                tag = *next;
                continue;
            }
            Item::Glyphs(run) => (around(run, page, fonts), words(run, page)),
            Item::Picture { rect, alt, .. } => (Some(*rect), alt.as_str()),
            Item::Rule { .. } | Item::Wave { .. } | Item::Link { .. } => continue,
        };
        let (Tag::Element(element), Some(rect)) = (tag, rect) else { continue };
        let (owner, span) = owner(element, &layout.structure);
        let role = layout.structure.get(owner.0 as usize).map(|element| &element.role);
        // Signs and numbers before the words of an item say nothing by themselves.
        if span.is_none() && role == Some(&Role::Label) {
            continue;
        }
        let level = heading(element, &layout.structure);
        match blocks.iter_mut().rev().find(|(known, _)| *known == owner) {
            Some((_, block)) => {
                // Number and title stand apart, and so do an entry of the contents and its page.
                if element != last && (level.is_some() || role == Some(&Role::ContentsItem)) {
                    block.text.push(' ');
                }
                block.text.push_str(text);
                block.rect = union(block.rect, rect);
            }
            None => {
                let origin = span.map(|span| lines.origin(span, sources));
                let (heading, text) = (level, text.to_owned());
                blocks.push((owner, Block { origin, heading, text, rect }));
            }
        }
        last = element;
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// The element around `element` that has a place, and the place; where none has, the block that it
/// stands in.
fn owner(element: ElementId, structure: &[Element]) -> (ElementId, Option<Span>) {
    let mut at = element;
    let mut block = None;
    while let Some(Element { role, parent, place }) = structure.get(at.0 as usize) {
        if place.is_some() {
            return (at, *place);
        }
        if stands_alone(role) {
            block = block.or(Some(at));
        }
        let Some(parent) = *parent else { break };
        at = parent;
    }
    (block.unwrap_or(element), None)
}

/// Whether words of an element stand on lines of their own.
const fn stands_alone(role: &Role) -> bool {
    matches!(
        role,
        Role::Heading(_)
            | Role::Paragraph
            | Role::Label
            | Role::HeadCell
            | Role::Cell
            | Role::Figure { .. }
            | Role::Caption
            | Role::Code
            | Role::ContentsItem
    )
}

/// The level of the heading that an element is, or is in.
fn heading(element: ElementId, structure: &[Element]) -> Option<u8> {
    let mut at = Some(element);
    while let Some(Element { role, parent, .. }) = at.and_then(|at| structure.get(at.0 as usize)) {
        if let Role::Heading(level) = role {
            return Some(*level);
        }
        at = *parent;
    }
    None
}

/// What a run says.
fn words<'a>(run: &GlyphRun, page: &'a Page) -> &'a str {
    let glyphs = page.glyphs_of(run);
    let Some((first, last)) = glyphs.first().zip(glyphs.last()) else { return "" };
    let end = last.text_start as usize + usize::from(last.text_length);
    page.text.get(first.text_start as usize..end).unwrap_or_default()
}

/// The room of a run; none of an empty one.
fn around(run: &GlyphRun, page: &Page, fonts: &Fonts) -> Option<Rect> {
    let glyphs = page.glyphs_of(run);
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    let face = fonts.face(run.face);
    let advance =
        run.size.fraction(i32::from(face.advance(last.id)), i32::from(face.units_per_em().max(1)));
    // The body of a hanzi stands 0.88 em above its baseline.
    let origin = Point { x: run.origin.x + first.x, y: run.origin.y - run.size.fraction(88, 100) };
    let size = Size { width: last.x + advance - first.x, height: run.size };
    Some(Rect { origin, size })
}

fn union(one: Rect, other: Rect) -> Rect {
    let origin = Point { x: one.origin.x.min(other.origin.x), y: one.origin.y.min(other.origin.y) };
    let size = Size {
        width: one.right().max(other.right()) - origin.x,
        height: one.bottom().max(other.bottom()) - origin.y,
    };
    Rect { origin, size }
}

/// The blocks of a side as HTML, their places in parts of a page of this size.
pub fn html(blocks: &[Block], paper: Size) -> String {
    let mut out = String::new();
    for (number, Block { origin, heading, text, rect }) in blocks.iter().enumerate() {
        let part = |length: Length, whole: Length| 100.0 * length.as_pt() / whole.as_pt();
        let place = format!(
            "--x:{:.2}%;--y:{:.2}%;--w:{:.2}%;--h:{:.2}%",
            part(rect.origin.x, paper.width),
            part(rect.origin.y, paper.height),
            part(rect.size.width, paper.width),
            part(rect.size.height, paper.height)
        );
        let text = escape(text.trim());
        let role = heading.map_or(String::new(), |level| {
            format!(" role=\"heading\" aria-level=\"{}\"", level.saturating_add(1).min(6))
        });
        // Writing into a string does not fail.
        let _ = write!(out, "<p class=\"block\" data-block=\"{number}\" style=\"{place}\"{role}>");
        let _ = match origin {
            Some(Origin { path, line, .. }) => write!(
                out,
                "<a href=\"#source\" data-path=\"{}\" data-line=\"{line}\"><span>{text}</span></a>",
                escape(&**path)
            ),
            None => write!(out, "<span>{text}</span>"),
        };
        out.push_str("</p>");
    }
    out
}
