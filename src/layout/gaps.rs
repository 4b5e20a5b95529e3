//! Gaps: how wide the space between two atoms is, how it gives and takes, and whether a line may end
//! there (R13–R30).

use super::atoms::{Atom, Body, End, Gap, Shrink, Stretch, advance};
use super::chars::is_shaped;
use super::shape::Shapers;
use super::style::TextStyle;
use crate::font::Family;
use crate::manifest::{Kinsoku, Punctuation};
use crate::script::{Blanks, Class, MiddleDot, Words};
use crate::units::Length;

/// The price of a break that separates a number from what it counts, as in 2024年 (R30).
const SPLIT_COUNT: u16 = 300;
/// The price of a break before a number, as in 第12条.
const SPLIT_NUMBER: u16 = 20;

/// A gap that does nothing.
pub const RIGID: Gap = Gap {
    natural: Length::ZERO,
    shrink: None,
    stretch: None,
    elastic: false,
    end: End::Never,
    trailing: Length::ZERO,
    space: None,
};

/// What lay between two atoms in the text.
#[derive(Clone, Copy, Default)]
pub struct Between {
    /// The byte of the text that holds a typed space.
    pub space: Option<u32>,
    /// A line must end here.
    pub forced: bool,
    /// U+2060 or the like: none may.
    pub joined: bool,
    /// U+200B: one may.
    pub breakable: bool,
    /// What the inside of a word or URL says.
    pub cut: Option<End>,
}

/// The gap between two atoms; `style` is that of the first, `words` the characters of the second.
pub fn gap(
    (before, after): (&Atom, &Atom),
    between: Between,
    style: TextStyle,
    words: &str,
    shapers: &Shapers<'_>,
) -> Gap {
    let space = between.space;
    let typesetting = shapers.typesetting();
    let counted = space.is_some() && before.last == Class::Digit && UNITS.contains(&words);
    let end =
        match line_end(before, after, space.is_some(), style.language.words, typesetting.kinsoku) {
            _ if between.forced => End::Forced,
            _ if between.joined || counted => End::Never,
            End::Never if between.breakable => End::Allowed(0),
            end => between.cut.unwrap_or(end),
        };
    let elastic = !is_rigid(before.last, after.first);
    let base = Gap { end, elastic, space, ..RIGID };
    let em = style.size;
    let half = em.fraction(1, 2);
    let beside_dot = before.last == Class::MiddleDot || after.first == Class::MiddleDot;
    if beside_dot && style.language.middle_dot == MiddleDot::Em {
        let quarter = em.fraction(1, 4);
        return Gap { natural: quarter, shrink: Some((Shrink::Dot, quarter)), ..base };
    }
    if style.language.blanks == Blanks::Half && (before.last.is_mark() || after.first.is_mark()) {
        let trailing = match blank(before.last, Class::Han, typesetting.punctuation) {
            Blank::Shrinks(_) => half,
            Blank::None => Length::ZERO,
        };
        let base = Gap { trailing, ..base };
        return match blank(before.last, after.first, typesetting.punctuation) {
            Blank::Shrinks(shrink) => Gap { natural: half, shrink: Some((shrink, half)), ..base },
            Blank::None => base,
        };
    }
    if space.is_some() && style.font.family == Family::Mono {
        // Code is written in columns.
        return Gap { natural: advance(shapers, style, ' '), ..base };
    }
    let autospaced = style.language.autospace && wants_autospace(before.last, after.first);
    if autospaced || counted {
        return autospace(em, base);
    }
    if beside_dot {
        return Gap { stretch: Some((Stretch::Dot, em.fraction(1, 4))), ..base };
    }
    match space {
        Some(_) => word_space(advance(shapers, style, ' '), style, base),
        None => base,
    }
}

/// Units of measurement, which stay with their number (R30).
const UNITS: [&str; 24] = [
    "km", "m", "cm", "mm", "kg", "g", "mg", "t", "s", "ms", "h", "min", "kW", "MW", "GW", "kWh",
    "Hz", "GHz", "kB", "MB", "GB", "TB", "pt", "nm",
];

/// A quarter em, from an eighth to a third.
fn autospace(em: Length, base: Gap) -> Gap {
    let quarter = em.fraction(1, 4);
    Gap {
        natural: quarter,
        shrink: Some((Shrink::Autospace, em.fraction(1, 8))),
        stretch: Some((Stretch::Autospace, em.fraction(1, 3) - quarter)),
        ..base
    }
}

/// The gap after the mark of a note, where a closing mark before that has left `blank`. The mark and
/// the space after it fill an em, at the end of a line too where hanzi keep their grid by it; what the
/// closing mark has left can stand here as well.
pub fn after_note(gap: Gap, blank: Length) -> Gap {
    if !matches!(gap.stretch, Some((Stretch::Autospace, _))) {
        return gap;
    }
    if blank > Length::ZERO {
        return Gap { stretch: Some((Stretch::Note, blank)), ..gap };
    }
    Gap { trailing: gap.natural, ..gap }
}

/// The face's own space, from a quarter em to as much as the language lets it take.
fn word_space(natural: Length, style: TextStyle, base: Gap) -> Gap {
    let em = style.size;
    let widest = em.fraction(i32::from(style.language.widest_space), 100);
    Gap {
        natural,
        shrink: Some((Shrink::Space, (natural - em.fraction(1, 4)).max(Length::ZERO))),
        stretch: Some((Stretch::Space, widest - natural)),
        elastic: true,
        ..base
    }
}

/// The half em of blank that marks leave.
enum Blank {
    /// There is none.
    None,
    /// It can be taken away when its turn comes.
    Shrinks(Shrink),
}

/// The blank between two marks, or a mark and its neighbour (R17, R18): a closing mark takes the
/// blank before it, an opening mark that after it.
const fn blank(before: Class, after: Class, punctuation: Punctuation) -> Blank {
    use Class::{Centred, Close, Open, Pause, QuoteClose, QuoteOpen, Stop};
    match (before, after) {
        (Close | QuoteClose | Pause | Stop, Close | QuoteClose | Pause | Stop) => Blank::None,
        (Open | QuoteOpen, _) | (_, Class::Combining | Class::NoteMark) => Blank::None,
        // What a mark in the middle of its em leaves on either side is enough (jlreq, appendix B).
        (Centred, _) | (_, Centred) => Blank::None,
        (Stop, _) if matches!(punctuation, Punctuation::Half) => Blank::None,
        (Stop, Open | QuoteOpen) => Blank::Shrinks(Shrink::Bracket),
        (Stop, _) => Blank::Shrinks(Shrink::Stop),
        _ if !matches!(punctuation, Punctuation::Full) => Blank::None,
        (Close | QuoteClose, _) | (_, Open | QuoteOpen) => Blank::Shrinks(Shrink::Bracket),
        (Pause, _) => Blank::Shrinks(Shrink::Pause),
        _ => Blank::None,
    }
}

/// Whether hanzi meet Latin letters or digits (R26), or follow the mark of a note.
const fn wants_autospace(before: Class, after: Class) -> bool {
    use Class::{Digit, Han, Letter, NoteMark, Prefix, Small, Suffix};
    matches!(
        (before, after),
        (Han | Small, Letter | Digit | Prefix) | (Letter | Digit | Suffix | NoteMark, Han | Small)
    )
}

/// Gaps that never stretch: inside Latin text, beside connectors and what is attached (R23, R28).
const fn is_rigid(before: Class, after: Class) -> bool {
    use Class::{Combining, Connector, Han, NoteMark, Slash, Small};
    if matches!(before, Connector | Slash)
        || matches!(after, Connector | Slash | Combining | NoteMark)
    {
        return true;
    }
    let han = matches!(before, Han | Small) || matches!(after, Han | Small);
    !han && is_shaped(before) && is_shaped(after)
}

/// Whether a line may end between two atoms (R13, R14, R30, R34).
fn line_end(before: &Atom, after: &Atom, spaced: bool, words: Words, kinsoku: Kinsoku) -> End {
    let (last, first) = (before.last, after.first);
    if never_ends(last, kinsoku) || never_starts(after, kinsoku) {
        return End::Never;
    }
    if spaced {
        return End::Allowed(0);
    }
    if words == Words::Spaced {
        return End::Never;
    }
    match (last, first) {
        (Class::Digit, Class::Han) => End::Allowed(SPLIT_COUNT),
        (Class::Han, Class::Digit) => End::Allowed(SPLIT_NUMBER),
        _ if is_shaped(last) && is_shaped(first) => End::Never,
        _ => End::Allowed(0),
    }
}

/// A single — is a connector; two are a dash, which may begin a line.
fn is_single_dash(atom: &Atom) -> bool {
    match &atom.body {
        Body::Glyphs { text, .. } => atom.first == Class::Dash && text.len() <= '—'.len_utf8(),
        Body::Mark(_) | Body::Picture(_) | Body::Cell(_) => false,
    }
}

/// Whether no line ends with a class (R14).
fn never_ends(class: Class, kinsoku: Kinsoku) -> bool {
    match class {
        Class::LatinOpen | Class::Prefix | Class::FixedSpace => true,
        Class::Open | Class::QuoteOpen => kinsoku >= Kinsoku::Basic,
        Class::Slash => kinsoku >= Kinsoku::Gb,
        Class::Han
        | Class::Small
        | Class::Close
        | Class::Pause
        | Class::Stop
        | Class::Centred
        | Class::QuoteClose
        | Class::MiddleDot
        | Class::Dash
        | Class::Ellipsis
        | Class::Connector
        | Class::Suffix
        | Class::Digit
        | Class::Letter
        | Class::Hyphen
        | Class::LatinClose
        | Class::Space
        | Class::Joiner
        | Class::ZeroSpace
        | Class::SoftHyphen
        | Class::Combining
        | Class::NoteMark
        | Class::Other => false,
    }
}

/// Whether no line starts with an atom (R13).
fn never_starts(atom: &Atom, kinsoku: Kinsoku) -> bool {
    match atom.first {
        Class::Suffix
        | Class::LatinClose
        | Class::Hyphen
        | Class::FixedSpace
        | Class::Combining
        | Class::NoteMark => true,
        Class::Close | Class::QuoteClose | Class::Pause | Class::Stop | Class::Centred => {
            kinsoku >= Kinsoku::Basic
        }
        Class::Small | Class::MiddleDot | Class::Connector | Class::Slash => kinsoku >= Kinsoku::Gb,
        Class::Dash if is_single_dash(atom) => kinsoku >= Kinsoku::Gb,
        Class::Dash | Class::Ellipsis => kinsoku >= Kinsoku::Strict,
        Class::Han
        | Class::Open
        | Class::QuoteOpen
        | Class::Prefix
        | Class::Digit
        | Class::Letter
        | Class::LatinOpen
        | Class::Space
        | Class::Joiner
        | Class::ZeroSpace
        | Class::SoftHyphen
        | Class::Other => false,
    }
}
