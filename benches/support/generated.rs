//! The generated book that costs are measured with.

use std::path::Path;

use banxin::files::Folder;

use generate::{Extent, Inserts, Mix};

#[path = "../../tests/metric/generate.rs"]
#[expect(dead_code, reason = "the tests set books without figures and tables")]
pub mod generate;

/// The book: 450,000 characters, with a figure in each of its chapters, notes and tables.
const BOOK: Extent =
    Extent { chapters: 40, length: 11_250, inserts: Inserts::FiguresAndTables, mix: Mix::Usual };

/// Writes the files of the book, `times` as long.
pub fn write(folder: &Path, times: usize) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let extent = Extent { chapters: BOOK.chapters * times, ..BOOK };
    let Folder::Memory(files) = generate::folder(extent) else { return };
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("the file can be written");
    }
}
