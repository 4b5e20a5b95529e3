//! A folder of many books: which they are, which of them one machine of many builds, and how they are
//! worked on side by side.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostic, Message, Place, Sink};
use crate::files::{self, Kind};
use crate::message;

/// What makes a folder a book.
const BOOK: &str = "book.toml";
/// Where a book's outputs lie.
const OUTPUTS: &str = "build";
/// What the name of a report ends with, after the slug of its book.
pub const REPORT: &str = "-report.json";
/// The shape of a report: it changes when a program that read the last one would read this one wrong.
pub const REPORT_VERSION: u32 = 1;

/// A folder of a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// From the shelf's folder, with `/` between its parts; `.` for that folder itself.
    pub path: String,
    /// As it is reached from where the program was called.
    pub folder: PathBuf,
}

/// One part of a shelf: the `index`th `of` so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    of: u32,
}

impl Shard {
    /// Whether a book belongs to this part: by the first eight bytes of its path's SHA-256.
    ///
    /// By its path and not by its place among the others, a book stays in its part when others are
    /// added or taken away, and a part can be built again alone. The price is that parts are not quite
    /// equal.
    pub fn holds(self, path: &str) -> bool {
        let hash = Sha256::digest(path.as_bytes());
        let number = hash.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte));
        number % u64::from(self.of) + 1 == u64::from(self.index)
    }

    /// `1/4`
    pub fn name(self) -> String {
        format!("{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    /// `1/4` is the first of four.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let part = text.split_once('/');
        let number = |digits: &str| digits.parse::<u32>().ok();
        match part.and_then(|(index, of)| Some((number(index)?, number(of)?))) {
            Some((index, of)) if (1..=of).contains(&index) => Ok(Self { index, of }),
            Some(_) | None => Err("a part is written `1/4`: the first of four"),
        }
    }
}

/// The books below `root`, by their paths: every folder that has a `book.toml`, at any depth. What is
/// in a book, in a folder of outputs or in `out` is none; hidden folders and links are passed over.
pub fn books(root: &Path, out: Option<&Path>, sink: &mut Sink) -> Vec<Shelved> {
    let mut books = Vec::new();
    walk(root, out, sink, |shelved, entries| {
        let is_book = entries.iter().any(|(name, kind)| name == BOOK && *kind != Kind::Folder);
        if is_book {
            books.push(shelved.clone());
        }
        let enters = move |name: &str| !is_book && name != OUTPUTS;
        Box::new(enters)
    });
    if books.is_empty() {
        let message = message!("there is no book in `{root}`", root = root.display());
        let finding = Diagnostic::new(Code::NoBooks, Place::Book, message);
        sink.report(finding.hint("a book is a folder with a `book.toml`"));
    }
    books
}

/// The folders below `root` that hold reports of builds, each with their names.
pub fn reports(root: &Path, out: Option<&Path>, sink: &mut Sink) -> Vec<(Shelved, Vec<String>)> {
    let mut found = Vec::new();
    walk(root, out, sink, |shelved, entries| {
        let is_report = |name: &str, kind| {
            kind == Kind::File && name.len() > REPORT.len() && name.ends_with(REPORT)
        };
        let names = entries.iter().filter(|(name, kind)| is_report(name, *kind));
        let names: Vec<String> = names.map(|(name, _)| name.clone()).collect();
        if !names.is_empty() {
            found.push((shelved.clone(), names));
        }
        Box::new(|_| true)
    });
    found
}

/// Which folders in a folder are gone into, by their names.
type Enters = Box<dyn Fn(&str) -> bool>;

/// Goes through `root` and the folders in it, those of a folder by their names, and leaves out `out`.
fn walk(
    root: &Path,
    out: Option<&Path>,
    sink: &mut Sink,
    mut visit: impl FnMut(&Shelved, &[(String, Kind)]) -> Enters,
) {
    let out = out.and_then(files::real).filter(|out| files::real(root).as_ref() != Some(out));
    let mut waiting = vec![Shelved { path: ".".to_owned(), folder: root.to_owned() }];
    while let Some(shelved) = waiting.pop() {
        if out.is_some() && files::real(&shelved.folder) == out {
            continue;
        }
        let entries = match files::entries(&shelved.folder) {
            Ok(entries) => entries,
            Err(error) => {
                let error = Message::of_system(&error);
                let message = message!("this folder cannot be read: {error}", error);
                let place = Place::File(shelved.folder.display().to_string());
                sink.report(Diagnostic::new(Code::UnreadableFile, place, message));
                continue;
            }
        };
        let enters = visit(&shelved, &entries);
        // The last is the next.
        for (name, kind) in entries.iter().rev() {
            match kind {
                Kind::Folder if !name.starts_with('.') && enters(name) => {
                    waiting.push(shelved.inner(name));
                }
                Kind::Nameless => sink.report(nameless(&shelved.inner(name))),
                Kind::Folder | Kind::File | Kind::Other => {}
            }
        }
    }
}

impl Shelved {
    /// A folder in this one.
    fn inner(&self, name: &str) -> Self {
        let path = if self.path == "." { name.to_owned() } else { format!("{}/{name}", self.path) };
        Self { path, folder: self.folder.join(name) }
    }
}

fn nameless(shelved: &Shelved) -> Diagnostic {
    let place = Place::File(shelved.folder.display().to_string());
    Diagnostic::new(Code::NotUtf8, place, "this name is not UTF-8, and is passed over")
}

/// The stack of a thread: what the program's first thread has.
const STACK: usize = 8 * 1024 * 1024;

/// Does `work` on every item, on as many threads as rayon has, and gives what comes of it in the order
/// of the items.
///
/// Rayon's own threads would take up the next item whenever one waits for its parts, and so on down
/// their stacks, until all items were begun and none done. Threads of their own take one item after
/// the other: no more are in memory than there are threads. What an item does in parallel still runs on
/// rayon's threads, so that a large last one has them all.
pub fn each<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let count = rayon::current_num_threads().min(items.len());
    let mut done = thread::scope(|scope| {
        // A thread that the system does not give is missed by nobody: this one goes on.
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok();
        let others: Vec<_> = (1..count).filter_map(spawn).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_one_of_so_many() {
        assert_eq!("2/3".parse(), Ok(Shard { index: 2, of: 3 }));
        for text in ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/2/3", "a/b", "1/99999999999"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_book_lies_in_one_part_and_stays_there() {
        let parts = ["1/4", "2/4", "3/4", "4/4"].map(|text| text.parse::<Shard>().unwrap());
        let mut counts = [0; 4];
        for number in 0..400 {
            let path = format!("a/{number}");
            let [at] = parts
                .iter()
                .enumerate()
                .filter(|(_, part)| part.holds(&path))
                .map(|(at, _)| at)
                .collect::<Vec<usize>>()[..]
            else {
                panic!("{path}")
            };
            counts[at] += 1;
        }
        assert_eq!(counts, [95, 96, 104, 105]);
        // As `printf 书/1 | sha256sum` begins, it is 3 beyond a multiple of four.
        assert_eq!(parts.map(|part| part.holds("书/1")), [false, false, false, true]);
    }

    #[test]
    fn what_comes_of_items_stands_in_their_order() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled = each(&items, |item| item * 2);
        assert_eq!(doubled, (0..1000).map(|item| item * 2).collect::<Vec<usize>>());
        assert!(each(&[], |item: &u8| *item).is_empty());
    }
}
