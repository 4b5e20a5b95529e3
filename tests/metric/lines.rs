//! Glyphs as lines of running text: the body size, the measure, paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::glyphs::Glyph;

/// How far a place may be off, in ems: faces and PDF numbers round.
pub const NEAR: f64 = 0.02;

/// What a character is to a line. The table is this module's own, so that a mistake in the
/// program's does not hide itself (R13, R14, R17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Han,
    Open,
    Close,
    /// ！ and ？, which stand close in pairs.
    Shout,
    Dot,
    Dash,
    Ellipsis,
    Connector,
    Slash,
    Suffix,
    Prefix,
    Latin,
    LatinOpen,
    LatinClose,
    /// The raised mark of a note.
    Mark,
    Space,
    Other,
}

/// The kind of `c` in a glyph `ems` wide.
fn kind(c: char, ems: f64) -> Kind {
    let narrow = ems < 0.7 && matches!(c, '“' | '‘' | '”' | '’');
    match c {
        '“' | '‘' if narrow => Kind::LatinOpen,
        '”' | '’' if narrow => Kind::LatinClose,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘' => Kind::Open,
        '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '”' | '’' | '，' | '。' | '、' | '；'
        | '：' => Kind::Close,
        '！' | '？' => Kind::Shout,
        '·' => Kind::Dot,
        '—' | '⸺' => Kind::Dash,
        '…' | '⋯' => Kind::Ellipsis,
        '～' | '–' => Kind::Connector,
        '/' => Kind::Slash,
        '%' | '‰' | '℃' => Kind::Suffix,
        '¥' | '￥' | '$' | '€' | '£' | '№' => Kind::Prefix,
        '(' | '[' => Kind::LatinOpen,
        ')' | ']' | ',' | '.' | ';' | ':' | '!' | '?' => Kind::LatinClose,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇' => {
            Kind::Han
        }
        _ if c.is_whitespace() => Kind::Space,
        _ if c.is_alphanumeric() && !('①'..='⓿').contains(&c) => Kind::Latin,
        _ => Kind::Other,
    }
}

/// A glyph of a line, in ems of the text.
#[derive(Clone, Debug)]
pub struct Sign {
    pub text: String,
    pub first: Kind,
    pub last: Kind,
    /// Its left edge without a blank.
    pub left: f64,
    /// Its right edge without a blank.
    pub right: f64,
    bold: bool,
    font: String,
}

impl Sign {
    /// A glyph in ems; `page` says which sizes are raised marks.
    fn new(glyph: &Glyph, em: f64, baseline: f64) -> Option<Self> {
        let ems = glyph.advance / em;
        let raised = glyph.size < 0.85 * em && baseline - glyph.y > 0.15 * em;
        let numeral = |c: char| c.is_ascii_digit() || !c.is_ascii();
        let of = |c: Option<char>| match c {
            Some(c) if raised && numeral(c) => Kind::Mark,
            Some(c) => kind(c, ems),
            None => Kind::Space,
        };
        let (first, last) = (of(glyph.text.chars().next()), of(glyph.text.chars().last()));
        if first == Kind::Space {
            return None;
        }
        let origin = glyph.x / em;
        // Full-width marks have their ink in one half of the box.
        let blank = if ems > 0.75 { ems / 2.0 } else { 0.0 };
        let cut = |kind| if kind == Kind::Dot { ((ems - 0.5) / 2.0).max(0.0) } else { 0.0 };
        let left = origin + if first == Kind::Open { blank } else { cut(first) };
        let closes = matches!(last, Kind::Close | Kind::Shout);
        let right = origin + ems - if closes { blank } else { cut(last) };
        let bold = glyph.font.contains("Bold");
        let (text, font) = (glyph.text.clone(), glyph.font.clone());
        Some(Self { text, first, last, left, right, bold, font })
    }

    /// Takes the further digits of a note's number.
    fn takes(&mut self, next: &Self) -> bool {
        let number = self.first == Kind::Mark && next.first == Kind::Mark;
        if number && next.left - self.right < 0.05 {
            self.text.push_str(&next.text);
            self.right = next.right;
            return true;
        }
        false
    }
}

/// What a line is to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text in the body size.
    Body,
    /// A heading, or a term that stands over what explains it.
    Heading,
    /// Text of another size, rows of tables and contents.
    Other,
}

/// A line on a page.
#[derive(Clone, Debug)]
pub struct Line {
    /// The page, counted from 1.
    pub page: usize,
    /// The baseline in points from the page's head.
    pub y: f64,
    pub role: Role,
    /// From left to right, without spaces.
    pub signs: Vec<Sign>,
    /// The right edge of the column, in ems.
    pub edge: f64,
    /// Its place in its paragraph, counted from 0.
    pub place: usize,
    /// How many lines its paragraph has.
    pub of: usize,
    /// The left edge of its paragraph's further lines, as far as it is known.
    left: Option<f64>,
}

impl Line {
    /// Its characters.
    pub fn text(&self) -> String {
        self.signs.iter().map(|sign| sign.text.as_str()).collect()
    }

    /// Whether another line of its paragraph follows.
    pub fn goes_on(&self) -> bool {
        self.place + 1 < self.of
    }

    fn start(&self) -> f64 {
        self.signs.first().map_or(0.0, |sign| sign.left)
    }

    /// Where its ink may end.
    pub fn end(&self) -> f64 {
        self.signs.last().map_or(0.0, |sign| sign.right)
    }

    /// Whether a mark at its end keeps its blank: half an em, or a quarter after the mark of a note.
    pub fn keeps_blank(&self) -> bool {
        let noted = self.signs.last().is_some_and(|sign| sign.last == Kind::Mark);
        let blank = if noted { 0.25 } else { 0.5 };
        (noted || self.ends_with_mark()) && (self.edge - self.end() - blank).abs() < NEAR
    }

    /// Whether it ends with a mark whose blank may go (R15).
    pub fn ends_with_mark(&self) -> bool {
        self.signs.last().is_some_and(|sign| matches!(sign.last, Kind::Close | Kind::Shout))
    }

    /// The fonts of its hanzi.
    fn fonts(&self) -> BTreeSet<&str> {
        let hanzi = self.signs.iter().filter(|sign| sign.first == Kind::Han);
        hanzi.map(|sign| sign.font.as_str()).collect()
    }

    /// The left edge of what follows a list's label: two ems or so in.
    fn label(&self) -> Option<f64> {
        let space = |pair: &[Sign]| pair[1].left - pair[0].right;
        let at = self.signs.windows(2).take(4).position(|pair| space(pair) > 0.4)?;
        let label: String = self.signs[..=at].iter().map(|sign| sign.text.as_str()).collect();
        let cited = label.strip_prefix('[').and_then(|label| label.strip_suffix(']'));
        let number = label.strip_suffix('.').or(cited);
        let number = number.is_some_and(|n| n.parse::<u32>().is_ok());
        (number || label == "•" || label == "‣").then(|| self.signs[at + 1].left)
    }
}

/// A document as lines.
#[derive(Debug)]
pub struct Pages {
    /// One em of the text in points.
    pub em: f64,
    /// Ems in a full line.
    pub measure: f64,
    /// In reading order.
    pub lines: Vec<Line>,
}

/// Groups glyphs into lines and lines into paragraphs.
pub fn group(pages: &[Vec<Glyph>]) -> Pages {
    let em = body_size(pages);
    let mut lines: Vec<Line> = Vec::new();
    for (index, glyphs) in pages.iter().enumerate() {
        lines.extend(page_lines(index + 1, glyphs, em));
    }
    drop_labels(&mut lines);
    let leading = leading(&lines);
    let mut measure: f64 = 0.0;
    for parity in [1, 0] {
        let of_parity = |line: &&Line| line.page % 2 == parity && line.role == Role::Body;
        let starts = lines.iter().filter(of_parity).map(Line::start);
        let ends = lines.iter().filter(of_parity).map(Line::end);
        let (Some(left), Some(right)) = (mode(starts), mode(ends)) else { continue };
        measure = measure.max(right - left);
        let own = lines.iter_mut().filter(|line| line.page % 2 == parity);
        own.for_each(|line| settle(line, left, right));
    }
    join(&mut lines, leading);
    Pages { em, measure, lines }
}

/// The size that most glyphs have.
fn body_size(pages: &[Vec<Glyph>]) -> f64 {
    mode(pages.iter().flatten().map(|glyph| glyph.size)).expect("the document has text")
}

/// The value that most have, to a hundredth.
fn mode(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry((value * 100.0).round() as i64).or_default() += 1);
    // Neighbours are one value that rounding parted.
    let near = |at: &i64| (at - 1..=at + 1).filter_map(|at| counts.get(&at)).sum::<usize>();
    let best = counts.keys().max_by_key(|at| (near(at), counts[at]))?;
    Some(*best as f64 / 100.0)
}

/// The lines of a page from its head to its foot.
fn page_lines(page: usize, glyphs: &[Glyph], em: f64) -> Vec<Line> {
    let mut rest: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        match rest.last_mut() {
            // What continues another glyph's characters is part of it; a dot under it is not.
            Some(last) if glyph.text.is_empty() => {
                if (last.y, last.size) == (glyph.y, glyph.size) {
                    last.advance = glyph.x + glyph.advance - last.x;
                }
            }
            _ => rest.push(glyph.clone()),
        }
    }
    let mut lines = Vec::new();
    // Body text first: marks and words of other sizes on its lines belong to it.
    while let Some(first) = rest.iter().find(|glyph| (glyph.size - em).abs() < 0.02 * em) {
        let near = 0.45 * em;
        lines.extend(take_line(page, first.clone(), near, &mut rest, em));
    }
    while let Some(first) = rest.first() {
        let near = 0.2 * first.size;
        lines.extend(take_line(page, first.clone(), near, &mut rest, em));
    }
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    lines
}

/// Takes the glyphs about a baseline out of `rest`.
fn take_line(page: usize, like: Glyph, near: f64, rest: &mut Vec<Glyph>, em: f64) -> Option<Line> {
    let (mut own, others): (Vec<Glyph>, Vec<Glyph>) =
        rest.drain(..).partition(|glyph| (glyph.y - like.y).abs() < near);
    *rest = others;
    own.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut signs: Vec<Sign> =
        own.iter().filter_map(|glyph| Sign::new(glyph, em, like.y)).collect();
    // The box of an opening bracket begins before the end of the letter before it.
    signs.sort_by(|a, b| a.left.total_cmp(&b.left));
    signs.dedup_by(|next, sign| sign.takes(next));
    let (first, last) = (signs.first()?, signs.last()?);
    let body = (like.size - em).abs() < 0.02 * em;
    let bold = signs.iter().all(|sign| sign.bold || sign.first == Kind::Mark);
    let row = signs.windows(2).any(|pair| pair[1].left - pair[0].right > 2.0);
    let role = match (body, like.size > em) {
        (true, _) if bold => Role::Heading,
        (true, _) if row => Role::Other,
        (true, _) => Role::Body,
        (false, true) if last.right > first.left => Role::Heading,
        (false, _) => Role::Other,
    };
    Some(Line { page, y: like.y, role, signs, edge: 0.0, place: 0, of: 1, left: None })
}

/// Lines in a font that few others have are labels, not text: the number of a chapter.
fn drop_labels(lines: &mut [Line]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for sign in lines.iter().filter(|line| line.role == Role::Body).flat_map(|line| &line.signs) {
        *counts.entry(sign.font.clone()).or_default() += 1;
    }
    let few = counts.values().sum::<usize>() / 50;
    for line in lines.iter_mut().filter(|line| line.role == Role::Body) {
        if line.signs.iter().all(|sign| counts.get(&sign.font).is_some_and(|&n| n < few)) {
            line.role = Role::Other;
        }
    }
}

/// The distance that most body lines have to the next.
fn leading(lines: &[Line]) -> f64 {
    let both = |pair: &&[Line]| {
        pair[0].page == pair[1].page && pair.iter().all(|line| line.role == Role::Body)
    };
    mode(lines.windows(2).filter(both).map(|pair| pair[1].y - pair[0].y)).unwrap_or(1.0)
}

/// Notes the column's edge, and what the line itself tells about its paragraph's left edge.
fn settle(line: &mut Line, left: f64, right: f64) {
    line.edge = right;
    let start = line.start();
    line.left = if let Some(hung) = line.label() {
        Some(hung)
    } else if (start - left).abs() < 0.03 {
        Some(left)
    } else {
        // An indent of two ems.
        (start - 2.0 > left - 0.03).then_some(start - 2.0)
    };
}

/// Joins lines into paragraphs.
fn join(lines: &mut [Line], leading: f64) {
    let body: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].role != Role::Other).collect();
    let mut begin = 0;
    for at in 1..=body.len() {
        let (first, last) = (&lines[body[begin]], &lines[body[at - 1]]);
        // Where the first line is indented, a line that is not goes on with its paragraph; so does an
        // item's, where the line after the next stands under that.
        let indented = last.page == first.page && first.start() - last.start() > 1.0;
        let level = |pair: &[usize]| {
            let (next, after) = (&lines[pair[0]], &lines[pair[1]]);
            (after.start() - next.start() - (after.edge - next.edge)).abs() < 0.03
        };
        let hangs = first.label().is_some() || begin + 1 < at;
        let sure = indented || (hangs && body.get(at..at + 2).is_some_and(level));
        let goes_on = body.get(at).is_some_and(|&next| goes_on(last, &lines[next], leading, sure));
        if goes_on {
            // What follows a first line that does not tell stands where the paragraph does.
            lines[body[at]].left = Some(lines[body[at]].start());
            continue;
        }
        let own = &body[begin..at];
        for (place, &line) in own.iter().enumerate() {
            (lines[line].place, lines[line].of) = (place, own.len());
        }
        begin = at;
    }
}

/// Whether `next` belongs to the paragraph of `line`.
fn goes_on(line: &Line, next: &Line, leading: f64, sure: bool) -> bool {
    if line.role != Role::Body || next.role != Role::Body || next.label().is_some() {
        return false;
    }
    if line.page == next.page && next.y - line.y > 1.3 * leading {
        return false;
    }
    // The margins differ from page to page, the right edge is common.
    let shift = next.edge - line.edge;
    let same = |left: f64| (next.start() - left - shift).abs() < 0.03;
    let flush = line.left.is_some_and(same);
    // Faces give the dot boxes of different widths.
    let dot = line.signs.last().is_some_and(|sign| sign.last == Kind::Dot);
    // A line of an address ends where the address allows.
    let hanzi = |pair: &[Sign]| pair[0].last == Kind::Han && pair[1].first == Kind::Han;
    let latin = line.signs.len() > 12 && !line.signs.windows(2).any(hanzi);
    let stops = line.signs.last().is_some_and(|sign| sign.last == Kind::Close);
    let address = latin && !stops && line.end() > line.edge - 5.0;
    let near = if dot { 0.1 } else { 0.025 };
    let full = address || line.end() > line.edge - near || line.keeps_blank();
    let (fonts, others) = (line.fonts(), next.fonts());
    // A full line that ends a sentence may end its paragraph, where the next line does not tell.
    let ended =
        !sure && line.text().trim_end_matches(['”', '’', '）', '》']).ends_with(['。', '！', '？']);
    let alike = fonts.is_empty() || others.is_empty() || !fonts.is_disjoint(&others);
    // Two ems in, a line of a list's item looks like the first of the next paragraph.
    let told = next.left.is_some_and(|left| (left - next.start()).abs() < 0.03);
    alike && ((flush && (told || (full && !ended))) || (same(line.start()) && full && !ended))
}
