//! Where everything lies in the container: which pages there are, what their files are called and
//! how they name each other.
//!
//! File names are ASCII and come from the order alone, so that no reader trips over them.

use crate::book::{AnchorId, Book, PictureId};

/// A file of the spine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file's name without folder and ending; also its id in the manifest.
    pub name: String,
    /// What it shows.
    pub content: Content,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The front cover.
    Cover,
    /// The title page.
    Title,
    /// The visible contents.
    Contents,
    /// The title of the part that begins with this chapter.
    Part(usize),
    /// A chapter, by its place in [`Book::chapters`].
    Chapter(usize),
    /// Who made the book.
    Credits,
}

impl Page {
    /// The page with a fixed name.
    fn new(name: &str, content: Content) -> Self {
        Self { name: name.to_owned(), content }
    }

    /// The path from the package document.
    pub fn path(&self) -> String {
        format!("text/{}.xhtml", self.name)
    }
}

/// Every page in reading order.
pub fn pages(book: &Book) -> Vec<Page> {
    let mut pages = vec![
        Page::new("cover", Content::Cover),
        Page::new("title", Content::Title),
        Page::new("toc", Content::Contents),
    ];
    for (index, chapter) in book.chapters.iter().enumerate() {
        if chapter.part.is_some() {
            pages.push(Page { name: part_name(book, index), content: Content::Part(index) });
        }
        pages.push(Page { name: chapter_name(index), content: Content::Chapter(index) });
    }
    if !book.credits.is_empty() {
        pages.push(Page::new("credits", Content::Credits));
    }
    pages
}

/// The name of the file of chapter `index`.
fn chapter_name(index: usize) -> String {
    format!("ch{:03}", index + 1)
}

/// The name of the file of the part that begins with chapter `index`.
fn part_name(book: &Book, index: usize) -> String {
    let number = book.chapters[..=index].iter().filter(|chapter| chapter.part.is_some()).count();
    format!("part{number:02}")
}

/// The file of chapter `index`, from beside it.
pub fn chapter(index: usize) -> String {
    format!("{}.xhtml", chapter_name(index))
}

/// The file of the part that begins with chapter `index`, from beside it.
pub fn part(book: &Book, index: usize) -> String {
    format!("{}.xhtml", part_name(book, index))
}

/// What a link in the text of chapter `from` says to reach an anchor.
pub fn target(book: &Book, from: usize, id: AnchorId) -> String {
    let anchor = book.anchor(id);
    let opens_part = book.chapters[anchor.chapter].part.as_ref().is_some_and(|it| it.anchor == id);
    if opens_part {
        format!("{}#{}", part(book, anchor.chapter), anchor.name)
    } else if anchor.chapter == from {
        format!("#{}", anchor.name)
    } else {
        format!("{}#{}", chapter(anchor.chapter), anchor.name)
    }
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
