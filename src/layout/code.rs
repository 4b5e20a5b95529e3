//! Code: every character in its cell, spaces and all; lines too long go on under a mark.

use std::ops::Range;

use super::atoms::advance;
use super::axis::{Area, Drawn, Spot};
use super::blocks::{Builder, Frame, Grid, Keep};
use super::page::{Glyph, GlyphRun, Ink};
use super::set::Galley;
use super::shape::Shapers;
use super::starts::TextPlace;
use super::structure::{Role, Tag};
use super::style::{Setting, TextStyle};
use crate::book::{Text, Token, TokenKind};
use crate::font::{Style, Weight};
use crate::units::Length;

/// How many cells a tab fills up to.
const TAB: usize = 4;
/// Stands at the end of a line that goes on below.
const GOES_ON: char = '↙';

/// Adds the strips of a block of code on a light ground.
pub fn build(builder: &mut Builder<'_>, code: &Text, tokens: &[Token], frame: Frame) {
    let padding = builder.design.code.text.size.fraction(3, 4);
    let setting = Setting { measure: frame.setting.measure - padding * 2, ..builder.design.code };
    let shapers = builder.shapers;
    let gap = frame.setting.leading.fraction(1, 2);
    builder.leave(gap);
    let first = builder.column.len();
    let paragraph = builder.element(Role::Paragraph);
    builder.made.galley.place(paragraph, Some(code.span));
    let code_tag = Tag::Element(builder.made.galley.element(Role::Code, Some(paragraph)));
    let (mut before, mut start) = (0, 0);
    for typed in code.text.trim_end_matches('\n').split('\n') {
        let line = Line::of(typed, start, tokens);
        start += typed.len() + 1;
        let rows = rows(&line.text, setting, shapers);
        let last = rows.len() - 1;
        for (index, row) in rows.into_iter().enumerate() {
            let strip = builder.strip(setting.leading, |galley| {
                let measure = frame.setting.measure;
                let ground = Area::new(frame.inline, Length::ZERO, measure, setting.leading);
                galley.tag(Tag::LAYOUT);
                galley.items.push(Drawn::Rule { rect: ground, ink: Ink::Ground });
                galley.tag(code_tag);
                let at = Spot { inline: frame.inline + padding, block: setting.baseline() };
                line.draw(row, setting.text, at, shapers, galley);
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

/// A line as it is set.
struct Line {
    /// Its characters, with spaces for tabs.
    text: String,
    /// Where what it consists of ends, and what it is; empty where that is not known.
    parts: Vec<Token>,
}

impl Line {
    /// The line `typed` at byte `start` of a text that consists of `tokens`.
    fn of(typed: &str, start: usize, tokens: &[Token]) -> Self {
        let first = tokens.partition_point(|token| token.end <= start);
        let mut line = Self { text: String::with_capacity(typed.len()), parts: Vec::new() };
        let (mut from, mut cells) = (0, 0);
        for token in &tokens[first..] {
            let end = (token.end - start).min(typed.len());
            line.add(&typed[from..end], &mut cells);
            line.parts.push(Token { end: line.text.len(), kind: token.kind });
            from = end;
            if end == typed.len() {
                break;
            }
        }
        line.add(&typed[from..], &mut cells);
        line
    }

    /// Adds characters after so many cells.
    fn add(&mut self, typed: &str, cells: &mut usize) {
        for c in typed.chars() {
            let width = if c == '\t' { TAB - *cells % TAB } else { 1 };
            if c == '\t' {
                self.text.extend(std::iter::repeat_n(' ', width));
            } else {
                self.text.push(c);
            }
            *cells += width;
        }
    }

    /// Draws some of its bytes, each part as what it is: keywords by weight, which grey print keeps.
    fn draw(
        &self,
        row: Range<usize>,
        style: TextStyle,
        at: Spot,
        shapers: &Shapers<'_>,
        galley: &mut Galley,
    ) {
        let (mut from, mut at) = (row.start, at);
        let rest = Token { end: row.end, kind: TokenKind::Plain };
        for part in self.parts.iter().filter(|part| part.end > row.start).chain([&rest]) {
            let end = part.end.min(row.end);
            let style = match part.kind {
                TokenKind::Plain => style,
                TokenKind::Keyword => {
                    TextStyle { font: Style::new(style.font.family, Weight::Bold), ..style }
                }
                TokenKind::Literal => style.inked(Ink::Accent),
                TokenKind::Comment => style.inked(Ink::Quiet),
            };
            at.inline = draw(&self.text[from..end], style, at, shapers, galley);
            from = end;
        }
    }
}

/// A line in pieces that the measure holds: it is divided after a space where one stands in its last
/// third, else anywhere.
fn rows(line: &str, setting: Setting, shapers: &Shapers<'_>) -> Vec<Range<usize>> {
    let room = setting.measure - advance(shapers, setting.text, GOES_ON);
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let rest = &line[start..];
        let whole = held(rest, setting.measure, setting.text, shapers);
        if whole == rest.len() {
            rows.push(start..line.len());
            return rows;
        }
        let most = held(rest, room, setting.text, shapers);
        let space = rest[..most].rfind(' ').map(|space| space + 1);
        let end = start + space.filter(|&space| space * 3 > most * 2).unwrap_or(most);
        rows.push(start..end);
        start = end;
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

/// Draws characters one after the other, a run for every face; gives where the next one would stand.
fn draw(
    row: &str,
    style: TextStyle,
    at: Spot,
    shapers: &Shapers<'_>,
    galley: &mut Galley,
) -> Length {
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
    inline
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Folder;
    use crate::font::{self, Family};
    use crate::manifest::FontChoice;
    use crate::script;

    #[test]
    fn parts_of_code_are_told_by_weight_and_ink_also_after_a_tab() {
        let fonts = font::load(
            &FontChoice::default(),
            &Folder::Memory(Default::default()),
            &mut crate::diag::Sink::default(),
        )
        .unwrap();
        let rules = script::rules("zh-Hans").unwrap();
        let shapers = Shapers::new(&fonts, rules);
        let kinds = [
            (3, TokenKind::Plain),
            (5, TokenKind::Keyword),
            (6, TokenKind::Plain),
            (9, TokenKind::Literal),
            (15, TokenKind::Comment),
        ];
        let tokens = kinds.map(|(end, kind)| Token { end, kind });
        // The line begins at byte 2 of the code: `{\n`.
        let line = Line::of("\tif 1.0 //注", 2, &tokens);
        assert_eq!(line.text, "    if 1.0 //注");
        let style = TextStyle::new(Family::Mono, Weight::Regular, Length::pt(10.0), rules);
        let mut galley = Galley::default();
        line.draw(2..line.text.len(), style, Spot::default(), &shapers, &mut galley);
        let drawn: Vec<_> = galley
            .items
            .iter()
            .filter_map(|item| match item {
                Drawn::Glyphs(run) => {
                    let glyphs = &galley.glyphs[run.glyphs.start as usize..run.glyphs.end as usize];
                    let text = |glyph: &Glyph| {
                        let start = glyph.text_start as usize;
                        &galley.text[start..start + usize::from(glyph.text_length)]
                    };
                    let text: String = glyphs.iter().map(text).collect();
                    Some((fonts.face(run.face).name(), run.ink, text))
                }
                _ => None,
            })
            .collect();
        let mono = "NotoSansMono-Regular";
        assert_eq!(
            drawn,
            [
                (mono, Ink::Text, "  ".to_owned()),
                ("NotoSansMono-Bold", Ink::Text, "if".to_owned()),
                (mono, Ink::Text, " ".to_owned()),
                (mono, Ink::Accent, "1.0".to_owned()),
                (mono, Ink::Quiet, " //".to_owned()),
                ("NotoSerifSC-Regular", Ink::Quiet, "注".to_owned()),
            ]
        );
    }
}
