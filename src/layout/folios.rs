//! The pages that a text tells of anchors, as far as they are known while it is set.

use std::collections::BTreeMap;

use super::page::Folio;
use crate::book::AnchorId;
use crate::script::{Numerals, Rules};

/// What stands for a page that is not known yet: as wide as most.
const UNKNOWN: Folio = Folio { numerals: Numerals::Arabic, number: 100 };

/// The folios of anchors.
#[derive(Debug)]
pub struct Folios {
    rules: &'static Rules,
    known: BTreeMap<AnchorId, Folio>,
}

impl Folios {
    /// Those known so far, in a book of a language.
    pub const fn new(rules: &'static Rules, known: BTreeMap<AnchorId, Folio>) -> Self {
        Self { rules, known }
    }

    /// The page of an anchor.
    pub fn of(&self, anchor: AnchorId) -> Folio {
        self.known.get(&anchor).copied().unwrap_or(UNKNOWN)
    }

    /// The page of an anchor in words: `第57页`.
    pub fn words(&self, anchor: AnchorId) -> String {
        self.of(anchor).words(self.rules)
    }
}
