//! The book as it stands now, made anew after every edit.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use tokio::sync::watch;

use crate::diag::{Outcome, Sink, Sources};
use crate::files::{Folder, Watch};
use crate::layout::Layout;
use crate::profile::Product;
use crate::units::Size;
use crate::{Resolved, epub, guarded, layout, pdf, resolve};

use super::Tongue;
use super::block::{self, Block, Lines};
use super::finding::{self, Finding};
use super::page::{self, Desk};
use super::volume::Volume;

/// How often files are put off at most: a folder may change all the time.
const MOST_PUT_OFF: usize = 5;

/// What there is to see.
#[derive(Clone, Default)]
pub struct Proof {
    /// Counts up with every change.
    pub version: u64,
    /// The pages; from before, where the text as it stands makes none.
    pub pages: Option<Arc<Pages>>,
    /// What was found in the text as it stands.
    pub findings: Arc<Vec<Finding>>,
    /// The texts that were read.
    pub texts: Sources,
    /// The EPUB; from before, where there is no newer one.
    pub epub: Option<Arc<Volume>>,
    /// How far these are those of the text as it stands.
    pub state: State,
}

/// How far what is shown is that of the text as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// The first pages are being made.
    #[default]
    Beginning,
    /// The pages are; the files are being made.
    Pages,
    /// All of it is.
    Whole,
    /// The book has errors, and what is shown is from before.
    Errors,
}

/// The pages and what they are drawn from.
pub struct Pages {
    /// The book.
    pub resolved: Resolved,
    /// Its pages as the printers have them.
    pub layout: Layout,
    /// The covers and the pages between them.
    pub sides: Vec<Side>,
    /// Changes with the bytes of each picture.
    stamps: Vec<u64>,
}

/// A side of the book.
pub struct Side {
    /// Its number as a text speaks of it; none for a cover.
    pub label: Option<String>,
    /// Changes with what is on it.
    pub stamp: u64,
    /// What can be pointed at.
    pub blocks: Vec<Block>,
}

impl Pages {
    /// Sets a book in pages. What is found on the way does not count where the book is to have none.
    fn set(resolved: Resolved, sink: &mut Sink) -> Self {
        let Resolved { book, fonts, .. } = &resolved;
        let mut beside = sink.aside();
        let layout = layout::lay_out(book, fonts, &mut beside);
        let stamps = book.pictures.par_iter().map(|picture| stamp(&picture.bytes)).collect();
        let mut pages = Self { resolved, layout, sides: Vec::new(), stamps };
        if pages.wanted() {
            sink.absorb(beside);
        }
        pages.sides = pages.drawn(&sink.sources);
        pages
    }

    fn drawn(&self, sources: &Sources) -> Vec<Side> {
        let Resolved { book, fonts, .. } = &self.resolved;
        let (rules, mut lines) = (book.metadata.rules, Lines::default());
        let sides = self.layout.sides().map(|page| {
            let blocks = block::of(page, &self.layout, fonts, sources, &mut lines);
            (page, page.folio.map(|folio| folio.words(rules)), blocks)
        });
        let sides: Vec<_> = sides.collect();
        let stamped = sides.into_par_iter().enumerate().map(|(number, (page, label, blocks))| {
            let drawn = page::draw(page, number, self.desk());
            let stamp = stamp((drawn.content(), block::html(&blocks, self.paper())));
            Side { label, stamp, blocks }
        });
        stamped.collect()
    }

    /// Whether the book is to have pages.
    pub fn wanted(&self) -> bool {
        self.resolved.outputs.iter().any(|product| *product != Product::Epub)
    }

    /// The paper.
    pub fn paper(&self) -> Size {
        self.layout.sheet.trim
    }

    /// What changes with the bytes of a picture.
    pub fn stamp(&self, picture: usize) -> u64 {
        self.stamps.get(picture).copied().unwrap_or_default()
    }

    /// A side as HTML; none where there is no such side.
    pub fn html(&self, number: usize) -> Option<String> {
        let side = self.sides.get(number)?;
        let drawn = page::draw(self.layout.sides().nth(number)?, number, self.desk());
        Some(drawn.svg() + &block::html(&side.blocks, self.paper()))
    }

    fn desk(&self) -> Desk<'_> {
        let Resolved { book, fonts, .. } = &self.resolved;
        Desk { book, fonts, layout: &self.layout, stamps: &self.stamps }
    }
}

/// What changes with a thing, and with nothing else.
pub fn stamp(thing: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

/// Makes proofs.
pub struct Maker {
    folder: Folder,
    edition: Option<String>,
    tongue: Arc<Tongue>,
    proofs: watch::Sender<Arc<Proof>>,
}

impl Maker {
    /// A maker of proofs of a book, and where they come out.
    pub fn new(
        folder: PathBuf,
        edition: Option<String>,
        tongue: Arc<Tongue>,
    ) -> (Self, watch::Receiver<Arc<Proof>>) {
        let (proofs, receiver) = watch::channel(Arc::default());
        (Self { folder: Folder::Disk(folder), edition, tongue, proofs }, receiver)
    }

    /// Makes a proof, and another one after every change, until nothing can be heard any more. The
    /// pages come first; files are put off while there are newer pages to make.
    pub fn follow(&self, watch: &mut Watch) {
        let mut put_off = 0;
        loop {
            let made = self.pages();
            let changed = watch.has_changed();
            if changed && put_off < MOST_PUT_OFF {
                put_off += 1;
                continue;
            }
            put_off = 0;
            if let Some((pages, sink)) = made {
                self.files(&pages, sink);
            }
            if !changed && !watch.wait() {
                return;
            }
        }
    }

    /// Makes the pages; none where the book has errors.
    fn pages(&self) -> Option<(Arc<Pages>, Sink)> {
        let mut sink = Sink::default();
        let pages = guarded(&mut sink, |sink| {
            let resolved = resolve(&self.folder, self.edition.as_deref(), sink)?;
            Ok(Arc::new(Pages::set(resolved, sink)))
        });
        let Ok(pages) = pages else {
            self.tell(&sink, State::Errors, |_| {});
            return None;
        };
        self.tell(&sink, State::Pages, |proof| proof.pages = Some(Arc::clone(&pages)));
        Some((pages, sink))
    }

    /// Makes the files, for what is found on the way, and the EPUB to be shown.
    fn files(&self, pages: &Pages, mut sink: Sink) {
        let epub = guarded(&mut sink, |sink| files(pages, sink));
        let state = if epub.is_ok() { State::Whole } else { State::Errors };
        self.tell(&sink, state, |proof| {
            proof.epub = epub.ok().map(|bytes| Arc::new(Volume::new(bytes))).or(proof.epub.take());
        });
    }

    /// Shows the last proof with what is new.
    fn tell(&self, sink: &Sink, state: State, renew: impl FnOnce(&mut Proof)) {
        let mut proof = Proof::clone(&self.proofs.borrow());
        renew(&mut proof);
        let sides = proof.pages.as_ref().map_or(&[][..], |pages| &pages.sides);
        proof.findings = Arc::new(finding::all(sink, sides, &self.tongue));
        proof.texts = sink.sources.clone();
        proof.version += 1;
        proof.state = state;
        // A server that has ended shows nothing any more.
        let _ = self.proofs.send(Arc::new(proof));
    }
}

/// The EPUB; the PDFs too are made, for what is found on the way.
fn files(pages: &Pages, sink: &mut Sink) -> Outcome<Vec<u8>> {
    let Pages { resolved: Resolved { book, fonts, outputs }, layout, .. } = pages;
    let mut beside = sink.aside();
    let paged: Vec<Product> = outputs
        .iter()
        .copied()
        .filter(|product| matches!(product, Product::Screen | Product::Print))
        .collect();
    let (flowing, written) = rayon::join(
        || epub::write(book, fonts, Some(layout), &mut beside),
        || pdf::write(book, fonts, layout, &paged, sink),
    );
    sink.absorb(beside);
    written.and(flowing)
}
