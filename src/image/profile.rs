//! Colour profiles: what the numbers of a picture mean, and how they become those of another device.

use std::fmt;
use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileClass, ProfileText, RenderingIntent,
    Transform8BitExecutor, TransformOptions,
};
use rayon::prelude::*;

use super::Colour;
use crate::diag::Message;
use crate::message;

/// A profile (ISO 15076-1) by which the colours of a picture can be converted, and which a PDF may
/// hold: of version 2 or 4, for an input, a display, an output or a colour space.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile {
    bytes: Arc<[u8]>,
    colour: Colour,
}

/// What stands in a profile is of no use in a message.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Profile({:?}, {} bytes)", self.colour, self.bytes.len())
    }
}

impl Profile {
    /// A profile for pictures of `colour`.
    ///
    /// # Errors
    /// Why it cannot be used, as the end of a sentence.
    pub fn read(bytes: &[u8], colour: Colour) -> Result<Self, Message> {
        let parsed = parse(bytes)?;
        let of = match parsed.color_space {
            DataColorSpace::Gray => Some(Colour::Grey),
            DataColorSpace::Rgb => Some(Colour::Rgb),
            DataColorSpace::Cmyk => Some(Colour::Cmyk),
            _ => None,
        };
        if of != Some(colour) {
            let found = of.map_or("other colours", Colour::name);
            let (found, colour) = (Message::from(found), Message::from(colour.name()));
            return Err(message!("it is for {found}, the picture is {colour}", found, colour));
        }
        let usable = matches!(
            parsed.profile_class,
            ProfileClass::InputDevice
                | ProfileClass::DisplayDevice
                | ProfileClass::OutputDevice
                | ProfileClass::ColorSpace
        );
        if !usable || !matches!(bytes.get(8), Some(2 | 4)) {
            return Err("it is of a kind that a PDF cannot hold".into());
        }
        Ok(Self { bytes: bytes.into(), colour })
    }

    /// Its file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The colours that it describes.
    pub const fn colour(&self) -> Colour {
        self.colour
    }

    /// What it says that it describes; empty where it says nothing.
    pub fn description(&self) -> String {
        match parse(&self.bytes).ok().and_then(|parsed| parsed.description) {
            Some(ProfileText::PlainString(text)) => text,
            Some(ProfileText::Localizable(texts)) => {
                texts.into_iter().next().map_or_else(String::new, |text| text.value)
            }
            Some(ProfileText::Description(text)) => text.ascii_string,
            None => String::new(),
        }
    }
}

impl Colour {
    /// Samples a pixel.
    pub const fn components(self) -> u8 {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    /// As people call it.
    const fn name(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Rgb => "RGB",
            Self::Cmyk => "CMYK",
        }
    }

    const fn layout(self) -> Layout {
        match self {
            Self::Grey => Layout::Gray,
            Self::Rgb => Layout::Rgb,
            // Four components are four components.
            Self::Cmyk => Layout::Rgba,
        }
    }
}

/// The way from the numbers of one device to those of another.
pub struct Conversion {
    executor: Arc<Transform8BitExecutor>,
    from: Colour,
    to: Colour,
}

impl Conversion {
    /// Pixels that one thread converts at a time.
    const BAND: usize = 1 << 16;

    /// From sRGB to the colours of `to`.
    ///
    /// # Errors
    /// The profile has no way back from what is seen to its device.
    pub fn from_srgb(to: &Profile) -> Result<Self, Message> {
        Self::new((&ColorProfile::new_srgb(), Colour::Rgb), (&parse(&to.bytes)?, to.colour))
    }

    /// From the colours of `from` to sRGB.
    ///
    /// # Errors
    /// None for a profile that was read as one of a picture.
    pub fn to_srgb(from: &Profile) -> Result<Self, Message> {
        Self::new((&parse(&from.bytes)?, from.colour), (&ColorProfile::new_srgb(), Colour::Rgb))
    }

    /// From the colours of `from` to those of `to`.
    ///
    /// # Errors
    /// `to` has no way back from what is seen to its device.
    pub fn between(from: &Profile, to: &Profile) -> Result<Self, Message> {
        Self::new((&parse(&from.bytes)?, from.colour), (&parse(&to.bytes)?, to.colour))
    }

    fn new(from: Side<'_>, to: Side<'_>) -> Result<Self, Message> {
        Ok(Self { executor: executor(from, to)?, from: from.1, to: to.1 })
    }

    /// Converts whole pixels.
    pub fn convert(&self, samples: &[u8]) -> Vec<u8> {
        match (self.from, self.to) {
            (Colour::Grey, Colour::Grey) => self.pixels::<1, 1>(samples),
            (Colour::Grey, Colour::Rgb) => self.pixels::<1, 3>(samples),
            (Colour::Grey, Colour::Cmyk) => self.pixels::<1, 4>(samples),
            (Colour::Rgb, Colour::Grey) => self.pixels::<3, 1>(samples),
            (Colour::Rgb, Colour::Rgb) => self.pixels::<3, 3>(samples),
            (Colour::Rgb, Colour::Cmyk) => self.pixels::<3, 4>(samples),
            (Colour::Cmyk, Colour::Grey) => self.pixels::<4, 1>(samples),
            (Colour::Cmyk, Colour::Rgb) => self.pixels::<4, 3>(samples),
            (Colour::Cmyk, Colour::Cmyk) => self.pixels::<4, 4>(samples),
        }
    }

    fn pixels<const FROM: usize, const TO: usize>(&self, samples: &[u8]) -> Vec<u8> {
        let (pixels, _) = samples.as_chunks::<FROM>();
        let mut converted = vec![[0; TO]; pixels.len()];
        converted
            .par_chunks_mut(Self::BAND)
            .zip(pixels.par_chunks(Self::BAND))
            .for_each_init(Vec::new, |kinds, (into, pixels)| self.band(pixels, into, kinds));
        converted.into_flattened()
    }

    /// Converts some pixels. Of those in a row that are alike, one is converted for all.
    #[expect(clippy::expect_used, reason = "both sides have as many pixels")]
    fn band<const FROM: usize, const TO: usize>(
        &self,
        pixels: &[[u8; FROM]],
        into: &mut [[u8; TO]],
        kinds: &mut Vec<[u8; FROM]>,
    ) {
        kinds.clear();
        kinds.extend_from_slice(pixels);
        kinds.dedup();
        let mut converted = vec![[0; TO]; kinds.len()];
        self.executor
            .transform(kinds.as_flattened(), converted.as_flattened_mut())
            .expect("the lengths agree");
        let mut kind = 0;
        for (pixel, into) in pixels.iter().zip(into) {
            if *pixel != kinds[kind] {
                kind += 1;
            }
            *into = converted[kind];
        }
    }
}

/// A profile and its colours.
type Side<'a> = (&'a ColorProfile, Colour);

fn parse(bytes: &[u8]) -> Result<ColorProfile, Message> {
    ColorProfile::new_from_slice(bytes)
        .map_err(|error| message!("it cannot be read: {error}", error))
}

/// Photographs are fitted into the colours of the other device as a whole (ISO 15076-1, 0.4);
/// what was separated for a press already is fitted in and only what lies outside is brought nearer.
fn executor(from: Side<'_>, to: Side<'_>) -> Result<Arc<Transform8BitExecutor>, Message> {
    let intent = match from.1 {
        Colour::Grey | Colour::Rgb => RenderingIntent::Perceptual,
        Colour::Cmyk => RenderingIntent::RelativeColorimetric,
    };
    let options = TransformOptions { rendering_intent: intent, ..TransformOptions::default() };
    from.0
        .create_transform_8bit(from.1.layout(), to.0, to.1.layout(), options)
        .map_err(|error| message!("colours cannot be converted by it: {error}", error))
}
