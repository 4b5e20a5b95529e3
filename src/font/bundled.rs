//! The faces that come with the program.

use Forms::{Japanese, Korean, Simplified, Traditional, Western};

use super::{Family, Style, Weight};
use crate::script::Forms;

/// A font file of `fonts/` and the style it is made for.
pub struct Bundled {
    /// What it sets when nothing else is asked for.
    pub style: Style,
    /// Whose text it is made for. Latin text is set in Korean faces, whose quotes are narrow.
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
pub const ALL: [Bundled; 19] = [
    face!(Serif Regular &[Simplified], "NotoSerifSC-Regular.ttf"),
    face!(Serif Bold &[Simplified], "NotoSerifSC-Bold.ttf"),
    face!(Sans Regular &[Simplified], "NotoSansSC-Regular.ttf"),
    face!(Sans Bold &[Simplified], "NotoSansSC-Bold.ttf"),
    face!(Kai Regular &[Simplified], "BanxinKai-Regular.ttf"),
    face!(Mono Regular &Forms::ALL, "NotoSansMono-Regular.ttf"),
    face!(Mono Bold &Forms::ALL, "NotoSansMono-Bold.ttf"),
    face!(Serif Regular &[Traditional], "NotoSerifTC-Regular.ttf"),
    face!(Serif Bold &[Traditional], "NotoSerifTC-Bold.ttf"),
    face!(Sans Regular &[Traditional], "NotoSansTC-Regular.ttf"),
    face!(Sans Bold &[Traditional], "NotoSansTC-Bold.ttf"),
    face!(Serif Regular &[Japanese], "NotoSerifJP-Regular.ttf"),
    face!(Serif Bold &[Japanese], "NotoSerifJP-Bold.ttf"),
    face!(Sans Regular &[Japanese], "NotoSansJP-Regular.ttf"),
    face!(Sans Bold &[Japanese], "NotoSansJP-Bold.ttf"),
    face!(Serif Regular &[Korean, Western], "NotoSerifKR-Regular.ttf"),
    face!(Serif Bold &[Korean, Western], "NotoSerifKR-Bold.ttf"),
    face!(Sans Regular &[Korean, Western], "NotoSansKR-Regular.ttf"),
    face!(Sans Bold &[Korean, Western], "NotoSansKR-Bold.ttf"),
];
