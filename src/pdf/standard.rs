//! What each standard forbids, asks for and says of itself: one table, the clauses beside it.

use sha2::{Digest, Sha256};

use crate::diag::Code;
use crate::profile::Standard;

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
    /// Things show through each other.
    Transparency,
}

impl Offence {
    /// Every offence.
    pub const ALL: [Self; 7] = [
        Self::BoxesApart,
        Self::UnembeddedFont,
        Self::RgbWithoutProfile,
        Self::Annotation,
        Self::NoPrintingCondition,
        Self::SilentInfo,
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
            // ISO 15930-7, 6.5.
            Offence::UnembeddedFont => (true, true, true),
            // ISO 19005-2, 6.2.4.3: the intent of the screen is one of red, green and blue;
            // ISO 15930-7: that of the press is not.
            Offence::RgbWithoutProfile => (false, false, true),
            // ISO 15930-7, 6.17: none inside the bleed, where all links would be.
            Offence::Annotation => (false, false, true),
            // ISO 15930-7, 6.4: one intent `GTS_PDFX` with its profile in the file.
            Offence::NoPrintingCondition => (false, false, true),
            // ISO 15930-7, 6.10: also what the standard itself leaves open elsewhere.
            Offence::SilentInfo => (false, false, true),
            // ISO 19005-2, 6.2.10 and ISO 15930-7 allow it; printers may not.
            Offence::Transparency => (false, false, false),
        };
        match self {
            Self::Plain => plain,
            Self::Archive => archive,
            Self::Press => press,
        }
    }

    /// The version in the file's header: PDF/X-4 stands on PDF 1.6 (ISO 15930-7, 6.1), PDF/A-2 on 1.7
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

    /// What the XMP packet says about the standard and for it: elements and their texts.
    pub fn properties(self, identifier: &str) -> Vec<(&'static str, String)> {
        match self {
            Self::Plain | Self::Archive => Vec::new(),
            // ISO 15930-7, 6.10; ISO 16684-1, 8.6: a document, its only version and rendition.
            Self::Press => vec![
                ("pdfxid:GTS_PDFXVersion", "PDF/X-4".to_owned()),
                ("pdf:Trapped", "False".to_owned()),
                ("xmpMM:DocumentID", uuid(identifier)),
                ("xmpMM:VersionID", "1".to_owned()),
                ("xmpMM:RenditionClass", "default".to_owned()),
            ],
        }
    }
}

/// A UUID of the eighth kind (RFC 9562, 5.8), the same for the same identifier.
fn uuid(identifier: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(identifier)[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut uuid = String::from("uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        uuid.push_str(&format!("{byte:02x}"));
    }
    uuid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_an_identifier_of_its_own() {
        let uuid = uuid("urn:isbn:9780000000000");
        assert_eq!(uuid, super::uuid("urn:isbn:9780000000000"));
        assert_ne!(uuid, super::uuid("urn:isbn:9780000000001"));
        assert_eq!((uuid.len(), &uuid[19..20]), (41, "8"));
    }

    #[test]
    fn every_offence_has_a_code_of_its_own() {
        let mut codes: Vec<Code> = Offence::ALL.map(Offence::code).to_vec();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), Offence::ALL.len());
    }
}
