//! The default design in figures: which face, size and space each part of the text gets.

use super::axis::Direction;
use super::page::Ink;
use crate::font::{FaceId, Family, Fonts, Style, Weight};
use crate::profile::Sheet;
use crate::script::Rules;
use crate::units::Length;

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// The faces it tries.
    pub font: Style,
    /// The language that it is in.
    pub language: &'static Rules,
    /// One em.
    pub size: Length,
    /// Its ink.
    pub ink: Ink,
    /// How far above the baseline it stands.
    pub rise: Length,
    /// Whether a line runs through it.
    pub struck: bool,
    /// Whether a dot stands under each hanzi (着重号).
    pub dotted: bool,
}

impl TextStyle {
    /// Upright text on the baseline, in the text's ink.
    pub const fn new(
        family: Family,
        weight: Weight,
        size: Length,
        language: &'static Rules,
    ) -> Self {
        let font = Style::new(family, weight);
        let rise = Length::ZERO;
        Self { font, language, size, ink: Ink::Text, rise, struck: false, dotted: false }
    }

    /// The face that sets `c`.
    pub fn face(&self, fonts: &Fonts, c: char) -> Option<FaceId> {
        fonts.pick_in(self.font, self.language.forms, c)
    }

    /// The same in another ink.
    #[must_use]
    pub const fn inked(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }
}

/// How the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjust {
    /// Flush at both ends, the last line at its start.
    Justify,
    /// Flush at the start.
    Start,
    /// In the middle.
    Centre,
    /// Flush at the end.
    End,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The style of its plain text.
    pub text: TextStyle,
    /// Length of a full line.
    pub measure: Length,
    /// Indent of the first line.
    pub indent: Length,
    /// Distance from baseline to baseline.
    pub leading: Length,
    /// How its lines stand.
    pub adjust: Adjust,
}

impl Setting {
    /// From the top of a line to its baseline: the em box (880 above, 120 below the baseline)
    /// stands in the middle of the line pitch.
    pub fn baseline(&self) -> Length {
        (self.leading - self.text.size).fraction(1, 2) + self.text.size.fraction(88, 100)
    }

    /// The same text in a column that begins `by` further in.
    #[must_use]
    pub fn narrowed(mut self, by: Length) -> Self {
        self.measure -= by;
        self
    }

    /// `by`, or less where fewer than eight ems would be left of the line.
    pub fn inset(&self, by: Length) -> Length {
        by.min(self.measure - self.text.size * 8).max(Length::ZERO)
    }

    /// The same with lines that stand otherwise.
    #[must_use]
    pub const fn adjusted(mut self, adjust: Adjust) -> Self {
        self.adjust = adjust;
        self
    }

    /// The same without a first-line indent.
    #[must_use]
    pub const fn flush(mut self) -> Self {
        self.indent = Length::ZERO;
        self
    }
}

/// The settings of every kind of text in a book on one sheet.
#[derive(Clone, Copy, Debug)]
pub struct Design {
    /// The paper and its type area.
    pub sheet: Sheet,
    /// How its lines run.
    pub direction: Direction,
    /// The language of the book.
    pub language: &'static Rules,
    /// Running text.
    pub body: Setting,
    /// Block quotes.
    pub quote: Setting,
    /// Notes at the foot.
    pub note: Setting,
    /// Table cells.
    pub cell: Setting,
    /// Captions and source lines.
    pub caption: Setting,
    /// Code.
    pub code: Setting,
}

impl Design {
    /// The default design on `sheet` for a book in `language`.
    pub fn new(sheet: Sheet, language: &'static Rules) -> Self {
        let measure = sheet.line_length();
        let setting = |family, size: Length, leading: Length| Setting {
            text: TextStyle::new(family, Weight::Regular, size, language),
            measure,
            indent: Length::ZERO,
            leading,
            adjust: Adjust::Justify,
        };
        let indented = |setting: Setting| Setting {
            indent: setting.text.size * i32::from(language.indent),
            ..setting
        };
        let body = indented(setting(Family::Serif, sheet.body, sheet.leading));
        Self {
            sheet,
            direction: Direction::Horizontal,
            language,
            body,
            quote: indented(setting(Family::Kai, sheet.body, sheet.leading)),
            note: setting(Family::Serif, Length::pt(8.0), Length::pt(12.5)),
            cell: setting(Family::Serif, Length::pt(9.0), Length::pt(13.5)).adjusted(Adjust::Start),
            caption: setting(Family::Sans, Length::pt(8.5), Length::pt(13.0))
                .adjusted(Adjust::Centre),
            code: setting(Family::Mono, Length::pt(8.5), Length::pt(13.0)).adjusted(Adjust::Start),
        }
    }

    /// A heading of `level` 2 to 6, and the lines of the grid that a one-line heading takes.
    pub fn heading(&self, level: u8) -> (Setting, i32) {
        let (family, size, lines) = match level {
            0..=2 => (Family::Serif, 14.0, 3),
            3 => (Family::Sans, 12.0, 2),
            4.. => (Family::Sans, 10.5, 2),
        };
        let size = Length::pt(size);
        let setting = Setting {
            text: TextStyle::new(family, Weight::Bold, size, self.language),
            indent: Length::ZERO,
            // A small heading stands on a line of the grid like any other.
            leading: if level > 2 { self.sheet.leading } else { size.fraction(3, 2) },
            adjust: Adjust::Start,
            measure: self.sheet.line_length(),
        };
        (setting, lines)
    }

    /// The title of a chapter.
    pub fn title(&self) -> Setting {
        Setting {
            text: TextStyle::new(Family::Serif, Weight::Bold, Length::pt(18.0), self.language),
            leading: Length::pt(27.0),
            indent: Length::ZERO,
            adjust: Adjust::Start,
            measure: self.sheet.line_length(),
        }
    }

    /// Small sans lines around titles, `size` points high.
    pub fn label(&self, size: f64) -> Setting {
        let size = Length::pt(size);
        Setting {
            text: TextStyle::new(Family::Sans, Weight::Regular, size, self.language),
            leading: size.fraction(3, 2),
            indent: Length::ZERO,
            adjust: Adjust::Start,
            measure: self.sheet.line_length(),
        }
    }
}
