//! Where in the book each page begins, for editions that have no pages of their own.

use crate::book::Listing;

/// Where a page begins: at what stands first on it and is neither a running head nor a note nor a
/// figure that waited for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageStart {
    /// With a division of the book.
    Opening(Division),
    /// Inside a chapter.
    Inside {
        /// Which of [`Book::chapters`](crate::book::Book::chapters).
        chapter: usize,
        /// Where in it.
        at: TextPlace,
    },
}

/// What a book consists of, as far as it opens pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Division {
    /// The title alone, before the title page.
    HalfTitle,
    /// The title page.
    Title,
    /// The copyright page.
    Copyright,
    /// To whom the book is dedicated.
    Dedication,
    /// The contents.
    Contents,
    /// A list after the contents.
    Listing(Listing),
    /// The title of the part that begins with a chapter.
    Part(usize),
    /// A chapter.
    Chapter(usize),
    /// The credits.
    Credits,
    /// Where the pictures come from.
    Origins,
}

impl PageStart {
    /// The chapter that a page begins with or in.
    pub const fn chapter(self) -> Option<usize> {
        match self {
            Self::Opening(division) => division.chapter(),
            Self::Inside { chapter, .. } => Some(chapter),
        }
    }
}

impl Division {
    /// The chapter that it is.
    pub const fn chapter(self) -> Option<usize> {
        match self {
            Self::Chapter(chapter) => Some(chapter),
            Self::HalfTitle
            | Self::Title
            | Self::Copyright
            | Self::Dedication
            | Self::Contents
            | Self::Listing(_)
            | Self::Part(_)
            | Self::Credits
            | Self::Origins => None,
        }
    }

    /// Whether its pages are filled with text.
    pub const fn is_text(self) -> bool {
        match self {
            Self::HalfTitle | Self::Title | Self::Copyright | Self::Dedication | Self::Part(_) => {
                false
            }
            Self::Contents
            | Self::Listing(_)
            | Self::Chapter(_)
            | Self::Credits
            | Self::Origins => true,
        }
    }
}

/// A character of a chapter's text, or a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPlace {
    /// The byte of the source where its [`Text`](crate::book::Text), or the block, begins.
    pub start: u32,
    /// How many characters of the text stand before it; none before a block.
    pub characters: u32,
}
