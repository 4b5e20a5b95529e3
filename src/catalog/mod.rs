//! A catalogue of built books, to be put on any web server: a page for people, feeds for reading
//! programs (OPDS 1.2 and 2.0), the covers, and the files.
//!
//! ```text
//! reports ─ listing ─┐
//! EPUBs ─── package ─┴─ volume ─ order ─┬─ atom, json
//!                                       └─ page
//! ```
//!
//! What is said of a book is what its own files say: the report beside them names them with their
//! checksums, and the EPUB tells title, people, dates and cover. The folder of the catalogue is whole:
//! files that lie in it are linked where they are, all others are copied into it.

mod address;
mod atom;
mod json;
mod listing;
mod order;
mod package;
mod page;
mod volume;

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Sink, Stopped};
use crate::files;
use crate::message;
use crate::script::{self, Rules};
use crate::shelf;
use order::Section;
use volume::{Item, Volume};

/// The feed of OPDS 1.2.
const ATOM: &str = "opds.xml";
/// The feed of OPDS 2.0.
const JSON: &str = "opds.json";
/// The page for people.
const PAGE: &str = "index.html";
/// The checksums of all books' files, as `sha256sum -c` reads them.
const SUMS: &str = "SHA256SUMS";

/// What is listed, ready to be written.
struct Catalogue {
    title: String,
    /// The language of the page: that of most books.
    rules: &'static Rules,
    /// The last day on which a book was changed, with its time.
    updated: String,
    /// Series, and the books that are in none; each of them in its order.
    sections: Vec<Section>,
}

impl Catalogue {
    /// The books in the order of the page.
    fn volumes(&self) -> impl Iterator<Item = &Volume> {
        self.sections.iter().flat_map(|section| &section.volumes)
    }

    /// What the catalogue is known by: always the same for a title (RFC 9562, 5.8).
    fn identifier(&self) -> String {
        let hash = Sha256::digest(format!("banxin catalog {}", self.title));
        let mut bytes: [u8; 16] = std::array::from_fn(|at| hash[at]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        format!("urn:uuid:{}", parts.join("-"))
    }

    /// What a file is called, in the language of the page.
    fn output(&self, file: &Item) -> &'static str {
        let mut outputs = self.rules.labels.catalogue.outputs.iter();
        let known = outputs.find(|(keyword, _)| *keyword == file.product);
        known.map_or(file.kind.name(), |(_, name)| name)
    }

    /// The checksums of all files.
    fn sums(&self) -> String {
        let files = self.volumes().flat_map(|volume| &volume.files);
        files.map(|file| format!("{}  {}\n", file.sha256, file.path)).collect()
    }
}

/// What a catalogue came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The books in it.
    pub books: usize,
    /// The books that were found and left out, because something is wrong with them.
    pub left_out: usize,
    /// Its page.
    pub page: PathBuf,
}

/// Writes the catalogue of all built books below `roots` into `out`. A book that cannot be listed is
/// left out with an error, and keeps it to itself.
///
/// # Errors
/// There is no book that can be listed, or something cannot be written; the catalogue that was there
/// stays as it was.
pub fn write(
    roots: &[PathBuf],
    out: &Path,
    title: Option<&str>,
    sink: &mut Sink,
) -> Outcome<Listed> {
    let (found, known) = listing::find(roots, out, sink);
    let volumes = shelf::each(&known, |listing| {
        let mut aside = Sink::default();
        (volume::take(listing, out, &mut aside), aside)
    });
    let mut listed = Vec::new();
    for (volume, aside) in volumes {
        sink.absorb(aside);
        listed.extend(volume.ok());
    }
    if listed.is_empty() {
        if found == 0 {
            let message = "there is no built book in these folders";
            let finding = Diagnostic::new(Code::NoBooks, Place::Book, message);
            sink.report(finding.hint("build books first: each then has a report beside its files"));
        }
        return Err(Stopped);
    }
    let books = listed.len();
    let page = save(&catalogue(listed, title), out).map_err(|(place, error)| {
        sink.report(unwritable(&place, &error));
        Stopped
    })?;
    Ok(Listed { books, left_out: found - books, page })
}

/// Puts the books in order.
fn catalogue(volumes: Vec<Volume>, title: Option<&str>) -> Catalogue {
    let languages = volumes.iter().filter_map(|volume| script::rules(&volume.about.language));
    let rules = order::commonest(languages);
    // None of several equal ones is later.
    let updated = volumes.iter().map(|volume| volume.about.modified.clone()).max();
    Catalogue {
        title: title.unwrap_or(rules.labels.catalogue.title).to_owned(),
        rules,
        updated: updated.unwrap_or_default(),
        sections: order::sections(volumes, rules),
    }
}

/// Writes the feeds, the checksums and the page, all or none; gives the place of the page.
fn save(catalogue: &Catalogue, out: &Path) -> Result<PathBuf, (PathBuf, io::Error)> {
    let (atom, json) = (atom::feed(catalogue), json::feed(catalogue));
    let (page, sums) = (page::page(catalogue), catalogue.sums());
    let files: [(&str, &[u8]); 4] =
        [(ATOM, &atom), (JSON, json.as_bytes()), (SUMS, sums.as_bytes()), (PAGE, &page)];
    files::save(out, &files)?;
    Ok(out.join(PAGE))
}

fn unwritable(place: &Path, error: &io::Error) -> Diagnostic {
    let (place, error) = (place.display(), Message::of_system(error));
    let message = message!("`{place}` cannot be written: {error}", place, error);
    Diagnostic::new(Code::Unwritable, Place::Book, message)
}
