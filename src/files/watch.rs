//! Hearing of changes in a folder.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{Event, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;

use super::Stopwatch;

/// How long nothing more may happen before a change is taken for complete: editors write a file in
/// several steps.
const QUIET: Duration = Duration::from_millis(30);
/// How long a change may take at most: something may be written all the time.
const LONGEST: Duration = Duration::from_millis(300);
/// How often it is looked whether the folder is still the one that is listened to.
const BEAT: Duration = Duration::from_secs(2);

/// Hears of what changes in a folder and those in it, but for hidden files and one folder.
pub struct Watch {
    root: PathBuf,
    /// The folder that is listened to: another one may take its name. None while there is none.
    held: Option<Handle>,
    changes: Receiver<()>,
    watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to listen; what happens in the folder `but` of `folder` is not told.
    ///
    /// # Errors
    /// The system cannot watch this folder.
    pub fn new(folder: &Path, but: &str) -> io::Result<Self> {
        let root = folder.canonicalize()?;
        let (sender, changes) = channel();
        let (inside, but) = (root.clone(), PathBuf::from(but));
        let hear = move |event: notify::Result<Event>| {
            if tells(&event, &inside, &but) {
                // Nobody listens any more: there is nothing left to tell.
                let _ = sender.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(hear).map_err(of_system)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(of_system)?;
        let held = Handle::from_path(&root).ok();
        Ok(Self { root, held, changes, watcher })
    }

    /// Waits until something has changed and nothing more does; false when nothing can be heard any
    /// more.
    pub fn wait(&mut self) -> bool {
        loop {
            match self.changes.recv_timeout(BEAT) {
                Ok(()) => {
                    self.settle();
                    return true;
                }
                Err(RecvTimeoutError::Timeout) if self.is_another() => return true,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Whether something has changed since; [`Watch::wait`] will not hear of it again.
    pub fn has_changed(&self) -> bool {
        let heard = self.changes.try_recv().is_ok();
        if heard {
            self.settle();
        }
        heard
    }

    fn settle(&self) {
        let since = Stopwatch::start();
        while since.elapsed() < LONGEST && self.changes.recv_timeout(QUIET).is_ok() {}
    }

    /// Whether another folder lies where the one lay that is listened to; then it is that one.
    fn is_another(&mut self) -> bool {
        let there = Handle::from_path(&self.root).ok();
        let is_another = there != self.held;
        if is_another {
            // What is gone is not listened to, and a folder that cannot be is tried again.
            let _ = self.watcher.unwatch(&self.root);
            let listens = self.watcher.watch(&self.root, RecursiveMode::Recursive).is_ok();
            self.held = there.filter(|_| listens);
        }
        is_another
    }
}

/// Whether an event is a change of a file that counts. Where some events were lost, anything may have
/// changed.
fn tells(event: &notify::Result<Event>, root: &Path, but: &Path) -> bool {
    let Ok(event) = event else { return true };
    match event.kind {
        EventKind::Access(_) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => {
            event.paths.is_empty() || event.paths.iter().any(|path| counts(path, root, but))
        }
    }
}

/// What the system says, without what the library says of it.
fn of_system(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        _ => io::Error::other(error),
    }
}

/// Whether a path is neither hidden, nor a copy that editors keep, nor in the folder left out.
fn counts(path: &Path, root: &Path, but: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let hidden = |part: Component<'_>| {
        let name = part.as_os_str().to_string_lossy();
        name.starts_with('.') || name.ends_with('~')
    };
    !inside.starts_with(but) && !inside.components().any(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_editors_and_of_a_folder_do_not_count() {
        let counts = |path: &str| counts(Path::new(path), Path::new("/book"), Path::new("build"));
        assert!(
            counts("/book/one.md") && counts("/book/pictures/a.svg") && counts("/book/built.md")
        );
        assert!(!counts("/book/build/book.pdf") && !counts("/book/.one.md.swp"));
        assert!(!counts("/book/one.md~") && !counts("/book/.git/index"));
    }

    #[test]
    fn a_saved_file_is_heard_of_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(folder.path(), "build").unwrap();
        assert!(!watch.has_changed());
        super::super::save(folder.path(), &[("one.md", b"# One"), ("two.md", b"# Two")]).unwrap();
        assert!(watch.wait());
        assert!(!watch.has_changed());
    }

    #[test]
    fn a_folder_that_takes_the_place_of_the_first_is_heard_of_and_listened_to() {
        let around = tempfile::tempdir().unwrap();
        let (book, old) = (around.path().join("book"), around.path().join("old"));
        std::fs::create_dir(&book).unwrap();
        let mut watch = Watch::new(&book, "build").unwrap();
        std::fs::rename(&book, &old).unwrap();
        std::fs::create_dir(&book).unwrap();
        while watch.held != Handle::from_path(&book).ok() {
            assert!(watch.wait());
        }
        while watch.has_changed() {}
        super::super::save(&book, &[("one.md", b"# One")]).unwrap();
        assert!(watch.wait());
    }
}
