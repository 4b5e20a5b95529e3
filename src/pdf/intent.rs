//! What colours of the file are meant for: output intents (ISO 32000-1, 14.11.5).

use lopdf::{Dictionary, Document, Object, dictionary};

use super::deflate::Deflater;
use super::syntax::{name, text_string};

/// A condition of output, and its profile.
pub struct Intent {
    /// The subtype: which standard asks for it.
    pub subtype: &'static str,
    /// What the condition is called.
    pub identifier: &'static str,
    /// What it is, in words.
    pub info: &'static str,
    /// Who keeps the register that has the name, if one does.
    pub registry: Option<&'static str>,
    /// The ICC profile.
    pub profile: &'static [u8],
    /// How many colours that profile has.
    pub components: i64,
}

/// A screen in sRGB, for PDF/A (ISO 19005-2, 6.2.3).
pub static SRGB: Intent = Intent {
    subtype: "GTS_PDFA1",
    identifier: "sRGB IEC61966-2.1",
    info: "sRGB IEC61966-2.1",
    registry: None,
    profile: include_bytes!("colour/sRGB.icc"),
    components: 3,
};

/// A press with four inks on coated paper, for PDF/X-4 (ISO 15930-7).
pub static FOGRA39: Intent = Intent {
    subtype: "GTS_PDFX",
    identifier: "FOGRA39",
    info: "Coated FOGRA39 (ISO 12647-2:2004)",
    registry: Some("http://www.color.org"),
    profile: include_bytes!("colour/FOGRA39L.icc"),
    components: 4,
};

impl Intent {
    /// Adds the profile to the file and makes the entry for its catalogue (table 365).
    pub fn add(&self, document: &mut Document) -> Dictionary {
        let profile = dictionary! { "N" => self.components };
        let profile = Deflater::new().stream(profile, self.profile);
        let mut intent = dictionary! {
            "Type" => name("OutputIntent"),
            "S" => name(self.subtype),
            "OutputConditionIdentifier" => text_string(self.identifier),
            "Info" => text_string(self.info),
            "DestOutputProfile" => document.add_object(profile),
        };
        if let Some(registry) = self.registry {
            intent.set("RegistryName", text_string(registry));
        }
        intent
    }
}

/// Whether a file has the one output intent that a press needs.
///
/// # Errors
/// In words for a message.
pub fn check(document: &Document, catalogue: &Dictionary) -> Result<(), &'static str> {
    let resolve = |object| document.dereference(object).ok().map(|(_, object)| object);
    let intents = catalogue.get(b"OutputIntents").ok().and_then(resolve);
    let [intent] = intents.and_then(|list| list.as_array().ok()).map_or(&[][..], Vec::as_slice)
    else {
        return Err("there is not one output intent");
    };
    let intent = resolve(intent).and_then(|intent| intent.as_dict().ok());
    let intent = intent.ok_or("the output intent is no dictionary")?;
    let is_press = intent.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"GTS_PDFX");
    let named = intent.get(b"OutputConditionIdentifier").and_then(Object::as_str);
    if !is_press || !named.is_ok_and(|named| !named.is_empty()) {
        return Err("the output intent does not name a printing condition");
    }
    let profile = intent.get(b"DestOutputProfile").ok().and_then(resolve);
    let profile = profile.and_then(|profile| profile.as_stream().ok());
    let profile = profile.ok_or("the output intent has no profile")?;
    if !profile.dict.get(b"N").and_then(Object::as_i64).is_ok_and(|inks| inks == 4) {
        return Err("the profile is not said to have four inks");
    }
    let bytes = profile.decompressed_content().map_err(|_| "the profile cannot be read")?;
    if is_press_profile(&bytes) {
        Ok(())
    } else {
        Err("the profile is not one of a press with four inks")
    }
}

/// Whether the bytes are an ICC profile of the second or fourth version for an output device with the
/// colours CMYK (ISO 15076-1, 7.2).
fn is_press_profile(bytes: &[u8]) -> bool {
    let field = |at: usize| bytes.get(at..at + 4).unwrap_or_default();
    let length = u32::try_from(bytes.len()).map(u32::to_be_bytes);
    length.is_ok_and(|length| field(0) == length)
        && matches!(bytes.get(8), Some(2 | 4))
        && (field(12), field(16), field(36)) == (b"prtr", b"CMYK", b"acsp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_of_a_screen_or_a_broken_one_is_none_of_a_press() {
        assert!(is_press_profile(FOGRA39.profile));
        assert!(!is_press_profile(&FOGRA39.profile[1..]));
        let mut screen = FOGRA39.profile.to_vec();
        screen[12..20].copy_from_slice(b"mntrRGB ");
        assert!(!is_press_profile(&screen) && !is_press_profile(b""));
    }
}
