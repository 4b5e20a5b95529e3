//! What becomes of the colours of pictures in a product.
//!
//! | from | screen | press | greys |
//! |---|---|---|---|
//! | grey | as it is | black alone | as it is |
//! | RGB | as it is | the inks of [`FOGRA39`] | its grey |
//! | CMYK | as it is, by its profile or [`FOGRA39`] | the same inks, or those of [`FOGRA39`] | its grey |

use std::borrow::Cow;
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::diag::Message;
use crate::image::{Colour, Conversion, Profile, Rgb};
use crate::profile::{Colours, Printer};

use super::intent::FOGRA39;
use super::syntax::decimal;

/// What profiles of the press's printing condition have in their description.
const CONDITION: &str = "FOGRA39";

#[expect(clippy::expect_used, reason = "the profile is a part of the program")]
static PRESS: LazyLock<Profile> =
    LazyLock::new(|| Profile::read(FOGRA39.profile, Colour::Cmyk).expect("a CMYK profile"));

#[expect(clippy::expect_used, reason = "the profile is a part of the program")]
static SRGB_TO_PRESS: LazyLock<Conversion> =
    LazyLock::new(|| Conversion::from_srgb(&PRESS).expect("a printer's profile"));

/// The colours that a product has, and how much ink they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Output {
    /// The colours.
    pub colours: Colours,
    /// The most ink on one place of the paper, in hundredths of the most of one ink.
    pub ink: u16,
}

impl From<&Printer> for Output {
    fn from(printer: &Printer) -> Self {
        Self { colours: printer.colours, ink: printer.ink }
    }
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Painting {
    /// Filling.
    Fill,
    /// Stroking.
    Stroke,
}

impl Output {
    /// Writes the operator for the colour of something drawn (ISO 32000-1, 8.6.8): grey where it is
    /// one or must become one, inks on a press, else RGB.
    pub fn write(self, out: &mut Vec<u8>, colour: Rgb, painting: Painting) {
        let Rgb(red, green, blue) = colour;
        let neutral = red == green && green == blue;
        let (components, [fill, stroke]): (&[u8], _) = match self.colours {
            Colours::All if !neutral => (&[red, green, blue], ["rg", "RG"]),
            Colours::All | Colours::Grey => (&[grey(red, green, blue)], ["g", "G"]),
            Colours::Cmyk => (&self.inks(colour), ["k", "K"]),
        };
        for component in components {
            decimal(out, (i64::from(*component) * 1000 + 127) / 255, 3);
            out.push(b' ');
        }
        out.extend_from_slice(match painting {
            Painting::Fill => fill.as_bytes(),
            Painting::Stroke => stroke.as_bytes(),
        });
        out.push(b'\n');
    }

    /// The inks of a colour on the press: greys are black alone (10.3.3).
    fn inks(self, Rgb(red, green, blue): Rgb) -> [u8; 4] {
        if red == green && green == blue {
            return [0, 0, 0, 255 - red];
        }
        let inks = SRGB_TO_PRESS.convert(&[red, green, blue]);
        let mut inks = [inks[0], inks[1], inks[2], inks[3]];
        limit(&mut inks, self.ink);
        inks
    }
}

/// The colours of a device, or those that a profile describes (ISO 32000-1, 8.6.4, 8.6.5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Space {
    /// A device's.
    Device(Colour),
    /// A profile's.
    Profile(Profile),
}

impl Space {
    /// The colours of a picture as its file has them: CMYK without a profile is taken as separated
    /// for [`FOGRA39`].
    pub fn own(colour: Colour, profile: Option<&Profile>) -> Self {
        match (colour, profile) {
            (_, Some(profile)) if profile.colour() == colour => Self::Profile(profile.clone()),
            (Colour::Cmyk, _) => Self::Profile(PRESS.clone()),
            (Colour::Grey | Colour::Rgb, _) => Self::Device(colour),
        }
    }

    /// How many components it has, as the colours of a device that has as many.
    pub const fn colour(&self) -> Colour {
        match self {
            Self::Device(colour) => *colour,
            Self::Profile(profile) => profile.colour(),
        }
    }

    /// The space in which a product takes the numbers of a picture as they are, as far as that
    /// does not hang on how much ink they ask for; none where it does not.
    pub fn kept(colour: Colour, profile: Option<&Profile>, colours: Colours) -> Option<Self> {
        match (colours, colour) {
            (Colours::All, _) => Some(Self::own(colour, profile)),
            (Colours::Cmyk | Colours::Grey, Colour::Grey) => Some(Self::Device(Colour::Grey)),
            (Colours::Cmyk, Colour::Cmyk) => {
                profile.is_none_or(is_for_press).then_some(Self::Device(Colour::Cmyk))
            }
            (Colours::Cmyk, Colour::Rgb) | (Colours::Grey, Colour::Rgb | Colour::Cmyk) => None,
        }
    }
}

/// Whether inks by `profile` are those of the press.
fn is_for_press(profile: &Profile) -> bool {
    profile.bytes() == FOGRA39.profile || profile.description().contains(CONDITION)
}

/// Samples of a picture as a product has them, and what they mean there.
///
/// # Errors
/// The picture's profile has no way to the colours of the product.
pub fn converted<'a>(
    samples: &'a [u8],
    colour: Colour,
    profile: Option<&Profile>,
    Output { colours, ink }: Output,
) -> Result<(Cow<'a, [u8]>, Space), Message> {
    let profile = profile.filter(|profile| profile.colour() == colour);
    if colour == Colour::Rgb && colours != Colours::All && is_neutral(samples) {
        let grey = samples.as_chunks().0.iter().map(|&[grey, _, _]| grey).collect();
        return Ok((grey, Space::Device(Colour::Grey)));
    }
    if let Some(space) = Space::kept(colour, profile, colours) {
        let samples = match &space {
            Space::Device(Colour::Cmyk) => within(ink, samples.to_vec()).into(),
            Space::Device(Colour::Grey | Colour::Rgb) | Space::Profile(_) => samples.into(),
        };
        return Ok((samples, space));
    }
    let inks = match (colours, colour, profile) {
        (Colours::Cmyk, _, Some(profile)) => Conversion::between(profile, &PRESS)?.convert(samples),
        (Colours::Cmyk, _, None) => SRGB_TO_PRESS.convert(samples),
        (Colours::All | Colours::Grey, ..) => {
            let grey = greys(&as_srgb(samples, colour, profile)?);
            return Ok((grey.into(), Space::Device(Colour::Grey)));
        }
    };
    Ok((within(ink, inks).into(), Space::Device(Colour::Cmyk)))
}

/// Whether all of some RGB colours are greys.
fn is_neutral(rgb: &[u8]) -> bool {
    rgb.as_chunks().0.iter().all(|&[red, green, blue]| red == green && green == blue)
}

/// Samples as sRGB.
fn as_srgb<'a>(
    samples: &'a [u8],
    colour: Colour,
    profile: Option<&Profile>,
) -> Result<Cow<'a, [u8]>, Message> {
    match (colour, profile) {
        (_, Some(profile)) => Ok(Conversion::to_srgb(profile)?.convert(samples).into()),
        (Colour::Cmyk, None) => Ok(Conversion::to_srgb(&PRESS)?.convert(samples).into()),
        (Colour::Grey | Colour::Rgb, None) => Ok(samples.into()),
    }
}

/// The greys of RGB colours (ISO 32000-1, 10.3.2).
fn greys(rgb: &[u8]) -> Vec<u8> {
    rgb.as_chunks().0.iter().map(|&[red, green, blue]| grey(red, green, blue)).collect()
}

fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let thousand = [(300, red), (590, green), (110, blue)].map(|(part, of)| part * u32::from(of));
    ((thousand.iter().sum::<u32>() + 500) / 1000) as u8
}

/// CMYK samples with the coloured inks taken back where all four would be more than `most`.
fn within(most: u16, mut samples: Vec<u8>) -> Vec<u8> {
    samples.as_chunks_mut().0.par_iter_mut().for_each(|inks| limit(inks, most));
    samples
}

/// Whether no colour of some CMYK samples has more ink than `most` in all.
pub fn is_within(most: u16, samples: &[u8]) -> bool {
    let total = |inks: &[u8; 4]| inks.iter().map(|&ink| u32::from(ink)).sum::<u32>();
    samples.as_chunks().0.iter().all(|inks| total(inks) * 100 <= u32::from(most) * 255)
}

fn limit(inks: &mut [u8; 4], most: u16) {
    let [cyan, magenta, yellow, black] = inks.map(u32::from);
    let (coloured, most) = (cyan + magenta + yellow, u32::from(most) * 255 / 100);
    let room = most.saturating_sub(black);
    if coloured > room {
        for ink in &mut inks[..3] {
            *ink = (u32::from(*ink) * room / coloured) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn output(colours: Colours) -> Output {
        Output { colours, ink: 300 }
    }

    #[test]
    fn a_colour_becomes_grey_only_where_it_must() {
        let written = |colours, colour, painting| {
            let mut out = Vec::new();
            output(colours).write(&mut out, colour, painting);
            String::from_utf8(out).unwrap()
        };
        let red = Rgb(255, 0, 51);
        assert_eq!(written(Colours::All, red, Painting::Fill), "1 0 0.2 rg\n");
        assert_eq!(written(Colours::Grey, red, Painting::Stroke), "0.322 G\n");
        assert_eq!(written(Colours::All, Rgb(51, 51, 51), Painting::Fill), "0.2 g\n");
        assert_eq!(written(Colours::Grey, Rgb(255, 255, 255), Painting::Fill), "1 g\n");
        assert_eq!(written(Colours::Cmyk, Rgb(0, 0, 0), Painting::Stroke), "0 0 0 1 K\n");
        assert_eq!(written(Colours::Cmyk, Rgb(51, 51, 51), Painting::Fill), "0 0 0 0.8 k\n");
        assert_eq!(written(Colours::Cmyk, red, Painting::Fill), "0 0.922 0.694 0.027 k\n");
    }

    fn pressed(rgb: &[u8]) -> Vec<u8> {
        let (samples, space) = converted(rgb, Colour::Rgb, None, output(Colours::Cmyk)).unwrap();
        assert_eq!(space, Space::Device(Colour::Cmyk));
        samples.into_owned()
    }

    /// The numbers come from the profile: another one, or another converter, would give others.
    #[test]
    fn colours_become_the_inks_of_the_printing_condition() {
        assert_eq!(pressed(&[255, 0, 0]), [0, 229, 216, 9]);
        assert_eq!(pressed(&[255, 255, 255, 255, 255, 0])[..4], [0, 0, 0, 0]);
        let [cyan, magenta, yellow, black] = pressed(&[0, 0, 0, 9, 0, 0])[..4] else { panic!() };
        assert_eq!([cyan, magenta, yellow, black], [209, 186, 152, 211]);
    }

    #[test]
    fn a_picture_of_greys_goes_on_black_alone() {
        let greys = [0, 0, 0, 99, 99, 99, 255, 255, 255];
        for colours in [Colours::Cmyk, Colours::Grey] {
            let (samples, space) = converted(&greys, Colour::Rgb, None, output(colours)).unwrap();
            assert_eq!((&*samples, space), (&[0, 99, 255][..], Space::Device(Colour::Grey)));
        }
    }

    #[test]
    fn a_screen_takes_every_picture_as_it_is() {
        let rgb = [1, 2, 3, 4, 4, 4];
        let (samples, space) = converted(&rgb, Colour::Rgb, None, output(Colours::All)).unwrap();
        assert_eq!((&*samples, space), (&rgb[..], Space::Device(Colour::Rgb)));
        let space = Space::own(Colour::Cmyk, None);
        assert!(matches!(space, Space::Profile(profile) if profile.bytes() == FOGRA39.profile));
    }

    #[test]
    fn inks_for_the_press_stay_but_for_what_is_too_much() {
        let inks = [255, 255, 255, 0, 255, 255, 255, 255, 10, 20, 30, 40];
        let (samples, _) = converted(&inks, Colour::Cmyk, None, output(Colours::Cmyk)).unwrap();
        assert_eq!(&*samples, [255, 255, 255, 0, 170, 170, 170, 255, 10, 20, 30, 40]);
        let press = Profile::read(FOGRA39.profile, Colour::Cmyk).unwrap();
        let (same, _) =
            converted(&inks, Colour::Cmyk, Some(&press), output(Colours::Cmyk)).unwrap();
        assert_eq!(same, samples);
        let (grey, space) =
            converted(&inks[8..], Colour::Cmyk, None, output(Colours::Grey)).unwrap();
        assert_eq!((&*grey, space), (&[213][..], Space::Device(Colour::Grey)));
    }

    #[test]
    fn no_colour_takes_more_ink_than_the_limit() {
        let steps = || (0..=255_u8).step_by(15);
        let all = steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| [r, g, b])));
        let inks = pressed(all.collect::<Vec<_>>().as_flattened());
        assert!(is_within(300, &inks) && !is_within(250, &inks));
        assert!(is_within(240, &within(240, inks)));
    }
}
