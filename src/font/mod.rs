//! Font files: which characters they have, which face a character is set in, and subsets of them.
//!
//! The faces in `fonts/` are part of the program, so that a book builds the same on every machine.
//! A book may bring its own; the machine's are used only when it asks for them.

mod bundled;
mod characters;
mod choose;
mod database;
mod face;
mod subset;

use std::sync::{Arc, OnceLock};

use crate::script::Forms;

pub use characters::Characters;
pub use choose::load;
pub use database::Database;
pub use face::Face;

/// Which design a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The text face (宋).
    Serif,
    /// Headings, captions, tables, folios (黑).
    Sans,
    /// Quotations (楷).
    Kai,
    /// Code.
    Mono,
}

impl Family {
    /// Every family, in the order in which they stand in for each other.
    pub const ALL: [Self; 4] = [Self::Serif, Self::Sans, Self::Kai, Self::Mono];
}

/// How dark a face is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400
    Regular,
    /// 700
    Bold,
}

/// A family and a weight: what a text asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Style {
    /// The design.
    pub family: Family,
    /// How dark.
    pub weight: Weight,
}

impl Style {
    /// A style.
    pub const fn new(family: Family, weight: Weight) -> Self {
        Self { family, weight }
    }

    /// Its place in a table of all styles.
    const fn index(self) -> usize {
        self.family as usize * 2 + self.weight as usize
    }
}

/// A face in [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u8);

impl FaceId {
    /// Its place among [`Fonts::faces`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// For every style, the faces it tries.
type Chains = [Vec<FaceId>; 8];

/// All faces of a build, and the order in which a style tries them.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
    /// The forms of the book's own language.
    home: Forms,
    /// By forms.
    chains: [Chains; Forms::ALL.len()],
    database: OnceLock<Database>,
}

impl Fonts {
    /// The face that sets `c` in a text of `style` in the book's language: the first in the style's
    /// chain that has it.
    pub fn pick(&self, style: Style, c: char) -> Option<FaceId> {
        self.pick_in(style, self.home, c)
    }

    /// The face that sets `c` in a text of `style` in a language that has `forms`.
    pub fn pick_in(&self, style: Style, forms: Forms, c: char) -> Option<FaceId> {
        let chain = self.chain_in(style, forms).iter().copied();
        chain.into_iter().find(|&id| self.face(id).glyph(c).is_some())
    }

    /// The faces that `style` tries in the book's language, the one asked for first.
    pub fn chain(&self, style: Style) -> &[FaceId] {
        self.chain_in(style, self.home)
    }

    /// The faces that `style` tries in a language that has `forms`.
    pub fn chain_in(&self, style: Style, forms: Forms) -> &[FaceId] {
        &self.chains[forms as usize][style.index()]
    }

    /// The face that `id` names.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The faces as drawings look them up, made when it is first asked for.
    pub fn database(&self) -> &Database {
        self.database.get_or_init(|| Database::new(&self.faces))
    }

    /// Every face with its name.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(index, face)| (id(index), &**face))
    }
}

/// The id of the face at `index`; [`load`] keeps fewer than 256.
fn id(index: usize) -> FaceId {
    FaceId(u8::try_from(index).unwrap_or(u8::MAX))
}
