//! What colours of the file are meant for: output intents (ISO 32000-1, 14.11.5).

use lopdf::{Dictionary, Document, Stream, dictionary};

use super::deflate::Deflater;
use super::syntax::{name, text_string};

/// A condition of output, and its profile.
pub struct Intent {
    /// The subtype: which standard asks for it.
    pub subtype: &'static str,
    /// What the condition is called.
    pub identifier: &'static str,
    /// The ICC profile.
    pub profile: &'static [u8],
    /// How many colours that profile has.
    pub components: i64,
}

/// A screen in sRGB, for PDF/A (ISO 19005-2, 6.2.3).
pub static SRGB: Intent = Intent {
    subtype: "GTS_PDFA1",
    identifier: "sRGB IEC61966-2.1",
    profile: include_bytes!("colour/sRGB.icc"),
    components: 3,
};

impl Intent {
    /// Adds the profile to the file and makes the entry for its catalogue (table 365).
    pub fn add(&self, document: &mut Document) -> Dictionary {
        let profile = dictionary! { "N" => self.components };
        let profile: Stream = Deflater::new().stream(profile, self.profile);
        dictionary! {
            "Type" => name("OutputIntent"),
            "S" => name(self.subtype),
            "OutputConditionIdentifier" => text_string(self.identifier),
            "Info" => text_string(self.identifier),
            "DestOutputProfile" => document.add_object(profile),
        }
    }
}
