//! How far the work is: stages count, and whoever waits reads from another thread.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A step of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading `book.toml`.
    Manifest,
    /// Reading the Markdown.
    Manuscript,
    /// Loading the fonts.
    Fonts,
    /// Resolving references, numbers and pictures.
    Book,
    /// Setting the pages.
    Layout,
    /// Writing the PDFs.
    Pdf,
    /// Writing the EPUB.
    Epub,
    /// Packing for libraries.
    Archive,
    /// Reading articles of other programs.
    Import,
    /// Looking a package over.
    Verify,
}

impl Stage {
    /// Every step, in the order of a build.
    pub const ALL: [Self; 10] = [
        Self::Manifest,
        Self::Manuscript,
        Self::Fonts,
        Self::Book,
        Self::Layout,
        Self::Pdf,
        Self::Epub,
        Self::Archive,
        Self::Import,
        Self::Verify,
    ];
}

/// How far the work on a book is, or on many. Nothing is made to depend on it.
#[derive(Debug, Default)]
pub struct Progress {
    /// How often each stage is under way, in the order of [`Stage::ALL`].
    stages: [AtomicUsize; Stage::ALL.len()],
    pages: AtomicUsize,
    finished: AtomicUsize,
    expected: AtomicUsize,
}

impl Progress {
    /// Does `work`, which is a stage.
    pub fn during<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let _under_way = self.begin(stage);
        work()
    }

    /// Begins a stage, which goes on as long as what is given back is kept.
    pub fn begin(&self, stage: Stage) -> UnderWay<'_> {
        let times = &self.stages[stage as usize];
        times.fetch_add(1, Ordering::Relaxed);
        UnderWay(times)
    }

    /// Counts pages that are set.
    pub fn count_pages(&self, pages: usize) {
        self.pages.fetch_add(pages, Ordering::Relaxed);
    }

    /// Counts files that are to be made or read.
    pub fn expect_files(&self, files: usize) {
        self.expected.fetch_add(files, Ordering::Relaxed);
    }

    /// Counts a file that is made or read.
    pub fn count_file(&self) {
        self.finished.fetch_add(1, Ordering::Relaxed);
    }

    /// The stages that are under way, in the order of a build.
    pub fn stages(&self) -> impl Iterator<Item = Stage> {
        let counted = Stage::ALL.into_iter().zip(&self.stages);
        counted.filter(|(_, times)| times.load(Ordering::Relaxed) > 0).map(|(stage, _)| stage)
    }

    /// How many pages are set.
    pub fn pages(&self) -> usize {
        self.pages.load(Ordering::Relaxed)
    }

    /// How many files are made or read.
    pub fn finished_files(&self) -> usize {
        self.finished.load(Ordering::Relaxed)
    }

    /// How many are to be; fewer than those that are where nobody can tell.
    pub fn expected_files(&self) -> usize {
        self.expected.load(Ordering::Relaxed)
    }
}

/// A stage that goes on until this is dropped, even by a fault.
#[must_use]
#[derive(Debug)]
pub struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_have_their_places() {
        for (at, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, at);
        }
    }

    #[test]
    fn stages_are_told_while_they_are_under_way() {
        let progress = Progress::default();
        let told = || progress.stages().collect::<Vec<Stage>>();
        progress.during(Stage::Epub, || {
            progress.during(Stage::Pdf, || assert_eq!(told(), [Stage::Pdf, Stage::Epub]));
            assert_eq!(told(), [Stage::Epub]);
        });
        assert_eq!(told(), []);
    }
}
