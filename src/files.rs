//! The one door to disk, clock and environment.
//!
//! A book's folder is a [`Folder`] on disk or a map in memory; paths inside it are [`BookPath`]s,
//! which cannot lead out of it.

mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use watch::Watch;

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

/// Whether a character can stand in the name of a file on every system, and needs no quotes in a shell
/// and none of an editor's care: letters, digits and marks of any script but no blanks and nothing
/// that cannot be seen; of ASCII letters, digits and `-`.
pub fn suits_names(c: char) -> bool {
    match c {
        '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => false,
        '\u{2028}'..='\u{202E}' | '\u{FFF0}'..='\u{FFFF}' => false,
        c => !c.is_whitespace() && !c.is_control(),
    }
}

/// Whether Windows has a device of this name, and takes no file of it, whatever its ending.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |kind| {
        let number = name.strip_prefix(kind).unwrap_or_default().as_bytes();
        matches!(number, [b'1'..=b'9'])
    };
    matches!(&*name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// A folder on disk.
    Disk(PathBuf),
    /// Files in memory, by path.
    Memory(BTreeMap<String, Vec<u8>>),
    /// Another one, and what was read of it.
    Noted(Box<Folder>, Notes),
}

/// The paths of files that were read.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<BTreeSet<String>>>);

/// Notes are the same where they are kept in one place.
impl PartialEq for Notes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Notes {}

impl Notes {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Folder {
    /// The most bytes a single file may have; a larger one is surely a mistake.
    pub const FILE_LIMIT: u64 = 512 * 1024 * 1024;

    /// The bytes of a file.
    ///
    /// # Errors
    /// The file is missing, too large, behind a link that leaves the folder, or unreadable.
    pub fn read(&self, path: &BookPath) -> Result<Vec<u8>, ReadError> {
        self.read_at_most(path, Self::FILE_LIMIT)
    }

    /// The bytes of a file that must not have more than `limit`.
    ///
    /// # Errors
    /// The same as those of [`Folder::read`].
    pub fn read_at_most(&self, path: &BookPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::Memory(files) => match files.get(path.as_str()) {
                Some(bytes) if bytes.len() as u64 > limit => Err(ReadError::TooLarge { limit }),
                Some(bytes) => Ok(bytes.clone()),
                None => Err(ReadError::Missing),
            },
            Self::Disk(root) => read_below(root, path, limit),
            Self::Noted(folder, noted) => {
                let bytes = folder.read_at_most(path, limit)?;
                noted.lock().insert(path.as_str().to_owned());
                Ok(bytes)
            }
        }
    }

    /// The same folder, which notes what is read of it.
    pub fn noted(&self) -> Self {
        Self::Noted(Box::new(self.clone()), Notes::default())
    }

    /// The files that were read and noted, with their bytes as they are now, sorted by path.
    pub fn read_so_far(&self) -> Vec<(String, Vec<u8>)> {
        let Self::Noted(_, noted) = self else { return Vec::new() };
        let paths = noted.lock().clone();
        let read = |path: String| {
            let bytes = self.read(&BookPath::new(&path)?).ok()?;
            Some((path, bytes))
        };
        paths.into_iter().filter_map(read).collect()
    }

    /// The names of the files directly in `folder`, sorted; empty when there is no such folder.
    pub fn list(&self, folder: &BookPath) -> Vec<BookPath> {
        self.list_below(folder.as_str(), &format!("{folder}/"))
    }

    /// The names of the files directly in this folder, sorted.
    pub fn list_here(&self) -> Vec<BookPath> {
        self.list_below("", "")
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
            Self::Noted(files, _) => return files.list_below(folder, prefix),
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
fn read_below(root: &Path, path: &BookPath, limit: u64) -> Result<Vec<u8>, ReadError> {
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
        let kind =
            if about.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::Unsupported };
        return Err(ReadError::Io(kind.into()));
    }
    let length = about.len();
    if length > limit {
        return Err(ReadError::TooLarge { limit });
    }
    let file = std::fs::File::open(&real).map_err(classify)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes).map_err(classify)?;
    Ok(bytes)
}

/// What lies in a folder; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A plain file.
    File,
    /// A folder or file whose name is no UTF-8.
    Nameless,
    /// A link, a pipe and the like.
    Other,
}

/// The names in a folder on disk and what they are, sorted; a name that is no UTF-8 as far as it can be
/// shown.
///
/// # Errors
/// The folder cannot be read.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
pub fn entries(folder: &Path) -> io::Result<Vec<(String, Kind)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.file_type()?;
        let kind = match entry.file_name().to_str() {
            None if about.is_dir() || about.is_file() => Kind::Nameless,
            Some(_) if about.is_dir() => Kind::Folder,
            Some(_) if about.is_file() => Kind::File,
            _ => Kind::Other,
        };
        found.push((entry.file_name().to_string_lossy().into_owned(), kind));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

/// Where a path leads when all links are followed; none when nothing is there.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// A file to be read piece by piece, from any place in it.
///
/// # Errors
/// It cannot be opened.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
pub fn open(path: &Path) -> io::Result<impl Read + Seek + use<>> {
    std::fs::File::open(path)
}

/// Something in a folder on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// A plain file, by its path from the folder.
    File(String),
    /// A link, a pipe or the like, or a name that is not Unicode.
    Other(String),
}

/// All that is in a folder and in those in it, sorted; links are not followed.
///
/// # Errors
/// A folder cannot be read.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
pub fn members(root: &Path) -> io::Result<Vec<Member>> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name();
            let path = format!("{folder}{}", name.to_string_lossy());
            let kind = entry.file_type()?;
            if name.to_str().is_some() && kind.is_dir() {
                open.push(path + "/");
            } else if name.to_str().is_some() && kind.is_file() {
                found.push(Member::File(path));
            } else {
                found.push(Member::Other(path));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Held while files are written.
static SAVING: Mutex<()> = Mutex::new(());
/// How shells tell that a program was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Lets Ctrl-C end the program after `last`, and never while files are written: they come to be all or
/// not at all.
pub fn end_when_interrupted(last: fn()) {
    // Where that cannot be had, Ctrl-C does what it always does.
    let _ = ctrlc::set_handler(move || {
        let _whole = SAVING.lock();
        last();
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

/// A folder that is written and not yet in its place.
#[derive(Debug)]
pub struct StagedFolder {
    beside: tempfile::TempDir,
    place: PathBuf,
}

/// Writes `files`, each a path and its bytes, into a folder beside `place`. A folder that lies there is
/// replaced later as a whole, if its file `mark.0` has a line that begins with `mark.1`: nothing but
/// what the program wrote itself is ever taken away.
///
/// # Errors
/// The files cannot be written, or another folder lies there.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the disk")]
pub fn stage_folder(
    place: &Path,
    files: &[(String, Vec<u8>)],
    mark: (&str, &str),
) -> io::Result<StagedFolder> {
    let marked = || {
        let text = std::fs::read_to_string(place.join(mark.0)).unwrap_or_default();
        text.lines().any(|line| line.starts_with(mark.1))
    };
    if holds_something(place) && !marked() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let around = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(around)?;
    let beside = tempfile::Builder::new().prefix(".banxin-").tempdir_in(around)?;
    let root = beside.path().join("new");
    for (path, bytes) in files {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&root))?;
        std::fs::write(file, bytes)?;
    }
    Ok(StagedFolder { beside, place: place.to_owned() })
}

impl StagedFolder {
    /// Puts the folder into its place; the one that lay there goes.
    ///
    /// # Errors
    /// One of the two cannot be moved.
    pub fn settle(self) -> io::Result<PathBuf> {
        let _whole = SAVING.lock();
        if look(&self.place) == Found::Folder {
            std::fs::rename(&self.place, self.beside.path().join("old"))?;
        }
        std::fs::rename(self.beside.path().join("new"), &self.place)?;
        Ok(self.place)
    }
}

/// Writes `added` files, which must not be there, and one `replaced` file into `folder` (made if
/// missing), all or none.
///
/// # Errors
/// The folder cannot be made, there is such a file already, or the one at the path given cannot be
/// written; the folder is as it was.
pub fn extend(
    folder: &Path,
    added: &[(&str, &[u8])],
    replaced: (&str, &[u8]),
) -> Result<(), (PathBuf, io::Error)> {
    let stage_at = |(name, bytes): (&str, &[u8])| {
        let place = folder.join(name);
        let beside = stage(&place, bytes);
        beside.map(|beside| (beside, place.clone())).map_err(|error| (place, error))
    };
    let added: Vec<_> = added.iter().copied().map(stage_at).collect::<Result<_, _>>()?;
    let (beside, manifest) = stage_at(replaced)?;
    let mut placed = Vec::new();
    let kept = added.into_iter().try_for_each(|(beside, place)| {
        beside.persist_noclobber(&place).map_err(|error| (place.clone(), error.error))?;
        placed.push(place);
        Ok(())
    });
    let last = kept.and_then(|()| {
        beside.persist(&manifest).map(|_| ()).map_err(|error| (manifest, error.error))
    });
    if last.is_err() {
        placed.iter().for_each(|place| remove(place));
    }
    last
}

/// Removes a file that was just written; where even that fails, the first failure is told.
fn remove(place: &Path) {
    let _ = std::fs::remove_file(place);
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

/// Opens an address in the browser of whoever sits at the machine.
///
/// # Errors
/// There is none.
pub fn show(url: &str) -> io::Result<()> {
    open::that_detached(url)
}

/// A word that nobody can guess: 122 random bits.
pub fn fresh_token() -> String {
    uuid::Uuid::new_v4().simple().to_string()
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

/// What the environment says of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// There are to be none.
    Refused,
    /// They are to be there, whoever reads.
    Forced,
    /// They are for terminals.
    OnTerminals,
}

/// Looks whether `NO_COLOR` is set and not empty (<https://no-color.org>), then whether
/// `CLICOLOR_FORCE` is and not `0` (<https://bixense.com/clicolors>), then whether the terminal is a
/// dumb one.
#[expect(clippy::disallowed_methods, reason = "this module is the door to the environment")]
pub fn colour() -> Colour {
    let says = |name, no: &str| {
        std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != no)
    };
    if says("NO_COLOR", "") {
        Colour::Refused
    } else if says("CLICOLOR_FORCE", "0") {
        Colour::Forced
    } else if std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb") {
        Colour::Refused
    } else {
        Colour::OnTerminals
    }
}

/// The words that the program was called with; the first is its name.
pub fn words() -> Vec<OsString> {
    std::env::args_os().collect()
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
    fn a_name_suits_every_system() {
        assert!("《文摘》2025·上-a".chars().all(suits_names));
        for c in " \t\u{3000}\u{200B}\u{202E}\u{FEFF}\0_./\\:*?\"<>|'%#&".chars() {
            assert!(!suits_names(c), "{c:?}");
        }
        assert!(["CON", "nul", "com1", "LPT9"].iter().all(|name| is_device(name)));
        assert!(!["cons", "com", "com0", "com10", "文摘"].iter().any(|name| is_device(name)));
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
