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

/// Why a container could not be made: the words of the library that failed.
pub type Failure = Box<dyn std::error::Error>;

/// The file that must come first, so that the bytes of a container tell what it is (OCF, 4.3).
const MIMETYPE: &[u8] = b"application/epub+zip";
/// The folder of everything but the container's own files.
const ROOT: &str = "OEBPS";

/// Pages and what they use, as epub-builder packs them: nothing is held but what it packed. The clock
/// and the random id that it puts into its own package document stay behind with that.
pub struct Collected {
    builder: EpubBuilder<ZipLibrary>,
    /// Where pages and resources are, in their order.
    paths: Vec<String>,
}

impl Collected {
    /// Nothing yet.
    ///
    /// # Errors
    /// Here and below: a library refuses; nothing in a book leads there.
    pub fn new() -> Result<Self, Failure> {
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder.epub_version(EpubVersion::V33);
        Ok(Self { builder, paths: Vec::new() })
    }

    /// Adds the page that is read next.
    pub fn page(&mut self, path: String, bytes: &[u8]) -> Result<(), Failure> {
        self.builder.add_content(EpubContent::new(path.as_str(), bytes))?;
        self.paths.push(path);
        Ok(())
    }

    /// Adds drawings and fonts, which gain from compression.
    pub fn resources(&mut self, files: Vec<File>) -> Result<(), Failure> {
        for File { path, media, bytes } in files {
            self.builder.add_resource(&path, &*bytes, media)?;
            self.paths.push(path);
        }
        Ok(())
    }

    /// Packs the container: the package document, nav and NCX, the style sheet, what was collected, and
    /// PNG and JPEG pictures, which are compressed already.
    pub fn pack(
        mut self,
        package: [File; 3],
        style: &[u8],
        pictures: Vec<File>,
    ) -> Result<Vec<u8>, Failure> {
        self.builder.stylesheet(style)?;
        let mut collected = Vec::new();
        self.builder.generate(&mut collected)?;
        let length = collected.len() + pictures.iter().map(|file| file.bytes.len()).sum::<usize>();
        let mut collected = ZipArchive::new(Cursor::new(collected))?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(length)));
        store(&mut out, "mimetype", MIMETYPE)?;
        take_over(&mut out, &mut collected, "META-INF/container.xml")?;
        for file in &package {
            out.start_file(format!("{ROOT}/{}", file.path), options(CompressionMethod::Deflated))?;
            out.write_all(&file.bytes)?;
        }
        take_over(&mut out, &mut collected, &format!("{ROOT}/stylesheet.css"))?;
        for path in &self.paths {
            take_over(&mut out, &mut collected, &format!("{ROOT}/{path}"))?;
        }
        for file in &pictures {
            store(&mut out, &format!("{ROOT}/{}", file.path), &file.bytes)?;
        }
        Ok(out.finish()?.into_inner())
    }
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
