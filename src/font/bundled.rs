//! The faces that come with the program.

use Forms::{Japanese, Korean, Simplified, Traditional, Western};

use super::{Family, Style, Weight};
use crate::script::Forms;

/// A font file of `fonts/` and the style it is made for.
pub struct Bundled {
    /// What it sets when nothing else is asked for.
    pub style: Style,
    /// Whose text it is made for.
    pub forms: &'static [Forms],
    /// The file.
    pub bytes: &'static [u8],
}

/// One line of [`ALL`].
macro_rules! face {
    ($family:ident $weight:ident $forms:expr, $file:literal) => {
        Bundled {
            style: Style::new(Family::$family, Weight::$weight),
            forms: $forms,
            bytes: include_bytes!(concat!("../../fonts/", $file)),
        }
    };
}

/// Every bundled face. Families without a bold use their regular for it.
pub const ALL: [Bundled; 18] = [
    face!(Serif Regular &[Simplified, Western], "NotoSerifSC-Regular.ttf"),
    face!(Serif Bold &[Simplified, Western], "NotoSerifSC-Bold.ttf"),
    face!(Sans Regular &[Simplified, Western], "NotoSansSC-Regular.ttf"),
    face!(Sans Bold &[Simplified, Western], "NotoSansSC-Bold.ttf"),
    face!(Kai Regular &[Simplified], "BanxinKai-Regular.ttf"),
    face!(Mono Regular &Forms::ALL, "NotoSansMono-Regular.ttf"),
    face!(Serif Regular &[Traditional], "NotoSerifTC-Regular.ttf"),
    face!(Serif Bold &[Traditional], "NotoSerifTC-Bold.ttf"),
    face!(Sans Regular &[Traditional], "NotoSansTC-Regular.ttf"),
    face!(Sans Bold &[Traditional], "NotoSansTC-Bold.ttf"),
    face!(Serif Regular &[Japanese], "NotoSerifJP-Regular.ttf"),
    face!(Serif Bold &[Japanese], "NotoSerifJP-Bold.ttf"),
    face!(Sans Regular &[Japanese], "NotoSansJP-Regular.ttf"),
    face!(Sans Bold &[Japanese], "NotoSansJP-Bold.ttf"),
    face!(Serif Regular &[Korean], "NotoSerifKR-Regular.ttf"),
    face!(Serif Bold &[Korean], "NotoSerifKR-Bold.ttf"),
    face!(Sans Regular &[Korean], "NotoSansKR-Regular.ttf"),
    face!(Sans Bold &[Korean], "NotoSansKR-Bold.ttf"),
];
