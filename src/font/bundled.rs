//! The faces that come with the program.

use super::{Family, Style, Weight};

/// A font file of `fonts/` and the style it is made for.
pub struct Bundled {
    /// What it sets when nothing else is asked for.
    pub style: Style,
    /// The file.
    pub bytes: &'static [u8],
}

/// One line of [`ALL`].
macro_rules! face {
    ($family:ident $weight:ident $file:literal) => {
        Bundled {
            style: Style::new(Family::$family, Weight::$weight),
            bytes: include_bytes!(concat!("../../fonts/", $file)),
        }
    };
}

/// Every bundled face. Families without a bold use their regular for it.
pub const ALL: [Bundled; 6] = [
    face!(Serif Regular "NotoSerifSC-Regular.ttf"),
    face!(Serif Bold "NotoSerifSC-Bold.ttf"),
    face!(Sans Regular "NotoSansSC-Regular.ttf"),
    face!(Sans Bold "NotoSansSC-Bold.ttf"),
    face!(Kai Regular "BanxinKai-Regular.ttf"),
    face!(Mono Regular "NotoSansMono-Regular.ttf"),
];
