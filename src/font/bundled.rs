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
    /// The name of its family.
    pub family: &'static str,
    /// The name that PDF and messages use, and that of the file.
    pub name: &'static str,
    /// The file. A function tells it, so that names stand together in the program: between the files,
    /// each would bring pages of its neighbours into memory.
    pub bytes: fn() -> &'static [u8],
}

impl Bundled {
    /// Font units in an em.
    pub const UNITS_PER_EM: u16 = 1000;

    /// Its weight class.
    pub const fn weight(&self) -> u16 {
        match self.style.weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        }
    }

    /// The height of capitals in font units.
    pub const fn cap_height(&self) -> i16 {
        match self.style.family {
            Family::Serif => 729,
            Family::Sans => 733,
            Family::Kai => 695,
            Family::Mono => 714,
        }
    }

    /// The Chinese name of its family, where it has one.
    pub const fn chinese_family(&self) -> Option<&'static str> {
        match self.style.family {
            Family::Kai => Some("版心楷"),
            Family::Serif | Family::Sans | Family::Mono => None,
        }
    }
}

/// One line of [`ALL`].
macro_rules! face {
    ($family:ident $weight:ident $forms:expr, $named:literal $name:literal) => {
        Bundled {
            style: Style::new(Family::$family, Weight::$weight),
            forms: $forms,
            family: $named,
            name: $name,
            bytes: || include_bytes!(concat!("../../fonts/", $name, ".ttf")),
        }
    };
}

/// Every bundled face. Families without a bold use their regular for it.
///
/// What the program must know of all of them stands here, so that a book brings no page of a file
/// into memory whose face it does not use.
pub static ALL: [Bundled; 19] = [
    face!(Serif Regular &[Simplified], "Noto Serif SC" "NotoSerifSC-Regular"),
    face!(Serif Bold &[Simplified], "Noto Serif SC" "NotoSerifSC-Bold"),
    face!(Sans Regular &[Simplified], "Noto Sans SC" "NotoSansSC-Regular"),
    face!(Sans Bold &[Simplified], "Noto Sans SC" "NotoSansSC-Bold"),
    face!(Kai Regular &[Simplified], "Banxin Kai" "BanxinKai-Regular"),
    face!(Mono Regular &Forms::ALL, "Noto Sans Mono" "NotoSansMono-Regular"),
    face!(Mono Bold &Forms::ALL, "Noto Sans Mono" "NotoSansMono-Bold"),
    face!(Serif Regular &[Traditional], "Noto Serif TC" "NotoSerifTC-Regular"),
    face!(Serif Bold &[Traditional], "Noto Serif TC" "NotoSerifTC-Bold"),
    face!(Sans Regular &[Traditional], "Noto Sans TC" "NotoSansTC-Regular"),
    face!(Sans Bold &[Traditional], "Noto Sans TC" "NotoSansTC-Bold"),
    face!(Serif Regular &[Japanese], "Noto Serif JP" "NotoSerifJP-Regular"),
    face!(Serif Bold &[Japanese], "Noto Serif JP" "NotoSerifJP-Bold"),
    face!(Sans Regular &[Japanese], "Noto Sans JP" "NotoSansJP-Regular"),
    face!(Sans Bold &[Japanese], "Noto Sans JP" "NotoSansJP-Bold"),
    face!(Serif Regular &[Korean, Western], "Noto Serif KR" "NotoSerifKR-Regular"),
    face!(Serif Bold &[Korean, Western], "Noto Serif KR" "NotoSerifKR-Bold"),
    face!(Sans Regular &[Korean, Western], "Noto Sans KR" "NotoSansKR-Regular"),
    face!(Sans Bold &[Korean, Western], "Noto Sans KR" "NotoSansKR-Bold"),
];
