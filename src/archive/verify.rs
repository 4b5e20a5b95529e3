//! Whether a bag (RFC 8493) is whole: a folder, or the only folder in a ZIP or tar file.
//!
//! A package comes from anywhere. It is read once, piece by piece, and nothing of it is written; what
//! could do harm when somebody else unpacks it is refused by name and not read.

mod entries;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256, Sha512};

use super::bag::decoded;
use super::held::hexadecimal;
use crate::diag::{Code, Diagnostic, Message, Outcome, Place, Progress, Sink, Stage, Stopped};
use crate::message;

/// The most bytes of tag files that are kept in memory: manifests of some 400,000 files.
const TAGS_LIMIT: u64 = 128 << 20;
/// The most files that are looked at.
const FILES_LIMIT: usize = 1_000_000;
/// What files of some endings begin with.
const MAGIC: [(&str, &[u8]); 7] = [
    ("pdf", b"%PDF-"),
    ("epub", b"PK\x03\x04"),
    ("png", b"\x89PNG"),
    ("jpg", b"\xFF\xD8\xFF"),
    ("jpeg", b"\xFF\xD8\xFF"),
    ("webp", b"RIFF"),
    ("otf", b"OTTO"),
];

/// A package that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// How many files its payload has.
    pub files: usize,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// What was read of a file.
struct Seen {
    size: u64,
    sha256: String,
    sha512: String,
    head: Vec<u8>,
}

/// What was read of a package.
#[derive(Default)]
struct Package {
    files: BTreeMap<String, Seen>,
    /// The text of those that may be tag files.
    tags: BTreeMap<String, Vec<u8>>,
    kept: u64,
    /// Paths without the difference of capitals and small letters.
    folded: BTreeSet<String>,
    findings: Vec<Diagnostic>,
    /// Counts the files that are read.
    progress: Arc<Progress>,
}

/// Looks whether the package at `path` is whole.
///
/// # Errors
/// It is not; `sink` holds what changed, is missing or was added, what could do harm, and what cannot
/// be read.
pub fn verify(path: &Path, sink: &mut Sink) -> Outcome<Whole> {
    let progress = Arc::clone(&sink.progress);
    let _verifying = progress.begin(Stage::Verify);
    let mut package = Package { progress: Arc::clone(&progress), ..Package::default() };
    if let Err(error) = entries::walk(path, &mut package) {
        let error = Message::of_system(&error);
        let message = message!("the package cannot be read: {error}", error);
        package.findings.push(Diagnostic::new(Code::UnreadableFile, Place::Book, message));
        // What could not be read is not judged.
        sink.report_all(package.findings);
        return Err(Stopped);
    }
    let whole = package.judge();
    sink.report_all(package.findings);
    sink.settle(whole)
}

impl Package {
    /// Notes a finding on a file.
    fn note(&mut self, code: Code, path: &str, message: impl Into<Message>) {
        // Names come from anywhere: they must not steer a terminal.
        let place = Place::File(path.escape_debug().to_string());
        self.findings.push(Diagnostic::new(code, place, message));
    }

    /// Whether a file may be read; if not, it is told why.
    fn admits(&mut self, path: &str) -> bool {
        if !is_safe(path) {
            self.note(Code::BagUnsafe, path, "the name leads out of the package");
            return false;
        }
        if self.files.len() >= FILES_LIMIT {
            self.note(
                Code::BagUnsafe,
                path,
                "the package has more files than any that makes sense",
            );
            return false;
        }
        if !self.folded.insert(path.to_lowercase()) {
            let message = "another file has the same name, but for capital and small letters";
            self.note(Code::BagUnsafe, path, message);
            return false;
        }
        true
    }

    /// Reads a file of at most `size` bytes, piece by piece.
    fn take(&mut self, path: &str, size: u64, from: &mut dyn Read) -> io::Result<()> {
        self.progress.count_file();
        let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
        let (mut count, mut head) = (0_u64, Vec::new());
        let mut text = is_tag(path).then(Vec::new);
        let mut piece = vec![0; 1 << 16];
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            count += read as u64;
            if count > size {
                self.note(Code::BagUnsafe, path, "the file has more bytes than it says");
                return Ok(());
            }
            let bytes = &piece[..read];
            sha256.update(bytes);
            sha512.update(bytes);
            head.extend(bytes.iter().take(8_usize.saturating_sub(head.len())));
            if let Some(text) = &mut text {
                self.kept += read as u64;
                if self.kept > TAGS_LIMIT {
                    self.note(Code::BagUnsafe, path, "the lists of files are too long to be read");
                    return Ok(());
                }
                text.extend_from_slice(bytes);
            }
        }
        let (sha256, sha512) = (hexadecimal(&sha256.finalize()), hexadecimal(&sha512.finalize()));
        self.files.insert(path.to_owned(), Seen { size: count, sha256, sha512, head });
        self.tags.extend(text.map(|text| (path.to_owned(), text)));
        Ok(())
    }

    /// Compares what was read with what the bag says of itself.
    fn judge(&mut self) -> Whole {
        let none = Whole { files: 0, bytes: 0 };
        let declarations = self.tags.keys().filter(|path| {
            path.strip_suffix("bagit.txt")
                .is_some_and(|root| root.is_empty() || root.find('/') == Some(root.len() - 1))
        });
        let Some(root) = declarations.min_by_key(|path| path.len()) else {
            self.note(
                Code::BagIncomplete,
                "bagit.txt",
                "the package is no bag: it lacks `bagit.txt`",
            );
            return none;
        };
        let root = root.trim_end_matches("bagit.txt").to_owned();
        let outside: Vec<String> =
            self.files.keys().filter(|path| !path.starts_with(&root)).cloned().collect();
        for path in outside {
            self.note(Code::BagAdded, &path, "the file stands outside the bag");
        }
        let inside = |path: &String| path.strip_prefix(&root).map(str::to_owned);
        let files = std::mem::take(&mut self.files);
        self.files =
            files.into_iter().filter_map(|(path, seen)| Some((inside(&path)?, seen))).collect();
        let tags = std::mem::take(&mut self.tags);
        self.tags =
            tags.into_iter().filter_map(|(path, text)| Some((inside(&path)?, text))).collect();
        self.declaration();
        self.manifests();
        let whole = self.oxum();
        self.formats();
        self.records();
        whole
    }

    /// `bagit.txt` (2.1.1): the version, and UTF-8, which alone is read here.
    fn declaration(&mut self) {
        let text =
            self.tags.get("bagit.txt").map(|text| String::from_utf8_lossy(text).into_owned());
        let text = text.unwrap_or_default().to_lowercase();
        if !text.contains("bagit-version:") || !text.contains("utf-8") {
            let message = "`bagit.txt` must say a version and the encoding UTF-8";
            self.note(Code::BagIncomplete, "bagit.txt", message);
        }
    }

    /// The manifests of payload and tag files (2.1.3, 2.2.1). Every payload manifest must list every
    /// payload file (3).
    fn manifests(&mut self) {
        let mut told = BTreeSet::new();
        let mut checked = false;
        for (sums, of) in [("sha256", sha256 as fn(&Seen) -> &str), ("sha512", sha512)] {
            checked |= self.manifest(&format!("manifest-{sums}.txt"), of, &mut told);
            self.manifest(&format!("tagmanifest-{sums}.txt"), of, &mut told);
        }
        if !checked {
            let message = "the package has no manifest with SHA-256 or SHA-512";
            self.note(Code::BagIncomplete, "manifest-sha256.txt", message);
        }
    }

    /// One manifest; whether there is such. Each finding is made once for all of them.
    fn manifest(
        &mut self,
        name: &str,
        of: fn(&Seen) -> &str,
        told: &mut BTreeSet<(Code, String)>,
    ) -> bool {
        let Some(text) = self.tags.get(name) else { return false };
        let Ok(text) = String::from_utf8(text.clone()) else {
            self.note(Code::BagIncomplete, name, "the list of files is not UTF-8");
            return true;
        };
        let mut listed = BTreeSet::new();
        let mut found = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let Some((sum, path)) = line.split_once([' ', '\t']) else {
                let message = "a line of the list is not a checksum and a name";
                found.push((Code::BagIncomplete, name.to_owned(), message));
                continue;
            };
            let path = decoded(path.trim_start());
            let path = path.strip_prefix("./").unwrap_or(&path);
            match self.files.get(path) {
                _ if !is_safe(path) => {
                    let message = "the name leads out of the package";
                    found.push((Code::BagUnsafe, path.to_owned(), message));
                }
                None => {
                    let message = "the file is listed, and missing";
                    found.push((Code::BagMissing, path.to_owned(), message));
                }
                Some(seen) if !of(seen).eq_ignore_ascii_case(sum) => {
                    let message = "the file is not as it was when the package was made";
                    found.push((Code::BagChanged, path.to_owned(), message));
                }
                Some(_) => {}
            }
            listed.insert(path.to_owned());
        }
        // Tag files need not be listed (2.2.1); where `bag-info.txt` is, one that is not came later.
        let lists = |path: &str| match name.starts_with("manifest") {
            true => path.starts_with("data/"),
            false => {
                listed.contains("bag-info.txt") && !path.starts_with("data/") && !is_last(path)
            }
        };
        let added = self.files.keys().filter(|path| lists(path) && !listed.contains(*path));
        let added = added.map(|path| (Code::BagAdded, path.clone(), "the file is not listed"));
        found.extend(added);
        for (code, path, message) in found {
            if told.insert((code, path.clone())) {
                self.note(code, &path, message);
            }
        }
        true
    }

    /// `Payload-Oxum` of `bag-info.txt` (2.2.2): bytes and number of the payload's files.
    fn oxum(&mut self) -> Whole {
        let payload = self.files.iter().filter(|(path, _)| path.starts_with("data/"));
        let sizes: Vec<u64> = payload.map(|(_, seen)| seen.size).collect();
        let whole = Whole { files: sizes.len(), bytes: sizes.iter().sum() };
        let info = self.tags.get("bag-info.txt").map(|text| String::from_utf8_lossy(text));
        let said = info.and_then(|info| {
            let line = info.lines().find_map(|line| line.strip_prefix("Payload-Oxum:"))?;
            Some(line.trim().to_owned())
        });
        let counted = format!("{}.{}", whole.bytes, whole.files);
        if let Some(said) = said.filter(|said| *said != counted) {
            let message =
                message!("`Payload-Oxum` is {said}, and {counted} was counted", said, counted);
            self.note(Code::BagChanged, "bag-info.txt", message);
        }
        whole
    }

    /// Files that are not what their names say.
    fn formats(&mut self) {
        let wrong = |(path, seen): (&String, &Seen)| {
            let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
            let (_, magic) = MAGIC.iter().find(|(known, _)| *known == ending)?;
            (!seen.head.starts_with(magic)).then(|| path.clone())
        };
        let payload = self.files.iter().filter(|(path, _)| path.starts_with("data/"));
        let wrong: Vec<String> = payload.filter_map(wrong).collect();
        for path in wrong {
            self.note(Code::BagChanged, &path, "the file is not of the format that its name says");
        }
    }
}

fn sha256(seen: &Seen) -> &str {
    &seen.sha256
}

fn sha512(seen: &Seen) -> &str {
    &seen.sha512
}

/// Whether it lists tag files, and is listed by none.
fn is_last(path: &str) -> bool {
    path.starts_with("tagmanifest-")
}

/// Whether a path stays below its folder on every system.
fn is_safe(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let parts = || path.split('/');
    !drive && !path.contains(['\\', '\0']) && parts().all(|part| !matches!(part, "" | "." | ".."))
}

/// Whether it may be a tag file that is read.
fn is_tag(path: &str) -> bool {
    let mut parts = path.rsplitn(3, '/');
    let name = parts.next().unwrap_or_default();
    let list = |kind| name.strip_prefix(kind).is_some_and(|rest| rest.ends_with(".txt"));
    records::NAMES.iter().any(|record| path.ends_with(record))
        || parts.nth(1).is_none()
            && (matches!(name, "bagit.txt" | "bag-info.txt")
                || list("manifest-")
                || list("tagmanifest-"))
}

#[cfg(test)]
mod tests;
