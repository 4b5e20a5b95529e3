//! The reports beside built books: which files there should be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diag::{Code, Diagnostic, Message, Place, Sink};
use crate::files::{self, BookPath, Folder, Found, ReadError};
use crate::manifest::LONGEST_SLUG;
use crate::message;
use crate::shelf::{self, Shelved};

/// The most bytes of a report: findings beyond number are counted, not told, and it stays well below.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// The most files of one book.
const MOST_FILES: usize = 32;
/// What a report begins with.
const GENERATOR: &str = "banxin ";

/// A report as it is written; the rest of it is of no interest here.
#[derive(Deserialize)]
struct Raw {
    version: u32,
    generator: String,
    book: RawBook,
    files: Vec<RawFile>,
}

#[derive(Deserialize)]
struct RawBook {
    identifier: String,
}

#[derive(Deserialize)]
struct RawFile {
    product: String,
    name: String,
    pages: Option<u64>,
    standards: Vec<String>,
    sha256: String,
}

/// What a report says, as far as it can be believed before the files are looked at.
pub struct Listing {
    /// Where it was found, as it is reached from where the program was called.
    pub folder: PathBuf,
    /// The report's own place, for findings.
    pub place: String,
    /// What the names of the files begin with.
    pub slug: String,
    /// What the book is known by.
    pub identifier: String,
    /// Its files.
    pub files: Vec<Named>,
}

/// A file that a report names.
pub struct Named {
    /// Its name in the folder of the report.
    pub name: BookPath,
    /// What it is.
    pub kind: Kind,
    /// The keyword of the output that it is.
    pub product: String,
    /// How many pages it has.
    pub pages: Option<u64>,
    /// The standards that it keeps.
    pub standards: Vec<String>,
    /// In hexadecimal digits.
    pub sha256: String,
}

/// What a file of a book can be. Others are not listed: a page from a stranger's report would speak in
/// the name of the web server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Epub,
    Pdf,
    Zip,
}

impl Kind {
    /// The kind that a name ends with.
    fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1 {
            "epub" => Some(Self::Epub),
            "pdf" => Some(Self::Pdf),
            "zip" => Some(Self::Zip),
            _ => None,
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Epub => "application/epub+zip",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
        }
    }

    /// What it is called where nothing better is known.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Epub => "EPUB",
            Self::Pdf => "PDF",
            Self::Zip => "ZIP",
        }
    }
}

/// The reports below `roots`, in the order of their paths: how many there are, and those that can be
/// used. Of two books with one identifier or one slug, the first is kept.
pub fn find(roots: &[PathBuf], out: &Path, sink: &mut Sink) -> (usize, Vec<Listing>) {
    let mut known: BTreeMap<PathBuf, ()> = BTreeMap::new();
    let mut listings = Vec::new();
    let mut found = 0;
    for root in roots {
        if files::look(root) != Found::Folder {
            let place = Place::File(root.display().to_string());
            sink.report(Diagnostic::new(Code::MissingFile, place, "there is no such folder"));
            continue;
        }
        for (shelved, names) in shelf::reports(root, Some(out), sink) {
            // A folder may be reached from two that were named.
            let real = files::real(&shelved.folder).unwrap_or_else(|| shelved.folder.clone());
            if known.insert(real, ()).is_some() {
                continue;
            }
            found += names.len();
            for name in names {
                match read(&shelved, &name) {
                    Ok(listing) => listings.push(listing),
                    Err(finding) => sink.report(finding),
                }
            }
        }
    }
    (found, without_twins(listings, sink))
}

/// Reads a report.
fn read(shelved: &Shelved, name: &str) -> Result<Listing, Diagnostic> {
    let place = shelved.folder.join(name).display().to_string();
    match believed(shelved, name) {
        Ok((identifier, slug, files)) => {
            Ok(Listing { folder: shelved.folder.clone(), place, slug, identifier, files })
        }
        Err(why) => {
            let message = message!("this is no report on a build: {why}", why);
            let finding = Diagnostic::new(Code::BrokenReport, Place::File(place), message);
            Err(finding.hint("build the book again, or give the file another name"))
        }
    }
}

/// Identifier, slug and files of a report, or why it is none.
fn believed(shelved: &Shelved, name: &str) -> Result<(String, String, Vec<Named>), Message> {
    let path = BookPath::new(name).ok_or("its name is none that banxin gives")?;
    let bytes = Folder::Disk(shelved.folder.clone()).read_at_most(&path, MOST_BYTES);
    let bytes = bytes.map_err(|error| why(&error))?;
    let raw: Raw = serde_json::from_slice(&bytes).map_err(Message::quoted)?;
    let slug = name.strip_suffix(shelf::REPORT).unwrap_or_default();
    if !raw.generator.starts_with(GENERATOR) || raw.version != shelf::REPORT_VERSION {
        return Err("this version of banxin has not written it".into());
    }
    let is_plain = slug.chars().all(files::suits_names);
    if !is_plain || slug.starts_with('-') || slug.len() > LONGEST_SLUG {
        return Err("its name is none that banxin gives".into());
    }
    if raw.files.is_empty() || raw.files.len() > MOST_FILES {
        return Err("it names no files, or too many".into());
    }
    let files = raw.files.into_iter().map(|file| named(slug, file));
    let files: Option<Vec<Named>> = files.collect();
    let files = files.ok_or("it names a file that is none of the book")?;
    Ok((raw.book.identifier, slug.to_owned(), files))
}

/// A file as the report names it, if it can be one of the book with this slug.
fn named(slug: &str, file: RawFile) -> Option<Named> {
    let RawFile { product, name, pages, standards, sha256 } = file;
    let kind = Kind::of(&name)?;
    let is_plain = |c: char| files::suits_names(c) || matches!(c, '.' | '_');
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_of_book = name.starts_with(slug) && name.chars().all(is_plain) && name.len() <= 200;
    let name = BookPath::new(&name).filter(|_| is_of_book && is_hash)?;
    Some(Named { name, kind, product, pages, standards, sha256: sha256.to_ascii_lowercase() })
}

/// Why a file cannot be had, in words for a message.
pub fn why(error: &ReadError) -> Message {
    match error {
        ReadError::Missing => "it is not there".into(),
        ReadError::Outside => "a link leads out of its folder".into(),
        ReadError::TooLarge { limit } => message!("it is larger than {limit} bytes", limit),
        ReadError::Io(error) => Message::of_system(error),
    }
}

/// Leaves out every book whose identifier or slug another one before it has. Slugs name files, and
/// some systems do not tell small letters from capitals.
fn without_twins(listings: Vec<Listing>, sink: &mut Sink) -> Vec<Listing> {
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    let mut slugs: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for listing in listings {
        let Listing { identifier, place, .. } = &listing;
        let slug = listing.slug.to_lowercase();
        let twin = |code, message| Diagnostic::new(code, Place::File(place.clone()), message);
        if let Some(other) = identifiers.get(identifier) {
            let message = message!(
                "`{other}` is the report on a book with the same identifier, `{identifier}`",
                other,
                identifier
            );
            sink.report(twin(Code::DuplicateIdentifier, message).hint(
                "give each book, and each edition, an `identifier` of its own; or name one folder of the two",
            ));
        } else if let Some(other) = slugs.get(&slug) {
            let message = message!(
                "`{other}` is the report on a book with the same slug, `{slug}`",
                other,
                slug
            );
            sink.report(
                twin(Code::DuplicateSlug, message)
                    .hint("give each book a `slug` of its own in `book.toml`, and build it again"),
            );
        } else {
            identifiers.insert(identifier.clone(), place.clone());
            slugs.insert(slug, place.clone());
            kept.push(listing);
        }
    }
    kept
}
