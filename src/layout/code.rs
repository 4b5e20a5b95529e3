//! Code: every character in its cell, spaces and all; lines too long go on under a mark.

use super::atoms::advance;
use super::axis::{Area, Drawn, Spot};
use super::blocks::{Builder, Frame, Grid, Keep};
use super::page::{Glyph, GlyphRun, Ink};
use super::set::Galley;
use super::shape::Shapers;
use super::starts::TextPlace;
use super::structure::{Role, Tag};
use super::style::{Setting, TextStyle};
use crate::book::Text;
use crate::units::Length;

/// How many cells a tab fills up to.
const TAB: usize = 4;
/// Stands at the end of a line that goes on below.
const GOES_ON: char = '↙';

/// Adds the strips of a block of code on a light ground.
pub fn build(builder: &mut Builder<'_>, code: &Text, frame: Frame) {
    let padding = builder.design.code.text.size.fraction(3, 4);
    let setting = Setting { measure: frame.setting.measure - padding * 2, ..builder.design.code };
    let shapers = builder.shapers;
    let gap = frame.setting.leading.fraction(1, 2);
    builder.leave(gap);
    let first = builder.column.len();
    let paragraph = builder.element(Role::Paragraph);
    let code_tag = Tag::Element(builder.made.galley.element(Role::Code, Some(paragraph)));
    let mut before = 0;
    for typed in code.text.trim_end_matches('\n').split('\n') {
        let line = without_tabs(typed);
        let rows = rows(&line, setting, shapers);
        let last = rows.len() - 1;
        for (index, row) in rows.into_iter().enumerate() {
            let strip = builder.strip(setting.leading, |galley| {
                let measure = frame.setting.measure;
                let ground = Area::new(frame.inline, Length::ZERO, measure, setting.leading);
                galley.tag(Tag::LAYOUT);
                galley.items.push(Drawn::Rule { rect: ground, ink: Ink::Ground });
                galley.tag(code_tag);
                let at = Spot { inline: frame.inline + padding, block: setting.baseline() };
                draw(row, setting.text, at, shapers, galley);
                if index < last {
                    let style = setting.text.inked(Ink::Quiet);
                    let inline = at.inline + setting.measure - advance(shapers, style, GOES_ON);
                    galley.tag(Tag::LAYOUT);
                    draw_sign(GOES_ON, style, Spot { inline, ..at }, shapers, galley);
                }
            });
            strip.grid = Grid::Off;
            // All rows of a line begin where it does: of a line with tabs they are not the typed ones.
            strip.begins = Some(TextPlace { start: code.span.start, characters: before });
        }
        // Code is shorter than 4 GiB.
        before += typed.chars().count() as u32 + 1;
    }
    let lines = &mut builder.column[first..];
    let count = lines.len();
    for (index, strip) in lines.iter_mut().enumerate() {
        strip.keep = Keep::of_line(index, count);
    }
    builder.leave(gap);
}

/// A line with spaces for its tabs.
fn without_tabs(line: &str) -> String {
    let mut spaced = String::with_capacity(line.len());
    let mut cells = 0;
    for c in line.chars() {
        let width = if c == '\t' { TAB - cells % TAB } else { 1 };
        if c == '\t' {
            spaced.extend(std::iter::repeat_n(' ', width));
        } else {
            spaced.push(c);
        }
        cells += width;
    }
    spaced
}

/// A line in pieces that the measure holds: it is divided after a space where one stands in its last
/// third, else anywhere.
fn rows<'l>(line: &'l str, setting: Setting, shapers: &Shapers<'_>) -> Vec<&'l str> {
    let room = setting.measure - advance(shapers, setting.text, GOES_ON);
    let mut rows = Vec::new();
    let mut rest = line;
    loop {
        let whole = held(rest, setting.measure, setting.text, shapers);
        if whole == rest.len() {
            rows.push(rest);
            return rows;
        }
        let most = held(rest, room, setting.text, shapers);
        let space = rest[..most].rfind(' ').map(|space| space + 1);
        let end = space.filter(|&space| space * 3 > most * 2).unwrap_or(most);
        let (row, next) = rest.split_at(end);
        rows.push(row);
        rest = next;
    }
}

/// How many bytes of `line` a width holds; one character at least.
fn held(line: &str, width: Length, style: TextStyle, shapers: &Shapers<'_>) -> usize {
    let mut used = Length::ZERO;
    for (at, c) in line.char_indices() {
        used += advance(shapers, style, c);
        if at > 0 && used > width {
            return at;
        }
    }
    line.len()
}

/// Draws characters one after the other, a run for every face.
fn draw(row: &str, style: TextStyle, at: Spot, shapers: &Shapers<'_>, galley: &mut Galley) {
    let fonts = shapers.fonts();
    let mut inline = at.inline;
    let mut run: Option<GlyphRun<Spot>> = None;
    for c in row.chars() {
        let Some(face) = fonts.pick(style.font, c) else { continue };
        let Some(id) = fonts.face(face).glyph(c) else { continue };
        if run.as_ref().is_none_or(|run| run.face != face) {
            galley.items.extend(run.take().map(Drawn::Glyphs));
            let start = galley.glyphs.len() as u32;
            let (size, ink, origin) = (style.size, style.ink, Spot { inline, block: at.block });
            run = Some(GlyphRun { face, size, origin, ink, glyphs: start..start });
        }
        if let Some(run) = &mut run {
            let text_start = galley.text.len() as u32;
            galley.text.push(c);
            // A character is four bytes at most.
            let text_length = c.len_utf8() as u16;
            galley.glyphs.push(Glyph {
                id,
                text_length,
                text_start,
                x: inline - run.origin.inline,
            });
            run.glyphs.end += 1;
        }
        inline += advance(shapers, style, c);
    }
    galley.items.extend(run.map(Drawn::Glyphs));
}

/// Draws a sign that stands for no character of the text.
fn draw_sign(c: char, style: TextStyle, at: Spot, shapers: &Shapers<'_>, galley: &mut Galley) {
    let first = galley.glyphs.len();
    draw(c.encode_utf8(&mut [0; 4]), style, at, shapers, galley);
    for glyph in &mut galley.glyphs[first..] {
        galley.text.truncate(glyph.text_start as usize);
        glyph.text_length = 0;
    }
}
