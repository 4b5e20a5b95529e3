//! Hearing of changes in a folder.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use notify::event::{Event, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing more may happen before a change is taken for complete: editors write a file in
/// several steps.
const QUIET: Duration = Duration::from_millis(30);

/// Hears of what changes in a folder and those in it, but for hidden files and one folder.
pub struct Watch {
    changes: Receiver<()>,
    /// What hears, as long as it lives.
    _watcher: RecommendedWatcher,
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
        let mut watcher = notify::recommended_watcher(hear).map_err(io::Error::other)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(io::Error::other)?;
        Ok(Self { changes, _watcher: watcher })
    }

    /// Waits until something has changed and nothing more does; false when nothing can be heard any
    /// more.
    pub fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        while self.changes.recv_timeout(QUIET).is_ok() {}
        true
    }

    /// Whether something has changed since; [`Watch::wait`] will not hear of it again.
    pub fn has_changed(&self) -> bool {
        match self.changes.try_recv() {
            Ok(()) => {
                while self.changes.recv_timeout(QUIET).is_ok() {}
                true
            }
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => false,
        }
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
        let watch = Watch::new(folder.path(), "build").unwrap();
        assert!(!watch.has_changed());
        super::super::save(folder.path(), &[("one.md", b"# One"), ("two.md", b"# Two")]).unwrap();
        assert!(watch.wait());
        assert!(!watch.has_changed());
    }
}
