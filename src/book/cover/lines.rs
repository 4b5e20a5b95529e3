//! Display lines: a few words, as large as their frame allows, broken where one would pause.

use crate::script::{Class, Rules};

/// The room for a text and how it may be set.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Length of the longest line.
    pub width: f64,
    /// From the top of the first line to the foot of the last.
    pub depth: f64,
    /// The largest size.
    pub largest: f64,
    /// A size that is large enough: no further line is made to get beyond it.
    pub ample: f64,
    /// From line to line, in ems.
    pub leading: f64,
}

impl Frame {
    /// The frame of what stands below words of `size`: a title of one long word may be small, and what
    /// is less than it is smaller still.
    pub fn below(self, size: f64) -> Self {
        let largest = self.largest.min(size * 0.8);
        Self { largest, ample: self.ample.min(largest), ..self }
    }
}

/// A text as it fits its frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The size, in the frame's unit.
    pub size: f64,
    /// From line to line, in ems.
    pub leading: f64,
    /// The lines: together the whole text, without the spaces that lines end at.
    pub lines: Vec<String>,
}

/// The most lines that a text is broken into.
const MOST_LINES: usize = 24;

/// How much smaller a text may become so that its lines end where it pauses.
const WORTH_A_PAUSE: f64 = 0.75;

/// Sets `text` as large as it goes. `advance` gives the width of a character in ems.
pub fn fit(text: &str, rules: &Rules, advance: impl Fn(char) -> f64, frame: &Frame) -> Setting {
    let pieces = pieces(text, rules, advance);
    let freely = best(&pieces, Breaks::Anywhere, frame);
    let pauses = best(&pieces, Breaks::AtPauses, frame);
    if pauses.size >= freely.size * WORTH_A_PAUSE { pauses } else { freely }
}

impl Setting {
    /// From the top of the first line to the foot of the last.
    pub fn depth(&self) -> f64 {
        match self.lines.len() {
            0 => 0.0,
            lines => self.size * (1.0 + (lines - 1) as f64 * self.leading),
        }
    }
}

/// A line of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its characters.
    pub text: String,
    /// How wide they are, in ems.
    pub width: f64,
    /// How far in it begins, in ems.
    pub indent: f64,
    /// Whether the paragraph ends with it.
    pub last: bool,
}

/// Sets a paragraph in lines of `measure` ems, the first of them `indent` further in. What is longer
/// than a line is cut anywhere.
pub fn rows(
    text: &str,
    rules: &Rules,
    advance: impl Fn(char) -> f64,
    (measure, indent): (f64, f64),
) -> Vec<Row> {
    let mut pieces = pieces(text, rules, &advance);
    // The indent takes the room of characters in the first line.
    if let Some(first) = pieces.first_mut() {
        first.width += indent;
    }
    let cut = |piece: Piece| if piece.width > measure { piece.cut(&advance) } else { vec![piece] };
    let pieces: Vec<Piece> = pieces.into_iter().flat_map(cut).collect();
    let lines = wrap(&pieces, Breaks::Anywhere, measure);
    let count = lines.len();
    let rows = lines.into_iter().enumerate().map(|(place, (text, width))| {
        let indent = if place == 0 { indent } else { 0.0 };
        Row { text, width: width - indent, indent, last: place + 1 == count }
    });
    rows.collect()
}

/// Where lines end besides where they must.
#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    /// Nowhere.
    Anywhere,
    /// Wherever the text pauses.
    AtPauses,
}

/// What no line end divides.
struct Piece {
    text: String,
    /// In ems.
    width: f64,
    /// Width of the space before it, in ems, where there is one.
    space: f64,
    /// The text pauses before it.
    after_pause: bool,
}

impl Piece {
    /// Its characters, each by itself.
    fn cut(self, advance: impl Fn(char) -> f64) -> Vec<Self> {
        let bare: f64 = self.text.chars().map(&advance).sum();
        // What is further in keeps its room.
        let (mut indent, mut space) = (self.width - bare, self.space);
        let pieces = self.text.chars().map(|c| Self {
            text: c.into(),
            width: advance(c) + std::mem::take(&mut indent),
            space: std::mem::take(&mut space),
            after_pause: false,
        });
        pieces.collect()
    }
}

/// The setting with the fewest lines whose size is ample, or else the one with the largest size.
fn best(pieces: &[Piece], breaks: Breaks, frame: &Frame) -> Setting {
    let mut best = Setting { size: 0.0, leading: frame.leading, lines: Vec::new() };
    for most in 1..=MOST_LINES.min(pieces.len()) {
        let setting = set(pieces, breaks, most, frame);
        if setting.size > best.size {
            best = setting;
        }
        if best.size >= frame.ample {
            break;
        }
    }
    best
}

/// Sets the pieces in at most `most` lines of nearly one length (more where the text pauses more
/// often), as large as they go.
fn set(pieces: &[Piece], breaks: Breaks, most: usize, frame: &Frame) -> Setting {
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f64::max);
    let (mut low, mut high) =
        (widest, pieces.iter().map(|piece| piece.width + piece.space).sum::<f64>().max(widest));
    // The shortest length that needs no more lines; halved until the rest does not show.
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        if wrap(pieces, breaks, middle).len() <= most { high = middle } else { low = middle }
    }
    let lines = wrap(pieces, breaks, high);
    let longest = lines.iter().map(|(_, width)| *width).fold(0.0, f64::max);
    let rows = 1.0 + (lines.len().saturating_sub(1)) as f64 * frame.leading;
    let size = (frame.width / longest.max(1e-3)).min(frame.depth / rows).min(frame.largest);
    let lines = lines.into_iter().map(|(line, _)| line).collect();
    Setting { size, leading: frame.leading, lines }
}

/// Lines no longer than `limit` ems, each with its width; a piece that is longer stands alone.
fn wrap(pieces: &[Piece], breaks: Breaks, limit: f64) -> Vec<(String, f64)> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for piece in pieces {
        let pause = breaks == Breaks::AtPauses && piece.after_pause;
        match lines.last_mut() {
            Some((line, width)) if !pause && *width + piece.space + piece.width <= limit + 1e-6 => {
                if piece.space > 0.0 {
                    line.push(' ');
                }
                line.push_str(&piece.text);
                *width += piece.space + piece.width;
            }
            Some(_) | None => lines.push((piece.text.clone(), piece.width)),
        }
    }
    lines
}

/// Cuts a text where lines may end.
fn pieces(text: &str, rules: &Rules, advance: impl Fn(char) -> f64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<(char, Class)> = None;
    let mut space = false;
    for c in text.trim().chars() {
        let class = rules.class(c);
        match class {
            Class::Space => {
                space = true;
                continue;
            }
            Class::ZeroSpace | Class::SoftHyphen => continue,
            _ if c.is_control() => continue,
            _ => {}
        }
        let width = advance(c);
        match (before, pieces.last_mut()) {
            (Some(before), Some(piece)) if !space && !may_break(before.1, class) => {
                piece.text.push(c);
                piece.width += width;
            }
            (before, _) => pieces.push(Piece {
                text: c.into(),
                width,
                space: if space { advance(' ') } else { 0.0 },
                after_pause: before.is_some_and(|before| pauses(before, space, class)),
            }),
        }
        before = Some((c, class));
        space = false;
    }
    pieces
}

/// Whether a line may end between two characters without a space (clreq 3.1.1, kept strict: a
/// cover has few lines, and each shows).
fn may_break(before: Class, after: Class) -> bool {
    let starts_no_line = matches!(
        after,
        Class::Close
            | Class::Pause
            | Class::Stop
            | Class::Centred
            | Class::Small
            | Class::QuoteClose
            | Class::MiddleDot
            | Class::Dash
            | Class::Ellipsis
            | Class::Connector
            | Class::Slash
            | Class::Suffix
            | Class::Hyphen
            | Class::LatinClose
            | Class::FixedSpace
            | Class::Joiner
            | Class::Combining
    );
    let after_digit = after == Class::Digit;
    let ends_a_line = match before {
        Class::Open | Class::QuoteOpen | Class::LatinOpen | Class::Prefix => false,
        Class::FixedSpace | Class::Joiner => false,
        Class::Han | Class::Small | Class::Close | Class::Dash => true,
        Class::Pause | Class::Stop | Class::Centred => true,
        Class::Ellipsis | Class::MiddleDot => true,
        Class::Hyphen | Class::Slash | Class::Connector => !after_digit,
        // 2025年 stays together.
        Class::Digit => after == Class::Open,
        Class::QuoteClose
        | Class::Suffix
        | Class::Letter
        | Class::LatinClose
        | Class::Combining
        | Class::NoteMark
        | Class::Other => matches!(after, Class::Han | Class::Open),
        Class::Space | Class::ZeroSpace | Class::SoftHyphen => true,
    };
    ends_a_line && !starts_no_line
}

/// Whether a reader pauses between two characters: a colon, a comma, a dash; a space between
/// hanzi.
fn pauses((c, before): (char, Class), space: bool, after: Class) -> bool {
    match before {
        Class::Stop | Class::Dash | Class::Ellipsis => true,
        Class::Pause | Class::Centred => !matches!(c, '、' | '·' | '・' | '‧'),
        Class::LatinClose => space && matches!(c, ':' | ';'),
        Class::Han | Class::Small => space && after == Class::Han,
        Class::Open
        | Class::Close
        | Class::QuoteOpen
        | Class::QuoteClose
        | Class::MiddleDot
        | Class::Connector
        | Class::Slash
        | Class::Suffix
        | Class::Prefix
        | Class::Digit
        | Class::Letter
        | Class::Hyphen
        | Class::LatinOpen
        | Class::Space
        | Class::FixedSpace
        | Class::Joiner
        | Class::ZeroSpace
        | Class::SoftHyphen
        | Class::Combining
        | Class::NoteMark
        | Class::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::rules;

    const FRAME: Frame =
        Frame { width: 300.0, depth: 200.0, largest: 80.0, ample: 48.0, leading: 1.3 };

    fn set(text: &str) -> (f64, String) {
        let advance = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        let setting = fit(text, rules("zh-Hans").unwrap(), advance, &FRAME);
        (setting.size.round(), setting.lines.join("|"))
    }

    #[test]
    fn a_short_title_stands_in_one_line() {
        assert_eq!(set("论语"), (80.0, "论语".into()));
        assert_eq!(set("对话与竞逐"), (60.0, "对话与竞逐".into()));
    }

    #[test]
    fn lines_end_where_the_text_pauses() {
        assert_eq!(set("人工智能：全球治理"), (60.0, "人工智能：|全球治理".into()));
        assert_eq!(set("城市更新 十年回望").1, "城市更新|十年回望");
        assert_eq!(set("Power: a history of its limits").1, "Power:|a history of|its limits");
    }

    #[test]
    fn words_stay_whole_and_marks_stay_with_their_words() {
        assert_eq!(set("The Design of Everyday Things").1, "The Design|of Everyday|Things");
        assert_eq!(set("展望2025年《联合国》改革").1, "展望2025年|《联合国》|改革");
        assert_eq!(set("Don’t panic").1, "Don’t panic");
    }

    #[test]
    fn no_text_is_too_long() {
        for text in [
            "面向二十一世纪中叶的长三角高质量一体化发展与全球科技创新中心建设战略研究报告总集",
            &"长".repeat(3000),
            &"a".repeat(500),
        ] {
            let (size, lines) = set(text);
            assert_eq!(lines.replace('|', ""), text);
            assert!(size >= 0.0);
        }
        assert_eq!(set("  "), (0.0, String::new()));
    }
}
