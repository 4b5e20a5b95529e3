//! What each standard forbids, asks for and says of itself: one table, the clauses beside it.

use crate::diag::Code;
use crate::layout::{Element, Role};
use crate::placeholder;
use crate::profile::Standard;

use super::intent::{FOGRA39, Intent, SRGB};
use super::metadata::{Claim, PDF_A_2A, PDF_UA_1, PDF_X_4};

/// Something in a finished file that a standard may forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offence {
    /// The trim does not lie within the bleed, or the bleed within the sheet.
    BoxesApart,
    /// A font is named and not in the file.
    UnembeddedFont,
    /// A picture is in red, green and blue, and no profile says which.
    RgbWithoutProfile,
    /// A page has annotations.
    Annotation,
    /// The printing condition is not named, or its profile is none for printing in four inks.
    NoPrintingCondition,
    /// The file does not say its title, its dates and whether it is trapped.
    SilentInfo,
    /// A font does not say which characters its glyphs are.
    FontWithoutUnicode,
    /// A figure says nothing to those who cannot see it.
    UndescribedFigure,
    /// The file does not say its title and language and what its contents are.
    Untagged,
    /// Things show through each other.
    Transparency,
}

impl Offence {
    /// Every offence.
    pub const ALL: [Self; 10] = [
        Self::BoxesApart,
        Self::UnembeddedFont,
        Self::RgbWithoutProfile,
        Self::Annotation,
        Self::NoPrintingCondition,
        Self::SilentInfo,
        Self::FontWithoutUnicode,
        Self::UndescribedFigure,
        Self::Untagged,
        Self::Transparency,
    ];

    /// The code of its finding.
    pub const fn code(self) -> Code {
        match self {
            Self::BoxesApart => Code::BoxesApart,
            Self::UnembeddedFont => Code::UnembeddedFont,
            Self::RgbWithoutProfile => Code::RgbForbidden,
            Self::Annotation => Code::AnnotationForbidden,
            Self::NoPrintingCondition => Code::ProfileUnusable,
            Self::SilentInfo => Code::MetadataIncomplete,
            Self::FontWithoutUnicode => Code::FontWithoutUnicode,
            Self::UndescribedFigure => Code::UndescribedFigure,
            Self::Untagged => Code::Untagged,
            Self::Transparency => Code::TransparencyForbidden,
        }
    }
}

impl Standard {
    /// Whether a file that keeps the standard may not do this.
    pub const fn forbids(self, offence: Offence) -> bool {
        let (plain, archive, press) = match offence {
            // ISO 32000-1, 14.11.2.1; ISO 15930-7: a trim box on every page, within the bleed box.
            Offence::BoxesApart => (true, true, true),
            // No book is read or printed with another's letters; ISO 19005-2, 6.2.11.4.1;
            // ISO 15930-7.
            Offence::UnembeddedFont => (true, true, true),
            // ISO 19005-2, 6.2.4.3: the intent of the screen is one of red, green and blue;
            // ISO 15930-7: that of the press is not.
            Offence::RgbWithoutProfile => (false, false, true),
            // ISO 15930-7: none inside the bleed, where all links would be.
            Offence::Annotation => (false, false, true),
            // ISO 15930-7: one intent `GTS_PDFX` with its profile in the file.
            Offence::NoPrintingCondition => (false, false, true),
            // ISO 15930-7: also what the standard itself leaves open elsewhere.
            Offence::SilentInfo => (false, false, true),
            // ISO 19005-2, 6.2.11.7.2: text can be searched and read aloud; that of a book always.
            Offence::FontWithoutUnicode => (true, true, true),
            // ISO 14289-1, 7.3.
            Offence::UndescribedFigure => (false, true, false),
            // ISO 19005-2, 6.7; ISO 14289-1, 7.1 and 7.2.
            Offence::Untagged => (false, true, false),
            // ISO 19005-2, 6.2.10 and ISO 15930-7 allow it; printers may not.
            Offence::Transparency => (false, false, false),
        };
        match self {
            Self::Plain => plain,
            Self::Archive => archive,
            Self::Press => press,
        }
    }

    /// The version in the file's header: PDF/X-4 stands on PDF 1.6 (ISO 15930-7), PDF/A-2 on 1.7
    /// (ISO 19005-2, 6.1.2).
    pub const fn version(self) -> &'static str {
        match self {
            Self::Plain | Self::Archive => "1.7",
            Self::Press => "1.6",
        }
    }

    /// Whether the file must say that its colours have not been trapped.
    pub const fn says_trapped(self) -> bool {
        match self {
            Self::Plain | Self::Archive => false,
            Self::Press => true,
        }
    }

    /// What the colours of the file are meant for.
    pub const fn intent(self) -> Option<&'static Intent> {
        match self {
            Self::Plain => None,
            Self::Archive => Some(&SRGB),
            Self::Press => Some(&FOGRA39),
        }
    }

    /// Whether the file says what its contents are (ISO 32000-1, 14.7).
    pub const fn is_tagged(self) -> bool {
        match self {
            Self::Plain | Self::Press => false,
            Self::Archive => true,
        }
    }

    /// What a file with these contents says of the standards that it keeps, and what they are called.
    pub fn claims(self, structure: &[Element]) -> &'static [Claim] {
        match self {
            Self::Plain => &[],
            // ISO 14289-1, 7.3, asks for words that stand for the figure: no program sees that they
            // do not, but readers hear it.
            Self::Archive if structure.iter().all(is_told) => &[PDF_A_2A, PDF_UA_1],
            Self::Archive => &[PDF_A_2A],
            Self::Press => &[PDF_X_4],
        }
    }
}

/// Whether an element is no figure, or one whose words say what is on it.
fn is_told(element: &Element) -> bool {
    if let Role::Figure { alt } = &element.role { placeholder::describes(alt) } else { true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offence_has_a_code_of_its_own() {
        let mut codes: Vec<Code> = Offence::ALL.map(Offence::code).to_vec();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), Offence::ALL.len());
    }
}
