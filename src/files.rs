//! The one door to disk, clock and environment.
//!
//! A book's folder is a [`Folder`] on disk or a map in memory; paths inside it are [`BookPath`]s,
//! which cannot lead out of it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A path below the book's folder: relative, `/` between its parts, without `.` and `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookPath(String);

impl BookPath {
    /// The path `text`, or `None` when it is empty, absolute or leads out of the folder.
    pub fn new(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        // A backslash or a drive letter would mean something else on another machine.
        if text.contains(['\\', ':', '\0']) {
            return None;
        }
        for component in Path::new(text).components() {
            match component {
                Component::Normal(part) => parts.push(part.to_str()?),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        (!parts.is_empty()).then(|| Self(parts.join("/")))
    }

    /// `text` read as a path from the folder that holds this file.
    pub fn beside(&self, text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return None;
        }
        match self.0.rsplit_once('/') {
            Some((folder, _)) => Self::new(&format!("{folder}/{text}")),
            None => Self::new(text),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `chapters/one.md` gives `one.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its ending: `chapters/one.md` gives `one`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl fmt::Display for BookPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BookPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// Why a file could not be had.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// A link leads out of the book's folder.
    Outside,
    /// The file is larger than `limit` bytes.
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// The system said no.
    Io(io::Error),
}

/// Where the book's files come from.
#[derive(Clone, Debug)]
pub enum Folder {
    /// A folder on disk.
    Disk(PathBuf),
    /// Files in memory, by path.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Folder {
    /// The most bytes a single file may have; a larger one is surely a mistake.
    pub const FILE_LIMIT: u64 = 512 * 1024 * 1024;

    /// The bytes of a file.
    ///
    /// # Errors
    /// The file is missing, too large, behind a link that leaves the folder, or unreadable.
    pub fn read(&self, path: &BookPath) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::Memory(files) => files.get(path.as_str()).cloned().ok_or(ReadError::Missing),
            Self::Disk(root) => read_below(root, path),
        }
    }

    /// The names of the files directly in `folder`, sorted; empty when there is no such folder.
    pub fn list(&self, folder: &BookPath) -> Vec<BookPath> {
        self.list_below(folder.as_str(), &format!("{folder}/"))
    }

    /// The names of the files in the folder that holds `path` or would hold it, sorted.
    pub fn list_beside(&self, path: &BookPath) -> Vec<BookPath> {
        match path.as_str().rsplit_once('/') {
            Some((folder, _)) => self.list_below(folder, &format!("{folder}/")),
            None => self.list_below("", ""),
        }
    }

    /// The files directly in `folder`, whose names start with `prefix`.
    fn list_below(&self, folder: &str, prefix: &str) -> Vec<BookPath> {
        let mut names: Vec<String> = match self {
            Self::Memory(files) => files
                .keys()
                .filter(|name| name.strip_prefix(prefix).is_some_and(|rest| !rest.contains('/')))
                .cloned()
                .collect(),
            Self::Disk(root) => disk_names(&root.join(folder))
                .into_iter()
                .map(|name| format!("{prefix}{name}"))
                .collect(),
        };
        names.sort();
        names.iter().filter_map(|name| BookPath::new(name)).collect()
    }
}

/// The names of plain files in a folder on disk, in the system's order.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
fn disk_names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// Reads a file that must lie below `root` even after links are followed.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
fn read_below(root: &Path, path: &BookPath) -> Result<Vec<u8>, ReadError> {
    let classify = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing,
        _ => ReadError::Io(error),
    };
    let real_root = root.canonicalize().map_err(classify)?;
    let real = root.join(path.as_str()).canonicalize().map_err(classify)?;
    if !real.starts_with(&real_root) {
        return Err(ReadError::Outside);
    }
    let about = real.metadata().map_err(classify)?;
    if !about.is_file() {
        // To open a pipe would wait for someone to write into it.
        return Err(ReadError::Io(io::Error::other("it is no plain file")));
    }
    let length = about.len();
    if length > Folder::FILE_LIMIT {
        return Err(ReadError::TooLarge { limit: Folder::FILE_LIMIT });
    }
    let file = std::fs::File::open(&real).map_err(classify)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(Folder::FILE_LIMIT).read_to_end(&mut bytes).map_err(classify)?;
    Ok(bytes)
}

/// Held while files are written.
static SAVING: Mutex<()> = Mutex::new(());
/// How shells tell that a program was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Lets Ctrl-C end the program, and never while files are written: they come to be all or not at all.
pub fn end_when_interrupted() {
    // Where that cannot be had, Ctrl-C does what it always does.
    let _ = ctrlc::set_handler(|| {
        let _whole = SAVING.lock();
        std::process::exit(INTERRUPTED);
    });
}

/// Writes `files`, each a path and its bytes, into `folder` (made if missing), all or none: first
/// beside their places, and when all are there, they are renamed. Gives their places in order.
///
/// # Errors
/// The folder cannot be made, or the file at the path given cannot be written; the last good files
/// are as they were.
pub fn save(folder: &Path, files: &[(&str, &[u8])]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let _whole = SAVING.lock();
    let mut staged = Vec::new();
    for (name, bytes) in files {
        let place = folder.join(name);
        let beside = stage(&place, bytes).map_err(|error| (place.clone(), error))?;
        staged.push((beside, place));
    }
    let rename = |(beside, place): (tempfile::NamedTempFile, PathBuf)| {
        beside.persist(&place).map_err(|error| (place.clone(), error.error))?;
        Ok(place)
    };
    staged.into_iter().map(rename).collect()
}

/// Writes `bytes` into a temporary file beside `place`, which goes when it is not renamed to it.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
fn stage(place: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    if look(place) == Found::Folder {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut beside = tempfile::Builder::new().prefix(".banxin-").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    readable_by_all(beside.as_file())?;
    Ok(beside)
}

/// Temporary files are private; a finished book is not.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

/// Other systems give the folder's permissions by themselves.
#[cfg(not(unix))]
fn readable_by_all(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}

/// What a path on disk leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A folder.
    Folder,
    /// Anything else.
    File,
    /// Nothing that can be seen.
    Nothing,
}

/// Whether there is a folder with something in it, or anything that is no folder.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
pub fn holds_something(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => look(path) != Found::Nothing,
    }
}

/// Where a program lies that the machine can call by name.
pub fn program(name: &str) -> Option<PathBuf> {
    which::which(name).ok()
}

/// An identifier that no other book has: a random UUID (RFC 9562, 5.4).
pub fn fresh_identifier() -> String {
    uuid::Uuid::new_v4().urn().to_string()
}

/// Seconds since 1970 by the machine's clock. A new book has its day; no build asks for it.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the clock")]
pub fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// Looks where a path leads.
pub fn look(path: &Path) -> Found {
    match path.metadata() {
        Ok(found) if found.is_dir() => Found::Folder,
        Ok(_) => Found::File,
        Err(_) => Found::Nothing,
    }
}

/// Whether the environment asks for no colour: `NO_COLOR` is set and not empty
/// (<https://no-color.org>), or the terminal is a dumb one.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the environment")]
pub fn colour_refused() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

/// The language of whoever sits at the machine, as a tag such as `zh-CN` or `zh_CN.UTF-8`.
pub fn locale() -> Option<String> {
    sys_locale::get_locale()
}

/// The value of `SOURCE_DATE_EPOCH`: seconds since 1970 that stand for the time of the build.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the environment")]
pub fn source_date_epoch() -> Option<u64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}

/// Measures how long a build takes; the time is shown and never written into an output.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "this module is the door to the clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<String> {
        BookPath::new(text).map(|path| path.to_string())
    }

    #[test]
    fn a_path_cannot_leave_the_folder() {
        assert_eq!(path("a/./b/../c.md").as_deref(), Some("a/c.md"));
        for outside in ["", "/etc/passwd", "..", "a/../../b", "C:\\x", "a\\b"] {
            assert_eq!(path(outside), None, "{outside}");
        }
    }

    #[test]
    fn a_path_is_read_from_the_file_that_names_it() {
        let chapter = BookPath::new("parts/one.md").unwrap();
        assert_eq!(chapter.beside("../figures/a.svg").unwrap().as_str(), "figures/a.svg");
        assert_eq!(chapter.beside("../../a.svg"), None);
        assert_eq!(chapter.stem(), "one");
    }

    #[test]
    fn a_saved_file_replaces_the_old_one_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), &[("book.pdf", b"old")]).unwrap();
        save(folder.path(), &[("book.pdf", b"new")]).unwrap();
        assert_eq!(disk_names(folder.path()), ["book.pdf"]);
        let files = Folder::Disk(folder.path().into());
        assert_eq!(files.read(&BookPath::new("book.pdf").unwrap()).unwrap(), b"new");
    }
}
