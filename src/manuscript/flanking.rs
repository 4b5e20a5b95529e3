//! Emphasis beside Chinese punctuation.
//!
//! CommonMark lets a run of `*` open or close by what stands beside it and takes 。 or ” for
//! punctuation after which a hanzi cannot close: `**强调。**后` stays as it is. The amendment
//! “CommonMark CJK-friendly” mends the rule. The parser does not know it, so [`prepare`] puts a
//! noncharacter between a run and its neighbour wherever the parser would decide otherwise than
//! the amendment; the parser takes it for a letter. It is taken out of everything that comes back.
//!
//! The parser also takes `{…}` at the end of a heading for its attributes, even where it belongs to the
//! words, as in `## 论[史记]{.book}`; a noncharacter after it hides it.
//!
//! Where a run would need a letter and `_` beside it punctuation, as in `前**_重_**后`, no mark helps
//! and both stay as the parser reads them.

use std::ops::Range;

use super::attributes;
use crate::script::{is_cjk, is_punctuation, scan};

/// The noncharacter; sources that hold it are refused.
pub(super) const MARK: char = '\u{FDD0}';

/// The most delimiter runs in a row that are looked at together.
const MOST_RUNS: usize = 3;

/// A text with marks in it.
pub(super) struct Prepared {
    /// What the parser reads.
    pub text: String,
    /// Where the marks stand in `text`, ascending.
    marks: Vec<usize>,
}

impl Prepared {
    /// Copies the source up to `at` and puts a mark there.
    fn mark(&mut self, source: &str, copied: &mut usize, at: usize) {
        self.text.push_str(&source[*copied..at]);
        *copied = at;
        self.marks.push(self.text.len());
        self.text.push(MARK);
    }

    /// A stretch of `text` as a stretch of the source.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let back = |offset: usize| {
            offset - MARK.len_utf8() * self.marks.partition_point(|&mark| mark < offset)
        };
        back(range.start)..back(range.end)
    }
}

/// Puts marks into `source` where the parser needs them.
pub(super) fn prepare(source: &str) -> Prepared {
    let mut prepared = Prepared { text: String::with_capacity(source.len()), marks: Vec::new() };
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = scan::first(&source.as_bytes()[at..], is_sign) {
        let start = at + found;
        match source.as_bytes()[start] {
            b'\\' => {
                let next = source.as_bytes().get(start + 1);
                at = start + 1 + usize::from(next.is_some_and(u8::is_ascii_punctuation));
            }
            b'}' => {
                at = start + 1;
                if ends_words(source, at) {
                    prepared.mark(source, &mut copied, at);
                }
            }
            _ => {
                let cluster = Cluster::read(source, start);
                for gap in cluster.marked_gaps() {
                    prepared.mark(source, &mut copied, gap);
                }
                at = cluster.end;
            }
        }
    }
    prepared.text.push_str(&source[copied..]);
    prepared
}

/// Whether marks may be needed at `byte`.
const fn is_sign(byte: u8, _: u8) -> bool {
    let delimits = (byte == b'*') | (byte == b'~') | (byte == b'_');
    delimits | (byte == b'\\') | (byte == b'}')
}

/// Whether the `}` before byte `end` ends its line and belongs to the words of it.
fn ends_words(source: &str, end: usize) -> bool {
    let after = source[end..].trim_start_matches([' ', '\t']);
    if !(after.is_empty() || after.starts_with(['\n', '\r', '#'])) {
        return false;
    }
    let line = source[..end].rfind('\n').map_or(0, |newline| newline + 1);
    let words = &source[line..end];
    words.contains('{') && attributes::trailing(words).is_none()
}

/// What stands beside a delimiter run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// White space, the start or end of a line, the border of a table cell.
    Space,
    /// Punctuation of no script in particular, also “ ” … —.
    Punctuation,
    /// Full-width punctuation.
    CjkPunctuation,
    /// Another character of Chinese, Japanese or Korean text.
    Cjk,
    /// Anything else; the parser takes the mark for this.
    Letter,
}

impl Side {
    /// The side that a neighbouring character makes.
    fn of(c: Option<char>) -> Self {
        match c {
            None | Some('|') => Self::Space,
            Some(c) if c.is_whitespace() => Self::Space,
            // An ideographic variation selector follows nothing but a hanzi.
            Some('\u{E0100}'..='\u{E01EF}') => Self::Cjk,
            Some(c) => match (is_cjk(c), is_punctuation(c)) {
                (true, true) => Self::CjkPunctuation,
                (true, false) => Self::Cjk,
                (false, true) => Self::Punctuation,
                (false, false) => Self::Letter,
            },
        }
    }

    /// Punctuation to the parser.
    fn is_punctuation(self) -> bool {
        matches!(self, Self::Punctuation | Self::CjkPunctuation)
    }

    /// Lets a run flank punctuation on its other side, by the amendment.
    fn frees(self) -> bool {
        self != Self::Letter
    }
}

/// Whether a run opens and closes emphasis.
type Power = (bool, bool);

/// A run of delimiters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    /// `*` and `**`
    Star,
    /// `~~`
    Tildes,
    /// `~`, which stands for a range (5~10) and strikes nothing out.
    Tilde,
    /// `_` and `__`
    Underscore,
}

/// What the amendment gives a run (section 6.2 of CommonMark and of the amendment).
fn wanted(delimiter: Delimiter, before: Side, after: Side) -> Power {
    let left = after != Side::Space && (after != Side::Punctuation || before.frees());
    let right = before != Side::Space && (before != Side::Punctuation || after.frees());
    match delimiter {
        Delimiter::Star | Delimiter::Tildes => (left, right),
        Delimiter::Tilde => (false, false),
        Delimiter::Underscore => (
            left && (!right || before.is_punctuation()),
            right && (!left || after.is_punctuation()),
        ),
    }
}

/// What the parser gives it.
fn given(delimiter: Delimiter, before: Side, after: Side) -> Power {
    let around = |side: Side| side == Side::Space || side.is_punctuation();
    let (open, close) = match delimiter {
        Delimiter::Star => {
            (!after.is_punctuation() || around(before), !before.is_punctuation() || around(after))
        }
        Delimiter::Tildes => (true, !before.is_punctuation() || around(after)),
        Delimiter::Tilde | Delimiter::Underscore => (around(before), around(after)),
    };
    (after != Side::Space && open, before != Side::Space && close)
}

/// Delimiter runs with nothing between them, such as `**~~`.
struct Cluster {
    /// Delimiter and place of each run.
    runs: Vec<(Delimiter, usize)>,
    /// The byte after the last run.
    end: usize,
    before: Side,
    after: Side,
}

impl Cluster {
    /// The runs that start at byte `start`.
    fn read(source: &str, start: usize) -> Self {
        let bytes = source.as_bytes();
        let mut runs = Vec::new();
        let mut end = start;
        while let Some(&byte @ (b'*' | b'~' | b'_')) = bytes.get(end) {
            let length = bytes[end..].iter().take_while(|&&next| next == byte).count();
            let delimiter = match byte {
                b'*' => Delimiter::Star,
                b'_' => Delimiter::Underscore,
                _ if length == 1 => Delimiter::Tilde,
                _ => Delimiter::Tildes,
            };
            runs.push((delimiter, end));
            end += length;
        }
        let mut earlier = source[..start].chars().rev();
        let neighbour = match earlier.next() {
            // A variation selector belongs to the character before it.
            Some('\u{FE00}'..='\u{FE0E}') => earlier.next(),
            other => other,
        };
        let before = Side::of(neighbour);
        let after = Side::of(source[end..].chars().next());
        Self { runs, end, before, after }
    }

    /// The places where marks give every run the power that the amendment wants; if no choice
    /// does, those that serve most runs, and among equals the fewest marks.
    fn marked_gaps(&self) -> Vec<usize> {
        let count = self.runs.len();
        if count > MOST_RUNS || self.failures(0) == 0 {
            return Vec::new();
        }
        let choices = 0..1_u32 << (count + 1);
        let best = choices.min_by_key(|&choice| (self.failures(choice), choice.count_ones()));
        let marked = |gap: &usize| best.unwrap_or(0) >> gap & 1 == 1;
        (0..=count).filter(marked).map(|gap| self.place(gap)).collect()
    }

    /// The place of a gap: before the first run, between two runs, after the last.
    fn place(&self, gap: usize) -> usize {
        self.runs.get(gap).map_or(self.end, |&(_, start)| start)
    }

    /// How many runs would not have the power that they should, with marks in the gaps that are
    /// set in `choice`.
    fn failures(&self, choice: u32) -> usize {
        let last = self.runs.len();
        let side = |gap: usize| match gap {
            0 => self.before,
            _ if gap == last => self.after,
            _ => Side::Punctuation,
        };
        let marked = |gap: usize| if choice >> gap & 1 == 1 { Side::Letter } else { side(gap) };
        let fails = |&(run, &(delimiter, _)): &(usize, &(Delimiter, usize))| {
            given(delimiter, marked(run), marked(run + 1))
                != wanted(delimiter, side(run), side(run + 1))
        };
        self.runs.iter().enumerate().filter(fails).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(source: &str) -> String {
        prepare(source).text.replace(MARK, "^")
    }

    #[test]
    fn marks_stand_where_the_parser_would_decide_otherwise() {
        assert_eq!(marked("这是**“强调”**后面"), "这是**^“强调”^**后面");
        assert_eq!(marked("**强调。**后"), "**强调。^**后");
        assert_eq!(marked("**plain** *text*, 汉*字*汉"), "**plain** *text*, 汉*字*汉");
        assert_eq!(marked(r"汉\**“字”**汉"), r"汉\**“字”^**汉");
        assert_eq!(marked("|**“字”**|汉|"), "|**“字”**|汉|");
        assert_eq!(marked("“5”~“10”，3~5"), "“5”^~^“10”，3~5");
        assert_eq!(marked("~~~代码\n~~《删》~~后"), "~~~代码\n~~《删》^~~后");
    }

    #[test]
    fn a_mark_hides_the_end_of_a_heading_that_is_no_attribute() {
        assert_eq!(marked("## 论[史记]{.book}\n"), "## 论[史记]{.book}^\n");
        assert_eq!(marked("## {汉字|hàn zì} ##"), "## {汉字|hàn zì}^ ##");
        assert_eq!(marked("## 论[史记]{.book} {#a}"), "## 论[史记]{.book} {#a}");
        assert_eq!(marked("## 论 {#a}\n}"), "## 论 {#a}\n}");
    }

    #[test]
    fn a_place_in_the_prepared_text_leads_back_to_the_source() {
        let source = "这是**“强调”**后面";
        let prepared = prepare(source);
        let range = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            start..start + part.len()
        };
        for part in ["这是", "“强调”", "后面"] {
            let place = prepared.original(&range(&prepared.text, part));
            assert_eq!(place, range(source, part), "{part}");
        }
    }

    #[test]
    fn the_parser_and_this_module_agree_on_punctuation() {
        use pulldown_cmark::{Event, Parser, Tag};
        for c in ('\u{80}'..='\u{FFFF}').filter(|c| !c.is_whitespace() && *c != MARK) {
            let text = format!("x*{c}x*");
            let parser = Parser::new(&text);
            let emphasis = parser.into_iter().any(|e| e == Event::Start(Tag::Emphasis));
            // Signs of later Unicode versions than the parser's are letters to it, which is why a
            // mark beside them does no harm.
            assert!(emphasis || is_punctuation(c), "U+{:04X}", u32::from(c));
            let newer = emphasis && is_punctuation(c);
            assert!(!newer || u32::from(c) > 0x0600, "U+{:04X}", u32::from(c));
        }
    }
}
