//! Where everything lies in the container: which pages there are, what their files are called and
//! how they name each other.
//!
//! File names are ASCII and come from the order alone, so that no reader trips over them.

use super::split::Split;
use crate::book::{AnchorId, Book, Listing, PictureId};
use crate::script::Placement;

/// A file of the spine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file's name without folder and ending; also its id in the manifest.
    pub name: String,
    /// What it shows.
    pub content: Content,
    /// Which piece of it, where it is a chapter in several; else the first.
    pub piece: usize,
}

/// Every page, and where in them the text stands.
pub struct Places {
    /// In reading order.
    pub pages: Vec<Page>,
    /// How each chapter is divided.
    pub splits: Vec<Split>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The front cover.
    Cover,
    /// The title page.
    Title,
    /// The copyright page.
    Copyright,
    /// To whom the book is dedicated.
    Dedication,
    /// The visible contents.
    Contents,
    /// A list after the contents.
    Listing(Listing),
    /// The title of the part that begins with this chapter.
    Part(usize),
    /// A chapter, by its place in [`Book::chapters`].
    Chapter(usize),
    /// Who made the book.
    Credits,
    /// Where its pictures come from.
    Origins,
}

impl Page {
    /// The page with a fixed name.
    fn new(name: &str, content: Content) -> Self {
        Self { name: name.to_owned(), content, piece: 0 }
    }

    /// The path from the package document.
    pub fn path(&self) -> String {
        format!("text/{}.xhtml", self.name)
    }
}

impl Places {
    /// The places of a book whose chapters are divided so.
    pub fn new(book: &Book, splits: Vec<Split>) -> Self {
        let copyright =
            book.copyright.is_some().then(|| Page::new("copyright", Content::Copyright));
        let (on_verso, at_end) = match book.metadata.rules.labels.imprint.placement {
            Placement::Verso => (copyright, None),
            Placement::End => (None, copyright),
        };
        let mut pages =
            vec![Page::new("cover", Content::Cover), Page::new("title", Content::Title)];
        pages.extend(on_verso);
        if !book.dedication.is_empty() {
            pages.push(Page::new("dedication", Content::Dedication));
        }
        pages.push(Page::new("toc", Content::Contents));
        for &listing in &book.listings {
            pages.push(Page::new(listing_name(listing), Content::Listing(listing)));
        }
        for (index, (chapter, split)) in book.chapters.iter().zip(&splits).enumerate() {
            if chapter.part.is_some() {
                pages.push(Page::new(&part_name(book, index), Content::Part(index)));
            }
            for piece in 0..split.pieces.len() {
                let page = Page::new(&chapter_name(index, piece), Content::Chapter(index));
                pages.push(Page { piece, ..page });
            }
        }
        if !book.credits.is_empty() {
            pages.push(Page::new("credits", Content::Credits));
        }
        if !book.origins.is_empty() {
            pages.push(Page::new("pictures", Content::Origins));
        }
        pages.extend(at_end);
        Self { pages, splits }
    }

    /// The file with an anchor of a chapter, from beside it.
    pub fn file(&self, chapter: usize, anchor: AnchorId) -> String {
        file(chapter, self.splits[chapter].of_anchor(anchor))
    }

    /// What a link outside the chapters, beside them, says to reach an anchor.
    pub fn elsewhere(&self, book: &Book, id: AnchorId) -> String {
        let anchor = book.anchor(id);
        format!("{}#{}", self.file(anchor.chapter, id), anchor.name)
    }

    /// What a link in a piece of a chapter, `from`, says to reach an anchor.
    pub fn target(&self, book: &Book, from: (usize, usize), id: AnchorId) -> String {
        let anchor = book.anchor(id);
        let chapter = anchor.chapter;
        let opens_part = book.chapters[chapter].part.as_ref().is_some_and(|it| it.anchor == id);
        if opens_part {
            format!("{}#{}", part(book, chapter), anchor.name)
        } else if (chapter, self.splits[chapter].of_anchor(id)) == from {
            format!("#{}", anchor.name)
        } else {
            format!("{}#{}", self.file(chapter, id), anchor.name)
        }
    }
}

/// The name of the file of a list.
pub const fn listing_name(listing: Listing) -> &'static str {
    match listing {
        Listing::Figures => "figures",
        Listing::Tables => "tables",
    }
}

/// The name of the file of a piece of a chapter.
fn chapter_name(index: usize, piece: usize) -> String {
    match piece {
        0 => format!("ch{:03}", index + 1),
        piece => format!("ch{:03}-{}", index + 1, piece + 1),
    }
}

/// The name of the file of the part that begins with chapter `index`.
fn part_name(book: &Book, index: usize) -> String {
    let number = book.chapters[..=index].iter().filter(|chapter| chapter.part.is_some()).count();
    format!("part{number:02}")
}

/// The file of a piece of chapter `index`, from beside it.
pub fn file(index: usize, piece: usize) -> String {
    format!("{}.xhtml", chapter_name(index, piece))
}

/// The file of the part that begins with chapter `index`, from beside it.
pub fn part(book: &Book, index: usize) -> String {
    format!("{}.xhtml", part_name(book, index))
}

/// The path of a picture from the package document.
pub fn picture(book: &Book, id: PictureId) -> String {
    let extension = book.picture(id).kind.extension();
    format!("images/p{:03}.{extension}", id.0 + 1)
}

/// The path of the cover's picture from the package document.
pub fn cover(book: &Book) -> String {
    format!("images/cover.{}", book.cover.raster.extension())
}
