//! One book: its files looked at, copied where they must be, and told of.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::address::address;
use super::listing::{self, Kind, Listing, Named};
use super::package::{self, About};
use super::unwritable;
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, Stopped};
use crate::files::{self, BookPath, Folder, ReadError};
use crate::image::{self, Fault, Picture};
use crate::message;
use crate::script;

/// The folder of copied books.
const BOOKS: &str = "books";
/// The folder of covers.
const COVERS: &str = "covers";
/// The most pixels of a small cover: some 280 × 400, twice what the page shows of it.
const SMALL: u64 = 112_000;

/// A book of the catalogue.
pub struct Volume {
    /// What its EPUB says of it.
    pub about: About,
    /// What the names of its files begin with.
    pub slug: String,
    /// Its files.
    pub files: Vec<Item>,
    /// Its cover, large and small.
    pub cover: Option<[Cover; 2]>,
}

/// A file to be had.
pub struct Item {
    /// From the catalogue's folder.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// The keyword of the output that it is.
    pub product: String,
    /// Its size.
    pub bytes: usize,
    /// How many pages it has.
    pub pages: Option<u64>,
    /// The standards that it keeps.
    pub standards: Vec<String>,
    /// In hexadecimal digits.
    pub sha256: String,
}

/// A picture of the cover.
pub struct Cover {
    /// Its address from the catalogue.
    pub address: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
}

impl Volume {
    /// Title and subtitle.
    pub fn full_title(&self) -> String {
        let About { title, subtitle, language, .. } = &self.about;
        let colon = script::rules(language).map_or(": ", |rules| rules.labels.colon);
        if subtitle.is_empty() { title.clone() } else { format!("{title}{colon}{subtitle}") }
    }
}

impl Item {
    /// Its address from the catalogue.
    pub fn address(&self) -> String {
        address(&self.path)
    }
}

/// Takes a book into the catalogue in `out`.
///
/// # Errors
/// It cannot be listed; the reason is reported.
pub fn take(listing: &Listing, out: &Path, sink: &mut Sink) -> Outcome<Volume> {
    let place = || Place::File(listing.place.clone());
    let (mut present, mut told) = (Vec::new(), None);
    for named in &listing.files {
        let Some(bytes) = contents(listing, named, sink)? else { continue };
        present.push((named, bytes.len()));
        if named.kind == Kind::Epub {
            told = Some(package::read(&bytes).map_err(|why| {
                let name = &named.name;
                let message = message!("`{name}` cannot be read: {why}", name, why);
                sink.report(Diagnostic::new(Code::Undescribed, place(), message));
                Stopped
            })?);
        }
    }
    let Some((about, cover)) = told else {
        let message = "the book has no EPUB, which alone tells what a catalogue says";
        let finding = Diagnostic::new(Code::Undescribed, place(), message);
        sink.report(finding.hint("build it again with the output `epub`"));
        return Err(Stopped);
    };
    if let Some(lacking) = lacking(&about, listing) {
        sink.report(Diagnostic::new(Code::Undescribed, place(), lacking));
        return Err(Stopped);
    }
    // Nothing of a book that is left out lies on the server.
    let folder = folder(listing, out, &present, sink)?;
    let files = present.into_iter().map(|(named, bytes)| item(&folder, named, bytes)).collect();
    let cover = cover.ok_or_else(|| Message::from("it has none"));
    let cover = cover.and_then(|(path, bytes)| pictured(&listing.slug, &path, bytes, out));
    let cover = cover.map_err(|why| {
        let message = message!("the cover of this book is not shown: {why}", why);
        sink.report(Diagnostic::new(Code::NoCover, place(), message));
    });
    Ok(Volume { about, slug: listing.slug.clone(), files, cover: cover.ok() })
}

/// The path of `folder` from `out`, with `/` between its parts, where it lies in it; empty for `out`.
fn inside(folder: &Path, out: &Path) -> Option<String> {
    let (folder, out) = (files::real(folder)?, files::real(out)?);
    let parts = folder.strip_prefix(&out).ok()?.components();
    // Lists of checksums have no line for a name with a line end in it.
    let plain = |name: &&str| !name.contains(|c: char| c.is_control() || c == '\\');
    let parts: Option<Vec<&str>> =
        parts.map(|part| part.as_os_str().to_str().filter(plain)).collect();
    Some(parts?.iter().map(|part| format!("{part}/")).collect())
}

/// The bytes of a file, if it is the one that the report speaks of; none where there is none.
fn contents(listing: &Listing, named: &Named, sink: &mut Sink) -> Outcome<Option<Vec<u8>>> {
    let file = listing.folder.join(named.name.as_str()).display().to_string();
    let place = Place::File(file);
    let finding = match Folder::Disk(listing.folder.clone()).read(&named.name) {
        Ok(bytes) if hexadecimal(&bytes) == named.sha256 => return Ok(Some(bytes)),
        Ok(_) => {
            let message = "this file is not the one of which the report tells: it has changed";
            Diagnostic::new(Code::ChangedFile, place, message).hint("build the book again")
        }
        Err(ReadError::Missing) => {
            let message = "the report names this file, and it is not there";
            let finding = Diagnostic::new(Code::MissingOutput, place, message);
            sink.report(finding.hint("the catalogue does not offer it"));
            return Ok(None);
        }
        Err(error) => {
            let message = message!("this file cannot be read: {why}", why = listing::why(&error));
            Diagnostic::new(Code::UnreadableFile, place, message)
        }
    };
    sink.report(finding);
    Err(Stopped)
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path of the folder in which the catalogue has the files of a book, with a `/` behind it: where
/// they lie already, else the one that they are copied into.
fn folder(
    listing: &Listing,
    out: &Path,
    present: &[(&Named, usize)],
    sink: &mut Sink,
) -> Outcome<String> {
    if let Some(path) = inside(&listing.folder, out) {
        return Ok(path);
    }
    let path = format!("{BOOKS}/{}", listing.slug);
    for (named, _) in present {
        // They are read again, so that no more than one of them is in memory.
        let bytes = contents(listing, named, sink)?.unwrap_or_default();
        put(&out.join(&path), named.name.as_str(), &bytes).map_err(|finding| {
            sink.report(finding);
            Stopped
        })?;
    }
    Ok(path + "/")
}

/// The file as the catalogue offers it.
fn item(folder: &str, named: &Named, bytes: usize) -> Item {
    let Named { name, kind, product, pages, standards, sha256 } = named;
    Item {
        path: format!("{folder}{name}"),
        kind: *kind,
        product: product.clone(),
        bytes,
        pages: *pages,
        standards: standards.clone(),
        sha256: sha256.clone(),
    }
}

/// Writes a file, unless it is there already: who sends changed files to a server sends fewer.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let there = BookPath::new(name).map(|name| Folder::Disk(folder.to_owned()).read(&name));
    if matches!(there, Some(Ok(there)) if there == bytes) {
        return Ok(());
    }
    let failed = |(place, error): (PathBuf, std::io::Error)| unwritable(&place, &error);
    files::save(folder, &[(name, bytes)]).map(|_| ()).map_err(failed)
}

/// What an EPUB does not tell that every entry of a feed must (RFC 4287, 4.1.2; OPDS 1.2, 5.1).
fn lacking(about: &About, listing: &Listing) -> Option<&'static str> {
    if about.identifier != listing.identifier {
        Some("the EPUB of this book has another identifier than its report")
    } else if about.title.is_empty() {
        Some("the EPUB of this book has no title")
    } else if !is_time(&about.modified) {
        Some("the EPUB of this book does not say when it was changed")
    } else {
        None
    }
}

/// Whether a text is a time as EPUBs write it: `2025-12-23T00:00:00Z` (EPUB 3.3, 5.5.4.3).
fn is_time(text: &str) -> bool {
    let shape = b"0000-00-00T00:00:00Z";
    let fits = |(byte, like): (u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        other => byte == *other,
    };
    text.len() == shape.len() && text.bytes().zip(shape).all(fits)
}

/// Writes the cover and a small one.
fn pictured(
    slug: &str,
    path: &BookPath,
    bytes: Vec<u8>,
    out: &Path,
) -> Result<[Cover; 2], Message> {
    let said = |fault: Fault| fault.message;
    let picture = image::read_raster(path, bytes).map_err(said)?;
    let small = image::within(&picture, SMALL).map_err(said)?;
    let folder = out.join(COVERS);
    let write = |picture: &Picture, ending: &str| -> Result<Cover, Message> {
        let name = format!("{slug}{ending}.{}", picture.kind.extension());
        put(&folder, &name, &picture.bytes).map_err(|finding| finding.message)?;
        let pixels = picture.kind.pixels().ok_or("it has no pixels")?;
        let address = address(&format!("{COVERS}/{name}"));
        Ok(Cover { address, media_type: picture.kind.media_type(), pixels })
    };
    Ok([write(&picture, "")?, write(&small, "-small")?])
}
