//! The container (EPUB OCF 3.3, 4): a ZIP file that is the same for the same book.
//!
//! epub-builder collects the pages and what they use. It cannot say all that our package document,
//! nav and NCX say, so those are ours: its container is opened again, its streams are taken over
//! as they are, and the rest is put beside them, in a fixed order with a fixed date.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A file for the container, by its path from the package document.
pub struct File<'a> {
    /// The path.
    pub path: String,
    /// What it is.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Cow<'a, [u8]>,
}

/// What goes into a container.
pub struct Files<'a> {
    /// The package document, nav and NCX.
    pub package: [File<'a>; 3],
    /// The style sheet.
    pub style: &'a [u8],
    /// The pages in reading order.
    pub pages: Vec<File<'a>>,
    /// Drawings and fonts, which gain from compression.
    pub resources: Vec<File<'a>>,
    /// PNG and JPEG pictures, which are compressed already.
    pub pictures: Vec<File<'a>>,
}

/// Why a container could not be made: the words of the library that failed.
pub type Failure = Box<dyn std::error::Error>;

/// The file that must come first, so that the bytes of a container tell what it is (OCF, 4.3).
const MIMETYPE: &[u8] = b"application/epub+zip";
/// The folder of everything but the container's own files.
const ROOT: &str = "OEBPS";

/// Packs a container.
///
/// # Errors
/// A library refuses; nothing in a book leads there.
pub fn pack(files: Files) -> Result<Vec<u8>, Failure> {
    let Files { package, style, pages, resources, pictures } = files;
    let collected_paths: Vec<String> =
        pages.iter().chain(&resources).map(|file| file.path.clone()).collect();
    let mut collected = ZipArchive::new(Cursor::new(collect(style, pages, resources)?))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    store(&mut out, "mimetype", MIMETYPE)?;
    take_over(&mut out, &mut collected, "META-INF/container.xml")?;
    for file in &package {
        out.start_file(format!("{ROOT}/{}", file.path), options(CompressionMethod::Deflated))?;
        out.write_all(&file.bytes)?;
    }
    take_over(&mut out, &mut collected, &format!("{ROOT}/stylesheet.css"))?;
    for path in &collected_paths {
        take_over(&mut out, &mut collected, &format!("{ROOT}/{path}"))?;
    }
    for file in &pictures {
        store(&mut out, &format!("{ROOT}/{}", file.path), &file.bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

/// Style sheet, pages, drawings and fonts as epub-builder packs them, each let go when it is packed. The
/// clock and the random id that it puts into its own package document stay behind with that.
fn collect(style: &[u8], pages: Vec<File>, resources: Vec<File>) -> Result<Vec<u8>, Failure> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.stylesheet(style)?;
    for page in pages {
        builder.add_content(EpubContent::new(page.path.as_str(), &*page.bytes))?;
    }
    for resource in resources {
        builder.add_resource(&resource.path, &*resource.bytes, resource.media)?;
    }
    let mut collected = Vec::new();
    builder.generate(&mut collected)?;
    Ok(collected)
}

/// Copies a compressed stream as it is, with our date and permissions.
fn take_over(
    out: &mut ZipWriter<Cursor<Vec<u8>>>,
    from: &mut ZipArchive<Cursor<Vec<u8>>>,
    name: &str,
) -> Result<(), Failure> {
    Ok(out.raw_copy_file_touch(from.by_name(name)?, DateTime::default(), Some(0o644))?)
}

/// Adds a file without compression.
fn store(out: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    out.start_file(name, options(CompressionMethod::Stored))?;
    Ok(out.write_all(bytes)?)
}

/// The same date and permissions for every file: 1980-01-01, the first that ZIP can say.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
