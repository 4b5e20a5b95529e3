//! The container (EPUB OCF 3.3, 4): a ZIP file that is the same for the same book.
//!
//! epub-builder makes its frame: the container's own file and the style sheet. It cannot say all that
//! our package document, nav and NCX say, and compresses whatever it is given, slowly and on one
//! thread; so those documents are ours, and pages and drawings come compressed. All of it is put
//! into the file in a fixed order with a fixed date.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use epub_builder::{EpubBuilder, EpubVersion, ZipLibrary};
use rayon::prelude::*;
use zip::ZipArchive;

use super::archive::Archive;
use super::deflate::{Deflater, Stream};

/// A file for the container, by its path from the package document.
pub struct File<'a> {
    /// The path.
    pub path: String,
    /// Its bytes.
    pub bytes: Cow<'a, [u8]>,
}

/// A file for the container that is compressed already.
pub struct Packed {
    /// The path from the package document.
    pub path: String,
    /// Its bytes.
    pub stream: Stream,
}

/// What goes into a container.
pub struct Files<'a> {
    /// The package document, nav and NCX.
    pub package: [File<'a>; 3],
    /// The style sheet.
    pub style: &'a [u8],
    /// The pages in reading order.
    pub pages: Vec<Packed>,
    /// Drawings and fonts, which gain from compression.
    pub resources: Vec<File<'a>>,
    /// PNG and JPEG pictures, which are compressed already.
    pub pictures: Vec<File<'a>>,
}

/// Why a container could not be made: the words of the library that failed.
pub type Failure = Box<dyn std::error::Error>;

/// The file that must come first, so that the bytes of a container tell what it is (OCF, 4.3).
const MIMETYPE: &[u8] = b"application/epub+zip";
/// The file that says where the package document is (OCF, 4.2.6.3.1).
const CONTAINER: &str = "META-INF/container.xml";
/// The folder of everything but the container's own files.
const ROOT: &str = "OEBPS";
/// The style sheet.
const STYLE: &str = "stylesheet.css";

/// Packs a container.
///
/// # Errors
/// A library refuses, or the file would be larger than a ZIP file can be.
pub fn pack(files: Files) -> Result<Vec<u8>, Failure> {
    let Files { package, style, pages, resources, pictures } = files;
    let mut deflater = Deflater::new();
    let mut out = Archive::default();
    out.store("mimetype", MIMETYPE)?;
    let [container, style] = frame(style)?;
    out.deflated(CONTAINER, &deflater.stream(&container))?;
    for file in &package {
        out.deflated(&inside(&file.path), &deflater.stream(&file.bytes))?;
    }
    out.deflated(&inside(STYLE), &deflater.stream(&style))?;
    for file in pages.into_iter().chain(packed(resources)) {
        out.deflated(&inside(&file.path), &file.stream)?;
    }
    for file in &pictures {
        out.store(&inside(&file.path), &file.bytes)?;
    }
    Ok(out.finish()?)
}

/// Where a file stands in the container.
fn inside(path: &str) -> String {
    format!("{ROOT}/{path}")
}

/// Files with their bytes compressed.
fn packed(files: Vec<File>) -> Vec<Packed> {
    let pack = |deflater: &mut Deflater, file: File| Packed {
        path: file.path,
        stream: deflater.stream(&file.bytes),
    };
    files.into_par_iter().map_init(Deflater::new, pack).collect()
}

/// The container's own file and the style sheet, from epub-builder. The clock and the random id that
/// it puts into its own package document stay behind with that.
fn frame(style: &[u8]) -> Result<[Vec<u8>; 2], Failure> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.stylesheet(style)?;
    let mut collected = Vec::new();
    builder.generate(&mut collected)?;
    let mut collected = ZipArchive::new(Cursor::new(collected))?;
    let mut file = |name: &str| {
        let mut bytes = Vec::new();
        collected.by_name(name)?.read_to_end(&mut bytes)?;
        Ok::<_, Failure>(bytes)
    };
    Ok([file(CONTAINER)?, file(&inside(STYLE))?])
}
